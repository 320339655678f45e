/** Every command by its name, as oclif's explicit strategy wants them. */
import { List } from './list.ts';

export const commands = { list: List };
