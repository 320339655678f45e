/** Colour for the terminal, and none where it is not one: NO_COLOR and FORCE_COLOR are honoured. */
import { styleText } from 'node:util';

type Style = Parameters<typeof styleText>[0];

/** The text in a style of stdout's. */
export const paint = (style: Style, text: string): string =>
  styleText(style, text, { stream: process.stdout });
