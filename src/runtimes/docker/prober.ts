/** The controller's end of the prober in a run's network. */
import { environmentError } from '../../core/errors.ts';
import type { Link } from '../../core/ids.ts';
import type { LinkProbe } from '../../core/seams/runtime.ts';
import type { Address, System } from '../../core/seams/system.ts';
import type { Prober } from '../../links/probe.ts';
import { scriptFor } from '../../links/probe.ts';
import { createTransport } from '../../links/transport.ts';

/** What is asked of the prober. */
export interface ProbeRequest {
  readonly link: Link;
  readonly address: Address;
  readonly greets: boolean;
  /** Base64. */
  readonly ask: string;
  readonly timeoutMs: number;
}

export interface NetworkProber extends Disposable {
  /** Whether it answers. */
  isReady(): Promise<boolean>;
  readonly probe: Prober;
}

/** Beyond what the probe itself may take. */
const answerMsMax = 20_000;
/** All links of a cluster are probed at once. */
const atOnceMax = 512;

/** The prober that listens at `url`, speaking the system's language. */
export function proberAt(
  url: string,
  system: Pick<System, 'probe' | 'clientProbe'>,
): NetworkProber {
  const transport = createTransport(answerMsMax, atOnceMax);
  return {
    isReady: () =>
      transport.send('GET', url).then(
        ({ status }) => status === 200,
        () => false,
      ),
    async probe(link, address, timeoutMs) {
      const { greets, ask } = scriptFor(system, link);
      const text = Buffer.from(ask).toString('base64');
      const body: ProbeRequest = { link, address, greets, ask: text, timeoutMs };
      const reply = await transport.send('POST', url, { body });
      if (reply.status !== 200) throw environmentError(`the prober failed: ${reply.body}`);
      return JSON.parse(reply.body) as LinkProbe;
    },
    [Symbol.dispose]: () => transport[Symbol.dispose](),
  };
}
