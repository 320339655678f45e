/** Plans for tests: of a small simulated run, unless said otherwise. */
import { systems } from '../../nodes/systems.ts';
import { configSchema } from '../config/schema.ts';
import { settingsOf } from '../config/settings.ts';
import type { Plan } from '../core/plan.ts';
import { makePlan } from './plan.ts';

/** In the words of a configuration. */
export const simPlan = (config: object = {}): Plan =>
  makePlan(
    settingsOf(
      configSchema.parse({ runtime: 'sim', nodes: 3, timeLimit: 2, seed: '1', ...config }),
    ),
    systems,
  );
