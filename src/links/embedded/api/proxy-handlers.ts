/**
 * The calls of the HTTP API about proxies.
 *
 * The order of the checks is the real server's, for it decides which of several mistakes is reported.
 */
import { ApiError, missingField } from '../errors.ts';
import { decodeList, decodeStruct } from '../go/decode.ts';
import { encodeEntries, encodeJson } from '../go/encode.ts';
import type { ProxyRequest } from '../proxy/proxies.ts';
import type { Proxy } from '../proxy/proxy.ts';
import type { Reply } from './reply.ts';
import { emptyReply, jsonReply } from './reply.ts';
import type { ApiCall, Handler } from './request.ts';
import { readBody } from './request.ts';
import { populateShape, proxyShape } from './shapes.ts';
import { showProxy } from './show.ts';

export const listProxies: Handler = async ({ proxies }) =>
  jsonReply(200, encodeEntries(proxies.all().map((proxy) => [proxy.spec.name, showProxy(proxy)])));

/** Makes a proxy, enabled unless it is said otherwise. */
export const createProxy: Handler = async ({ proxies, body }) => {
  const given = readBody(() => decodeStruct(body, proxyShape));
  const proxy = await proxies.add(complete(given, ''));
  return jsonReply(201, encodeJson(showProxy(proxy)));
};

/** Shows the proxy that the path names. */
export const showOneProxy: Handler = async (call) =>
  jsonReply(200, encodeJson(showProxy(proxyOf(call))));

/** Changes what is given, but never the name. */
export const updateProxy: Handler = async (call) => {
  const proxy = proxyOf(call);
  const { listen, upstream, enabled } = {
    ...proxy.spec,
    enabled: proxy.enabled,
    ...readBody(() => decodeStruct(call.body, proxyShape)),
  };
  await proxy.update({ listen, upstream, enabled });
  return jsonReply(200, encodeJson(showProxy(proxy)));
};

/** Removes the proxy that the path names. */
export const deleteProxy: Handler = async ({ proxies, variables }) => {
  await proxies.remove(variables['proxy']!);
  return emptyReply(204);
};

/** Checks all before it makes any; a proxy that cannot listen ends it, and those before it stay. */
export const populate: Handler = async ({ proxies, body, log }) => {
  const made: Proxy[] = [];
  try {
    for (const request of populateRequests(body)) made.push(await proxies.addOrReplace(request));
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    log('warn', 'Populate errors', { error: error.message });
    return populated(made, error);
  }
  return populated(made);
};

/** Enables every proxy and removes every toxic; a proxy that cannot listen ends it. */
export const resetAll: Handler = async ({ proxies }) => {
  for (const proxy of proxies.all()) {
    await proxy.start();
    await proxy.chain.removeAll();
  }
  return emptyReply(204);
};

/** The proxy that the path names. */
export const proxyOf = ({ proxies, variables }: ApiCall): Proxy => proxies.get(variables['proxy']!);

type ProxyBody = Partial<ProxyRequest>;

/** With what is missing filled in, where it may be; `where` says which proxy of several it is. */
function complete(given: ProxyBody, where: string): ProxyRequest {
  const { name = '', listen = '', upstream = '', enabled = true } = given;
  if (name === '') throw missingField(`name${where}`);
  if (upstream === '') throw missingField(`upstream${where}`);
  return { name, listen, upstream, enabled };
}

function populateRequests(body: string): ProxyRequest[] {
  const given = readBody(() => decodeList(body, populateShape));
  return given.map((each, index) => complete(each, ` at proxy ${index + 1}`));
}

/** As the real server words it: no proxies are null when none was asked for, or when the request was refused. */
function populated(made: readonly Proxy[], error?: ApiError): Reply {
  const refusal = error === undefined ? {} : { error: error.message, status: error.status };
  const proxies = made.length === 0 ? null : made.map(showProxy);
  return jsonReply(error?.status ?? 201, encodeJson({ ...refusal, proxies }));
}
