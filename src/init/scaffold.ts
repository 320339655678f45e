/** The text of a new `dsp.config.ts`: what was found stands in it with its source, what was not is marked FILL IN. */
import type { Found } from './findings.ts';
import type { Survey } from './survey.ts';

/** It type-checks and loads as it is; whether the server does what it says is for its author to see to. */
export function scaffold({ name, findings }: Survey): string {
  const { command, image, ports, dataFolder } = findings;
  const [client = 8080, ...peers] = ports?.value ?? [];
  const inContainersOnly = command === undefined && image !== undefined;
  const said = ports === undefined ? fillIn('where clients connect, and peers') : source(ports);
  return `// How dsp starts ${name} and speaks to it. What was not found is marked FILL IN;
// docs/your-own-system.md of dsp-harness explains every field with a complete example.
import { defineConfig, defineSystem, type Value } from 'dsp-harness';

const server = defineSystem({
${imageLines(image)}${commandLines(command, inContainersOnly)}  ${fillIn('how a member is told who it is, where it listens and who its peers are')}
  environment: ({ id, members, listenHost, dataFolder }) => ({
    NODE_NAME: id,
    MEMBERS: members.join(','),
    HOST: listenHost,
    DATA_FOLDER: dataFolder,
  }),
  ${said}
  ports: { client: ${client}, peers: [${(peers.length === 0 ? [client] : peers).join(', ')}] },
${dataFolder === undefined ? '' : `  ${source(dataFolder)}\n  dataFolder: ${quoted(dataFolder.value)},\n`}${clientLines}});

${exportLines(name, inContainersOnly).join('\n')}
`;
}

const exportLines = (name: string, inContainersOnly: boolean): readonly string[] => [
  'export default defineConfig({',
  `  systems: { ${quoted(name)}: server },`,
  `  system: ${quoted(name)},`,
  '  nodes: 3,',
  ...(inContainersOnly ? ["  runtime: 'docker',"] : []),
  '});',
];

const clientLines = `  offers: ['get', 'put', 'compare-and-set'],
  // FILL IN: how a client asks, and what of an answer is the value. A put that throws counts as
  // "may have happened"; where it has definitely not, throw a SessionError of dsp-harness.
  connect({ host, port }) {
    const ask = async (path: string, body: object, signal: AbortSignal): Promise<unknown> => {
      const answer = await fetch(\`http://\${host}:\${port}\${path}\`, {
        method: 'POST',
        body: JSON.stringify(body),
        signal,
      });
      if (!answer.ok) throw new Error(\`status \${answer.status}\`);
      return answer.json();
    };
    return {
      get: async (key, signal) => (await ask('/get', { key }, signal)) as Value,
      put: async (key, value, signal) => {
        await ask('/put', { key, value }, signal);
      },
      'compare-and-set': async (key, from, to, signal) =>
        (await ask('/compare-and-set', { key, from, to }, signal)) === true,
    };
  },
`;

const imageLines = (image: Found<string> | undefined): string =>
  image === undefined ? '' : `  ${source(image)}\n  image: ${quoted(image.value)},\n`;

function commandLines(
  command: Found<readonly string[]> | undefined,
  inContainersOnly: boolean,
): string {
  if (inContainersOnly)
    return `  // The image runs what it runs by itself; a command would let it run on this host too.\n`;
  const words = command?.value ?? ['./my-server'];
  const said = command === undefined ? fillIn('what starts one member') : source(command);
  return `  ${said}\n  command: [${words.map(quoted).join(', ')}],\n`;
}

const fillIn = (what: string): string => `// FILL IN: ${what}.`;

const source = ({ from }: Found<unknown>): string => `// From ${from.replaceAll(/\s+/g, ' ')}`;

/** As a literal of TypeScript's. */
const quoted = (text: string): string =>
  `'${JSON.stringify(text)
    .slice(1, -1)
    .replaceAll(String.raw`\"`, '"')
    .replaceAll("'", String.raw`\'`)}'`;
