/** Proxies and toxics as the HTTP API shows them, fields in the real server's order. */
import type { Proxy } from '../proxy/proxy.ts';
import type { Toxic } from '../proxy/toxic.ts';

export const showToxic = ({ attributes, name, type, stream, toxicity }: Toxic) => ({
  attributes,
  name,
  type,
  stream,
  toxicity,
});

/** With its toxics: upstream ones first. */
export const showProxy = ({ spec, enabled, chain }: Proxy) => ({
  name: spec.name,
  listen: spec.listen,
  upstream: spec.upstream,
  enabled,
  // The real server shows it, by an oversight; clients that compare whole answers would miss it.
  Logger: {},
  toxics: chain.all().map(showToxic),
});
