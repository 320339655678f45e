/** Which path and method leads to which call. The names are those of the real server's log. */
import { jsonReply } from './reply.ts';
import type { Handler } from './request.ts';
import {
  createProxy,
  deleteProxy,
  listProxies,
  populate,
  resetAll,
  showOneProxy,
  updateProxy,
} from './proxy-handlers.ts';
import {
  createToxic,
  deleteToxic,
  listToxics,
  showOneToxic,
  updateToxic,
} from './toxic-handlers.ts';

/** The version of Toxiproxy whose behaviour this is, and a mark by which it can be told from the real one. */
export const servedVersion = '2.12.0+embedded';

const showVersion: Handler = async () =>
  jsonReply(200, `{"version": "${servedVersion}"}\n`, 'application/json;charset=utf-8');

/** Path → method → call. */
export const routes = {
  '/reset': { POST: ['ResetState', resetAll] },
  '/proxies': { GET: ['ProxyIndex', listProxies], POST: ['ProxyCreate', createProxy] },
  '/populate': { POST: ['Populate', populate] },
  '/proxies/{proxy}': {
    GET: ['ProxyShow', showOneProxy],
    POST: ['ProxyUpdate', updateProxy],
    PATCH: ['ProxyUpdate', updateProxy],
    DELETE: ['ProxyDelete', deleteProxy],
  },
  '/proxies/{proxy}/toxics': {
    GET: ['ToxicIndex', listToxics],
    POST: ['ToxicCreate', createToxic],
  },
  '/proxies/{proxy}/toxics/{toxic}': {
    GET: ['ToxicShow', showOneToxic],
    POST: ['ToxicUpdate', updateToxic],
    PATCH: ['ToxicUpdate', updateToxic],
    DELETE: ['ToxicDelete', deleteToxic],
  },
  '/version': { GET: ['Version', showVersion] },
} satisfies Record<string, Record<string, Route>>;

/** The call's name, and what answers it. */
export type Route = readonly [name: string, handler: Handler];

export interface Match {
  /** None if the path is known, and the method is not. */
  readonly route: Route | undefined;
  readonly variables: Readonly<Record<string, string>>;
}

/** Looks up an unescaped path; none if it is unknown. */
export function matchRoute(method: string, path: string): Match | undefined {
  for (const { pattern, methods } of patterns) {
    const matched = pattern.exec(path);
    if (matched !== null) {
      return { route: methods.get(method), variables: { ...matched.groups } };
    }
  }
  return undefined;
}

/** A variable is a part of the path that is not empty; it may hold anything but a slash. */
const patterns = Object.entries(routes).map(([path, methods]) => ({
  pattern: new RegExp(`^${path.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`),
  methods: new Map<string, Route>(Object.entries(methods)),
}));
