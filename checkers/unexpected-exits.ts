/**
 * unexpected-exits: no node ended that no nemesis had killed.
 *
 * Judged from the marks `node-exited` that the run puts into the history when it notices one. A crash loses no data by
 * itself, so it counts against liveness; what it lost or answered wrongly, other checkers see.
 */
import type { Checker } from '../src/core/seams/checker.ts';
import type { Entry } from '../src/core/history/entry.ts';
import { phaseProcess } from '../src/core/history/entry.ts';
import { invalid, valid } from '../src/core/verdict.ts';
import type { Finding } from '../src/core/verdict.ts';

/** The `f` of the mark, whose value is `{ node, how }`. */
export const nodeExited = 'node-exited';

/** A node that ends by itself has given up or was brought down: either way it is a finding. */
export const unexpectedExits: Checker = {
  name: 'unexpected-exits',
  says: 'no node ended that no nemesis had killed',
  check({ history }) {
    const findings = history.entries
      .filter(({ process, f }) => process === phaseProcess && f === nodeExited)
      .map(toFinding);
    return {
      checker: 'unexpected-exits',
      verdict: findings.length === 0 ? valid : invalid('liveness'),
      summary: findings[0]?.summary ?? 'no node ended by itself',
      findings,
    };
  },
};

interface NodeExit {
  readonly node: string;
  readonly how: string;
}

function toFinding({ index, value }: Entry): Finding {
  const { node = 'of no name', how = 'nobody knows how' } = (value ?? {}) as Partial<NodeExit>;
  return {
    type: 'unexpected-exit',
    kind: 'liveness',
    summary: `node ${node} ended by itself: ${how}`,
    entries: [index],
  };
}
