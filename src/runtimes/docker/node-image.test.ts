import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { pathInImage } from './node-image.ts';

test('a module stands in the image where it stands in the checkout', () => {
  const main = new URL('../../../nodes/replicated-log/main.ts', import.meta.url);
  expect(existsSync(fileURLToPath(main))).toBe(true);
  expect(pathInImage(main)).toBe('/dsp/nodes/replicated-log/main.ts');
});

test('a module from elsewhere cannot be in the image', () => {
  expect(() => pathInImage(new URL('file:///elsewhere/main.ts'))).toThrow(
    "file:///elsewhere/main.ts is not part of dsp's own code",
  );
});
