/** The schema, for editors that know JSON schemas. */
import { expect, test } from 'vitest';
import { configJsonSchema } from './define-config.ts';

test('the JSON schema names every setting, none of which is required', async () => {
  const schema = await configJsonSchema();
  expect(schema).toMatchObject({ type: 'object', properties: { nodes: { default: 5 } } });
  expect(schema).not.toHaveProperty('required');
});
