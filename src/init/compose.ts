/**
 * What a Compose file says about a server: its image and its ports.
 *
 * Reads as much of YAML as Compose files are commonly written in: block mappings by indentation, lists with dashes or in
 * brackets. What it does not understand it does not find.
 */
import { found, portOf, type Findings } from './findings.ts';

/** Of the service that has the name, or else is built here, or else comes first. */
export function composeFindings(text: string, name: string, file: string): Findings {
  const services = servicesOf(text);
  const service =
    services.find((each) => each.name === name) ??
    services.find(({ keys }) => keys.has('build')) ??
    services[0];
  if (service === undefined) return {};
  const from = `${file} (${service.name})`;
  const ports = ['ports', 'expose'].flatMap((key) => service.keys.get(key) ?? []);
  return {
    ...found('image', service.keys.get('image')?.[0], from),
    ...found('ports', [...new Set(ports.flatMap((port) => containerPort(port) ?? []))], from),
  };
}

/** `127.0.0.1:80:8080/tcp` publishes the container's port 8080; so do `8080` and, in the long form, `target: 8080`. */
const containerPort = (text: string): number | undefined =>
  portOf(
    text
      .replace(/^target:\s*/, '')
      .replace(/\/tcp$/, '')
      .split(':')
      .at(-1) ?? '',
  );

interface Service {
  readonly name: string;
  /** What stands under each of its keys: a value, or the items of a list. */
  readonly keys: Map<string, string[]>;
}

interface Line {
  readonly indent: number;
  readonly text: string;
}

function servicesOf(text: string): Service[] {
  const services: Service[] = [];
  let inServices = false;
  let serviceIndent = 0;
  let keyIndent = 0;
  let values: string[] | undefined;
  for (const { indent, text: line } of linesOf(text)) {
    const [, key, rest = ''] = /^([\w.-]+):(?:\s+(.*))?$/.exec(line) ?? [];
    if (indent === 0) inServices = key === 'services';
    else if (inServices) {
      if (services.length === 0) serviceIndent = indent;
      const service = services.at(-1);
      if (indent === serviceIndent && key !== undefined) {
        services.push({ name: key, keys: new Map() });
        [keyIndent, values] = [0, undefined];
      } else if (service !== undefined && !line.startsWith('- ') && key !== undefined) {
        keyIndent ||= indent;
        if (indent === keyIndent) service.keys.set(key, (values = itemsOf(rest)));
        else if (key === 'target') values?.push(rest);
      } else if (line.startsWith('- ')) values?.push(...itemsOf(line.slice(2)));
    }
  }
  return services;
}

const linesOf = (text: string): Line[] =>
  text.split(/\r?\n/).flatMap((line) => {
    const bare = line.replace(/(^|\s)#.*$/, '').trimEnd();
    return bare.trim() === '' ? [] : [{ indent: bare.search(/\S/), text: bare.trim() }];
  });

/** A scalar, or a list in brackets. */
const itemsOf = (text: string): string[] =>
  text
    .replaceAll(/^\[|\]$/g, '')
    .split(',')
    .map(plain)
    .filter((item) => item !== '');

/** Without quotes; a variable with a default stands for that: `${TAG:-latest}`. */
const plain = (text: string): string =>
  text
    .trim()
    .replaceAll(/^["']|["']$/g, '')
    .replaceAll(/\$\{\w+:?-([^}]*)\}/g, '$1');
