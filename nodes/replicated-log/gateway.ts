/**
 * The gateway: where a client's request enters the cluster, at whichever node the client is connected to, and waits there
 * until it is answered or expires.
 *
 * The gateway hands a request to the leader, and again when there is a new leader or a new connection to it: the idempotent
 * receiver makes that safe. Each handing over is an attempt. A refusal voids its own attempt only; while any other attempt may
 * still take effect, the client is told nothing definite.
 */
import type { NodeId } from '../../src/core/ids.ts';
import type { SessionErrorCode } from '../../src/core/error-registry.ts';
import type { RequestWaitingList } from '../patterns/request-waiting-list/request-waiting-list.ts';
import type { RequestId } from '../patterns/idempotent-receiver/idempotent-receiver.ts';
import { correlationId, type Forward, type Reply, type Request } from './messages.ts';
import type { Service } from './service.ts';

export interface Gateway {
  /** Takes a client's request; `answer` is called once. */
  take(request: Request, answer: (reply: Reply) => void): void;
  /** The request was answered by the leader, or its entry was applied here. */
  answered(request: RequestId, reply: Reply): void;
  /** The leader that was asked in this attempt has done nothing for it. */
  refused(request: RequestId, attempt: number, code: SessionErrorCode): void;
  /** There is another leader, or another connection to the same one. */
  leaderReached(): void;
}

export interface GatewayWorld {
  readonly self: NodeId;
  leader(): NodeId | undefined;
  readonly service: Service;
  readonly waiting: RequestWaitingList<string, Reply>;
  /** Sends to the leader now or never; false if it was not sent. */
  forward(leader: NodeId, message: Forward): boolean;
}

interface Pending {
  readonly request: Request;
  attempts: number;
  /** Attempts that may have taken effect, or may yet. */
  readonly uncertain: Set<number>;
}

export function gateway(world: GatewayWorld): Gateway {
  const { waiting } = world;
  const pending = new Map<string, Pending>();

  const attempt = (id: string, one: Pending): void => {
    const leader = world.leader();
    if (leader === undefined) return giveUpIfVoid(id, one, 'no-leader');
    const { request } = one;
    const number = ++one.attempts;
    one.uncertain.add(number);
    if (leader === world.self) {
      world.service.serve(request, {
        answer: (reply) => waiting.meet(id, reply),
        refuse: (code) => refused(request, number, code),
      });
    } else if (!world.forward(leader, { kind: 'forward', request, attempt: number }))
      refused(request, number, 'leader-unreachable');
  };
  const refused = (request: RequestId, number: number, code: SessionErrorCode): void => {
    const id = correlationId(request);
    const one = pending.get(id);
    if (one === undefined) return;
    one.uncertain.delete(number);
    giveUpIfVoid(id, one, code);
  };
  const giveUpIfVoid = (id: string, one: Pending, code: SessionErrorCode): void => {
    if (one.uncertain.size === 0) waiting.meet(id, { ok: false, code });
  };

  return {
    take(request, answer) {
      const id = correlationId(request);
      const end = (reply: Reply): void => {
        pending.delete(id);
        answer(reply);
      };
      const expire = (): void => end({ ok: false, code: 'timeout' });
      if (!waiting.add(id, { answer: end, expire }))
        return answer({ ok: false, code: 'too-many-waiting' });
      const one = { request, attempts: 0, uncertain: new Set<number>() };
      pending.set(id, one);
      attempt(id, one);
    },
    answered: (request, reply) => waiting.meet(correlationId(request), reply),
    refused,
    leaderReached() {
      if (world.leader() === undefined) return;
      for (const [id, one] of pending) attempt(id, one);
    },
  };
}
