/** What a `dsp.config.ts` imports: nothing of the schema is loaded before somebody asks for it, for a test that only judges histories does not. */
import type { Config } from './schema.ts';

/** Types the configuration of a `dsp.config.ts`; it is checked when it is loaded. */
export const defineConfig = (config: Config): Config => config;

/** The JSON schema of a configuration, for editors. */
export async function configJsonSchema(): Promise<object> {
  const { jsonSchema } = await import('./schema.ts');
  return jsonSchema();
}
