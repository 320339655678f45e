/**
 * The error registry: which failures of a client's call *definitely did not happen*, told apart once for all systems.
 *
 * Definite is a promise that the operation has had no effect and never will. It may be said only where nothing was sent,
 * or where the one node that could have begun it says that it did not, and nobody else was asked. Three that look
 * definite and are not:
 *   - a follower passed the request on and lost the leader: the leader may have appended it before it was lost;
 *   - a leader was deposed after appending: the next leader may hold the entry and commit it;
 *   - a node refused the request, but an earlier attempt of the same request went to another node.
 * A definite error becomes `fail`, anything else `info`; whatever is not in the registry is `info`.
 */
import { messageOf } from './errors.ts';
import { fail, info, type Completion } from './seams/client.ts';

interface ErrorInfo {
  /** It did not happen and never will. */
  readonly definite: boolean;
  /** One sentence: what happened, and why it is definite or not. */
  readonly says: string;
}

export const errorRegistry = {
  'not-connected': {
    definite: true,
    says: 'no connection, or no welcome on it in time; a client sends nothing before the welcome',
  },
  'not-sent': {
    definite: true,
    says: 'the connection was closed or full, or the client gave up, before the request was sent',
  },
  'bad-request': { definite: true, says: 'the node could not read the request and dropped it' },
  'no-leader': {
    definite: true,
    says: 'the node knew no leader to pass the request to, and kept nothing of it',
  },
  'leader-unreachable': {
    definite: true,
    says: 'the node had no open connection to the leader, so the request was not passed on',
  },
  'not-leader': {
    definite: true,
    says: 'the only node that was asked to propose it did not lead, and proposed nothing',
  },
  'queue-full': {
    definite: true,
    says: 'the update queue was full; the request was refused before it was queued',
  },
  'too-many-waiting': {
    definite: true,
    says: 'too many requests wait for their answers; this one was refused before anything was done',
  },
  'log-full': { definite: true, says: 'the log has reached its limit; nothing was appended' },
  'read-unanswered': {
    definite: true,
    says: 'a read got no answer; it would have changed nothing in any case',
  },
  'connection-lost': {
    definite: false,
    says: 'the connection ended after the request was sent; the node may have acted on it',
  },
  timeout: {
    definite: false,
    says: 'the request was begun and not answered in time; it may yet take effect',
  },
  'leader-changed': {
    definite: false,
    says: 'the leader changed while the request was under way; the one before may have spread it',
  },
  'node-failed': {
    definite: false,
    says: 'the node answered that it failed, and not that nothing was done',
  },
  aborted: {
    definite: false,
    says: 'the client stopped waiting after the request was sent',
  },
  'reply-forgotten': {
    definite: false,
    says: 'the request was seen before, and the reply that it got then is no longer kept',
  },
  'bad-answer': { definite: false, says: 'the node answered something that is no answer' },
} as const satisfies Record<string, ErrorInfo>;

export type SessionErrorCode = keyof typeof errorRegistry;

/** Whether the code is one of the registry, as one from a node need not be. */
export const isSessionErrorCode = (code: unknown): code is SessionErrorCode =>
  typeof code === 'string' && Object.hasOwn(errorRegistry, code);

export const isDefinite = (code: SessionErrorCode): boolean => errorRegistry[code].definite;

/** What a session's call throws: a code of the registry, and what was seen. */
export class SessionError extends Error {
  override readonly name = 'SessionError';
  readonly code: SessionErrorCode;

  constructor(code: SessionErrorCode, message: string = errorRegistry[code].says) {
    super(message);
    this.code = code;
  }
}

/** The completion of a call that threw. */
export function classify(thrown: unknown): Completion {
  const code = codeOf(thrown);
  if (code === undefined) return info(`unexpected: ${messageOf(thrown)}`);
  return isDefinite(code) ? fail(code) : info(code);
}

/** Whether the call that threw this definitely did not happen. */
export const isDefiniteError = (thrown: unknown): boolean => classify(thrown).type === 'fail';

/**
 * Told by its name, not by its class: a `dsp.config.ts` imports the package, which need not be the very copy of dsp that
 * runs.
 */
function codeOf(thrown: unknown): SessionErrorCode | undefined {
  if (!(thrown instanceof Error) || thrown.name !== 'SessionError') return undefined;
  const { code } = thrown as Partial<SessionError>;
  return isSessionErrorCode(code) ? code : undefined;
}
