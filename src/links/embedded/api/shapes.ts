/** The bodies that the HTTP API reads, by the names of Go's types, which its error messages show. */
import { goStruct } from '../go/decode.ts';
import type { GoStruct } from '../go/decode.ts';
import type { ToxicKind } from '../toxics/toxic.ts';

const proxyFields = {
  name: 'string',
  listen: 'string',
  upstream: 'string',
  enabled: 'bool',
  // Nobody sets it; but it is a field of the real server's struct, so what it is shown it must be able to take back.
  Logger: { type: 'zerolog.Logger', fields: {} },
} as const;

export const proxyShape = goStruct({ type: 'toxiproxy.Proxy', fields: proxyFields });

/** One proxy of a list. */
export const populateShape = goStruct({
  type: String.raw`struct { toxiproxy.Proxy; Enabled *bool "json:\"enabled\"" }`,
  fields: proxyFields,
  embedded: { name: 'Proxy', fields: ['name', 'listen', 'upstream', 'Logger'] },
});

/** A toxic before its type is known; its attributes are read by `attributesShape` then. */
export const toxicShape = goStruct({
  type: 'toxics.ToxicWrapper',
  fields: {
    attributes: { type: 'toxics.NoopToxic', fields: {} },
    name: 'string',
    type: 'string',
    stream: 'string',
    toxicity: 'float32',
  },
});

/** The attributes of a new toxic of a kind. */
export const attributesShape = (kind: ToxicKind) =>
  goStruct({
    type: 'struct { Attributes interface {} "json:\\"attributes\\"" }',
    fields: { attributes: settings(kind) },
  });

/** What of a toxic can be changed. */
export const toxicChangeShape = (kind: ToxicKind) =>
  goStruct({
    type: String.raw`struct { Attributes interface {} "json:\"attributes\""; Toxicity float32 "json:\"toxicity\"" }`,
    fields: { attributes: settings(kind), toxicity: 'float32' },
  });

const settings = ({ goType, fields }: ToxicKind): { type: string; fields: ToxicKind['fields'] } =>
  ({ type: goType, fields }) satisfies GoStruct;
