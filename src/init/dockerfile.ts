/** What a Dockerfile says about its server: the ports that it exposes, and the folder that outlives a container. */
import { found, portOf, type Findings } from './findings.ts';

/** `name` is what the image will be called once it is built. */
export function dockerfileFindings(text: string, name: string): Findings {
  const lines = text.replaceAll(/\\\r?\n/g, ' ').split(/\r?\n/);
  const said = (instruction: string) =>
    lines.flatMap((line) => {
      const [first = '', ...rest] = line.trim().split(/\s+/);
      return first.toUpperCase() === instruction ? [rest.join(' ')] : [];
    });
  const ports = said('EXPOSE')
    .flatMap((words) => words.split(' '))
    .flatMap((word) => portOf(word.replace(/\/tcp$/i, '')) ?? []);
  const volumes = said('VOLUME').flatMap((words) => words.match(/\/[^\s"',\]]*/g) ?? []);
  return {
    ...found('image', name, `the Dockerfile: docker build -t ${name} .`),
    ...found('ports', [...new Set(ports)], 'Dockerfile (EXPOSE)'),
    ...found('dataFolder', volumes[0], 'Dockerfile (VOLUME)'),
  };
}
