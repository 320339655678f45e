/** Toxics as Toxiproxy's HTTP API names them, typed by their type. What each does: docs/toxiproxy.md. */

export type ToxicSettings =
  | {
      readonly type: 'latency';
      /** Milliseconds. */
      readonly attributes: { readonly latency: number; readonly jitter: number };
    }
  /** Kilobytes (1000 bytes) a second. */
  | { readonly type: 'bandwidth'; readonly attributes: { readonly rate: number } }
  /** Milliseconds. */
  | { readonly type: 'slow_close'; readonly attributes: { readonly delay: number } }
  /** Milliseconds without a byte, after which the connection is closed; 0 swallows for ever. */
  | { readonly type: 'timeout'; readonly attributes: { readonly timeout: number } }
  /** Milliseconds after the first byte. */
  | { readonly type: 'reset_peer'; readonly attributes: { readonly timeout: number } }
  | {
      readonly type: 'slicer';
      readonly attributes: {
        /** Bytes. */
        readonly average_size: number;
        readonly size_variation: number;
        /** Microseconds. */
        readonly delay: number;
      };
    }
  | { readonly type: 'limit_data'; readonly attributes: { readonly bytes: number } };

/** `upstream` is what the client of the proxy sends, `downstream` what it receives. */
export type Stream = 'upstream' | 'downstream';

export type ToxicSpec = ToxicSettings & {
  readonly name: string;
  readonly stream: Stream;
  /** The share of connections that it touches, 0 to 1. */
  readonly toxicity: number;
};

export interface ProxySpec {
  readonly name: string;
  /** `host:port`; port 0 lets the system choose. */
  readonly listen: string;
  readonly upstream: string;
  readonly enabled: boolean;
}
