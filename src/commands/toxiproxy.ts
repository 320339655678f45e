/** `dsp toxiproxy`: the embedded Toxiproxy in the foreground, for anyone's use. */
import { once } from 'node:events';
import { Flags } from '@oclif/core';
import { DspCommand } from '../cli/command.ts';
import { print } from '../cli/output.ts';
import { exitStatus, usageError } from '../core/errors.ts';

const portDefault = '8474';

export class Toxiproxy extends DspCommand {
  static override summary = 'serve the embedded Toxiproxy until SIGINT or SIGTERM';
  static override description =
    "The same HTTP API and toxics as Shopify's server; docs/toxiproxy.md says in what it differs.";
  static override examples = ['dsp toxiproxy', 'dsp toxiproxy --port 0 --seed 42'];
  static override flags = {
    host: Flags.string({ helpValue: 'localhost', summary: 'where the API listens [localhost]' }),
    port: Flags.string({
      helpValue: portDefault,
      summary: `its port, 0 for any free one [${portDefault}]`,
    }),
    seed: Flags.string({ helpValue: '1', summary: 'the seed of jitter and toxicity [1]' }),
  };

  override async run(): Promise<number> {
    const { flags } = await this.parse(Toxiproxy);
    const { logTo } = await import('../links/embedded/log.ts');
    const { serveEmbedded } = await import('../links/embedded/serve.ts');
    const ended = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
    await using server = await serveEmbedded({
      host: flags.host ?? 'localhost',
      port: portOf(flags.port ?? portDefault),
      seed: flags.seed ?? '1',
      log: logTo(process.stderr),
    });
    print(`http://${server.address.host}:${server.address.port}`);
    await ended;
    return exitStatus.valid;
  }
}

const portMax = 65_535;

function portOf(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= portMax) return port;
  const nearest = port > portMax ? portMax : portDefault;
  throw usageError(
    `--port is ${text}; it must be a whole number from 0 to ${portMax}`,
    `the nearest valid value is ${nearest}`,
  );
}
