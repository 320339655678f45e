/** Every command by its name, as oclif's explicit strategy wants them. */
import { Clean } from './clean.ts';
import { Doctor } from './doctor.ts';
import { List } from './list.ts';
import { Test } from './test.ts';
import { Toxiproxy } from './toxiproxy.ts';

export const commands = {
  clean: Clean,
  doctor: Doctor,
  list: List,
  test: Test,
  toxiproxy: Toxiproxy,
};
