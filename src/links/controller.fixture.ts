/** A controller that starts an embedded Toxiproxy, tells its process group, and then does nothing: to be killed by a test. */
import { startToxiproxy } from './serve.ts';

const logFile = process.argv[2]!;
const options = { choice: 'embedded', host: '127.0.0.1', port: 0, seed: 1, logFile };
const { pid } = await startToxiproxy(options, new AbortController().signal);
process.stdout.write(`${pid}\n`);
