/**
 * What the leader does for a request, be it of a client of its own or passed on by a follower: reads when the leadership is
 * proved, changes when a quorum holds them and they are applied.
 */
import type { SessionErrorCode } from '../../src/core/error-registry.ts';
import type { Replica } from '../patterns/leader-and-followers/replica.ts';
import type { RequestWaitingList } from '../patterns/request-waiting-list/request-waiting-list.ts';
import type { KeyValueStore } from './key-value.ts';
import { correlationId, type Command, type Reply, type Request } from './messages.ts';

export interface Caller {
  readonly answer: (reply: Reply) => void;
  /** Nothing was done for this request, and nothing will be. */
  readonly refuse: (code: SessionErrorCode) => void;
}

export interface Service {
  /** Ends in at most one of the caller's calls; in none when the leader is deposed after the command was appended. */
  serve(request: Request, caller: Caller): void;
}

export function service(
  replica: Pick<Replica<Command>, 'propose' | 'read'>,
  store: KeyValueStore,
  proposals: RequestWaitingList<string, Reply>,
): Service {
  return {
    serve(request, { answer, refuse }) {
      if (request.call === 'get') {
        replica.read({
          confirmed: () => answer({ ok: true, value: store.get(request.key) }),
          abandoned: () => refuse('not-leader'),
        });
      } else {
        replica.propose(request, {
          appended: () => void proposals.add(correlationId(request), { answer, expire: () => {} }),
          refused: refuse,
        });
      }
    },
  };
}
