/** Every toxic there is, by the name that the HTTP API gives it. */
import { bandwidth } from './bandwidth.ts';
import { latency } from './latency.ts';
import { limitData } from './limit-data.ts';
import { noop } from './noop.ts';
import { resetPeer } from './reset-peer.ts';
import { slicer } from './slicer.ts';
import { slowClose } from './slow-close.ts';
import { timeout } from './timeout.ts';
import type { ToxicKind } from './toxic.ts';

export const toxicKinds = {
  bandwidth,
  latency,
  limit_data: limitData,
  noop,
  reset_peer: resetPeer,
  slicer,
  slow_close: slowClose,
  timeout,
} satisfies Record<string, ToxicKind>;

/** The toxic of that name, if there is one. */
export const toxicKindOf = (type: string): ToxicKind | undefined =>
  Object.hasOwn(toxicKinds, type) ? toxicKinds[type as keyof typeof toxicKinds] : undefined;
