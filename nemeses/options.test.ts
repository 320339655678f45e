import { expect, test } from 'vitest';
import { choice } from './options.ts';

const all = ['halves', 'bridge'] as const;

test('an option narrows what is drawn from, and is all of it when not given', () => {
  expect(choice({ 'partition.shape': 'bridge' }, 'partition.shape', all)).toEqual(['bridge']);
  expect(choice({}, 'partition.shape', all)).toEqual(all);
});

test('a name that is not valid is refused with the nearest one that is', () => {
  const refused = () => choice({ 'partition.shape': 'halves,brige' }, 'partition.shape', all);
  expect(refused).toThrow('option partition.shape: brige is not known');
  expect(refused).toThrow(
    expect.objectContaining({
      code: 'usage',
      hint: expect.stringContaining('did you mean bridge?'),
    }),
  );
});
