/** Try until it works. */
import type { ProcessId } from '../core/history/entry.ts';
import type { Generator } from '../core/seams/generator.ts';
import { nothing, passOn } from './step.ts';

/**
 * `generator` until one of its own operations completes with `ok`. An `ok` of anybody else's does not count: the operation
 * that it emitted is known by its invocation, which is always the next entry that it is told of.
 */
export const untilOk = (generator: Generator): Generator =>
  trying({ generator, emitted: false, open: [] });

interface Trying {
  readonly generator: Generator;
  /** An operation was taken, and its invocation comes next. */
  readonly emitted: boolean;
  /** The processes of its own open operations. */
  readonly open: readonly ProcessId[];
}

function trying(state: Trying): Generator {
  const { generator, emitted, open } = state;
  const self: Generator = {
    step: (context) =>
      passOn(generator.step(context), (next, taken) =>
        trying({ generator: next, emitted: taken, open }),
      ),
    update(context, entry) {
      const { process, type } = entry;
      const own = open.includes(process);
      if (own && type === 'ok') return nothing;
      const next = generator.update(context, entry);
      if (emitted && type === 'invoke')
        return trying({ generator: next, emitted: false, open: [...open, process] });
      if (own)
        return trying({ generator: next, emitted, open: open.filter((each) => each !== process) });
      return next === generator ? self : trying({ ...state, generator: next });
    },
  };
  return self;
}
