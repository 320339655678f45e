/** A container of dsp in testcontainers' terms. Loaded only when one is made, for it loads testcontainers. */
import { GenericContainer, StartupCheckStrategy } from 'testcontainers';
import type { StartupStatus } from 'testcontainers';
import type { ContainerSpec } from './container.ts';
import { label } from './labels.ts';

/** dsp knows itself when a node is ready, and asks it as a client would. */
class Started extends StartupCheckStrategy {
  override checkStartupState(): Promise<StartupStatus> {
    return Promise.resolve('SUCCESS');
  }
}

/** Left to dsp's own reaper: the stock one needs an image, a socket and a privilege of its own. */
export class DspContainer extends GenericContainer {
  readonly #created: (id: string) => Promise<void>;

  /** `created` is called with its id before it starts. */
  constructor(spec: ContainerSpec, created: (id: string) => Promise<void>) {
    super(spec.image);
    this.#created = created;
    this.withAutoCleanup(false)
      .withWaitStrategy(new Started())
      .withName(spec.name)
      .withLabels({ ...spec.labels, [label.role]: spec.role })
      .withNetworkMode(spec.network)
      .withEnvironment({ ...spec.environment })
      .withExtraHosts(
        Object.entries(spec.hosts ?? {}).map(([host, ipAddress]) => ({ host, ipAddress })),
      )
      .withAddedCapabilities(...(spec.capabilities ?? []));
    if (spec.command !== undefined) {
      this.withEntrypoint(spec.command.slice(0, 1)).withCommand(spec.command.slice(1));
    }
    if (spec.hostname !== undefined) this.withHostname(spec.hostname);
    if (spec.user !== undefined) this.withUser(spec.user);
    if (spec.asksNobody === true) {
      Object.assign(this.hostConfig, { Dns: ['127.0.0.1'], DnsSearch: ['.'] });
    }
    this.hostConfig.Binds = Object.entries(spec.mounts ?? {}).map(
      ([inside, outside]) => `${outside}:${inside}`,
    );
    this.#publish(spec.ports ?? []);
  }

  /** testcontainers itself publishes at every address of the host. */
  #publish(ports: readonly number[]): void {
    const names = ports.map((port) => `${port}/tcp`);
    this.createOpts.ExposedPorts = Object.fromEntries(names.map((name) => [name, {}]));
    this.hostConfig.PortBindings = Object.fromEntries(
      names.map((name) => [name, [{ HostIp: '127.0.0.1', HostPort: '' }]]),
    );
  }

  protected override containerCreated(id: string): Promise<void> {
    return this.#created(id);
  }
}
