/**
 * The calls of the HTTP API about a proxy's toxics.
 *
 * The order of the checks is the real server's, for it decides which of several mistakes is reported.
 */
import { invalidStream, invalidToxicType, toxicAlreadyExists, toxicNotFound } from '../errors.ts';
import { decodeStruct } from '../go/decode.ts';
import { encodeJson } from '../go/encode.ts';
import type { Toxic } from '../proxy/toxic.ts';
import { directions } from '../proxy/toxic.ts';
import { toxicKindOf } from '../toxics/registry.ts';
import type { Attributes, ToxicKind } from '../toxics/toxic.ts';
import { proxyOf } from './proxy-handlers.ts';
import { emptyReply, jsonReply } from './reply.ts';
import type { ApiCall, Handler } from './request.ts';
import { readBody } from './request.ts';
import { attributesShape, toxicChangeShape, toxicShape } from './shapes.ts';
import { showToxic } from './show.ts';

export const listToxics: Handler = async (call) =>
  jsonReply(200, encodeJson(proxyOf(call).chain.all().map(showToxic)));

/** Adds a toxic behind all others of its stream; open connections have it at once. */
export const createToxic: Handler = async (call) => {
  const { chain } = proxyOf(call);
  const given = readBody(() => decodeStruct(call.body, toxicShape));
  const { type = '', stream = 'downstream', toxicity = 1 } = given;
  const direction = directions.find((each) => each === stream.toLowerCase());
  if (direction === undefined) throw invalidStream();
  const name = given.name || `${type}_${stream}`;
  const kind = toxicKindOf(type);
  if (kind === undefined) throw invalidToxicType();
  if (chain.find(name) !== undefined) throw toxicAlreadyExists();
  const attributes = changed(defaults(kind), newAttributes(call.body, kind));
  const toxic = { name, type, kind, stream, direction, toxicity, attributes };
  chain.add(toxic);
  return jsonReply(200, encodeJson(showToxic(toxic)));
};

/** Shows the toxic that the path names. */
export const showOneToxic: Handler = async (call) =>
  jsonReply(200, encodeJson(showToxic(toxicOf(call))));

/** Only its attributes and its toxicity can be changed; a refused change changes nothing. */
export const updateToxic: Handler = async (call) => {
  const toxic = toxicOf(call);
  const change = readBody(() => decodeStruct(call.body, toxicChangeShape(toxic.kind)));
  await proxyOf(call).chain.update(toxic, {
    attributes: changed(toxic.attributes, change.attributes ?? {}),
    toxicity: change.toxicity ?? toxic.toxicity,
  });
  return jsonReply(200, encodeJson(showToxic(toxic)));
};

/** Removes the toxic that the path names, from open connections too. */
export const deleteToxic: Handler = async (call) => {
  await proxyOf(call).chain.remove(toxicOf(call));
  return emptyReply(204);
};

function toxicOf(call: ApiCall): Toxic {
  const toxic = proxyOf(call).chain.find(call.variables['toxic']!);
  if (toxic === undefined) throw toxicNotFound();
  return toxic;
}

const newAttributes = (body: string, kind: ToxicKind): Partial<Attributes> =>
  readBody(() => decodeStruct(body, attributesShape(kind))).attributes ?? {};

const defaults = ({ fields }: ToxicKind): Attributes =>
  Object.fromEntries(Object.keys(fields).map((field) => [field, 0]));

const changed = (attributes: Attributes, change: Partial<Attributes>): Attributes =>
  Object.assign({ ...attributes }, change);
