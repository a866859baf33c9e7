import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/**
 * Real hosts on one machine: a namespace for the host side (session server, video server) and one
 * for each browser. The bridge lives on the host side, so each browser has a cable of its own and
 * cutting one leaves the carrier of the others alone (a direct veth pair would take both down).
 *
 * Addresses exist inside the namespaces only; the machine's own network is never touched.
 */
export interface Network {
  /** Where the servers listen, as the browsers see it. */
  readonly hostAddress: string;
  /** The `ip netns` name of a host: `host`, or a browser's name. */
  namespaceOf(name: string): string;
  addressOf(name: string): string;
  /** Drops every packet of that host except its loopback, both ways; raises no event. Returns the instant. */
  blackHole(name: string): number;
  /** As `blackHole`, and its loopback too: what two ends on one host say to each other. Returns the instant. */
  silence(name: string): number;
  /** Pulls that host's cable: it loses carrier, its addresses stay. Returns the instant. */
  linkDown(name: string): number;
  linkUp(name: string): number;
  /** Undoes every cut of that host. Returns the instant. */
  heal(name: string): number;
  /** Kills what still runs in the namespaces and removes them. Safe to call twice. */
  destroy(): void;
}

const prefix = 'hf';
const subnet = '10.77.0';
const hostName = 'host';
const open = new Set<Network>();
let counter = 0;
let isGuarded = false;

export function createNetwork(browsers: readonly string[]): Network {
  guardExit();
  removeLeftovers();
  counter += 1;
  const stem = `${prefix}${process.pid}-${counter}`;
  const names = [hostName, ...browsers];
  const hosts = new Map(
    names.map((name, index) => [
      name,
      { namespace: `${stem}-${name}`, address: `${subnet}.${index + 1}`, port: `port${index}` },
    ]),
  );
  const find = (name: string) => {
    const host = hosts.get(name);
    if (host === undefined) throw new Error(`no host called ${name} in this network`);
    return host;
  };
  const cable = (name: string, state: 'up' | 'down') => {
    ip(['-n', find(hostName).namespace, 'link', 'set', find(name).port, state]);
    return Date.now();
  };
  const network: Network = {
    hostAddress: find(hostName).address,
    namespaceOf: (name) => find(name).namespace,
    addressOf: (name) => find(name).address,
    blackHole: (name) => {
      nft(find(name).namespace, dropEverything);
      return Date.now();
    },
    silence: (name) => {
      nft(find(name).namespace, dropLoopbackToo);
      return Date.now();
    },
    linkDown: (name) => cable(name, 'down'),
    linkUp: (name) => cable(name, 'up'),
    heal: (name) => {
      nft(find(name).namespace, dropNothing);
      return name === hostName ? Date.now() : cable(name, 'up');
    },
    destroy: () => {
      open.delete(network);
      for (const { namespace } of hosts.values()) removeNamespace(namespace);
    },
  };
  open.add(network);
  try {
    build(find(hostName), browsers.map(find));
  } catch (cause) {
    network.destroy();
    throw cause;
  }
  return network;
}

interface Host {
  readonly namespace: string;
  readonly address: string;
  readonly port: string;
}

function build(host: Host, browsers: readonly Host[]): void {
  for (const { namespace } of [host, ...browsers]) {
    ip(['netns', 'add', namespace]);
    // Without this the cable's return waits for duplicate address detection, which is no part of a cut.
    inside(namespace, ['sh', '-c', 'echo 1 > /proc/sys/net/ipv6/conf/all/disable_ipv6']);
    ip(['-n', namespace, 'link', 'set', 'lo', 'up']);
  }
  ip(['-n', host.namespace, 'link', 'add', 'bridge0', 'type', 'bridge']);
  ip(['-n', host.namespace, 'addr', 'add', `${host.address}/24`, 'dev', 'bridge0']);
  ip(['-n', host.namespace, 'link', 'set', 'bridge0', 'up']);
  for (const browser of browsers) {
    const peer = ['peer', 'name', 'eth0', 'netns', browser.namespace];
    ip(['-n', host.namespace, 'link', 'add', browser.port, 'type', 'veth', ...peer]);
    ip(['-n', host.namespace, 'link', 'set', browser.port, 'master', 'bridge0', 'up']);
    ip(['-n', browser.namespace, 'addr', 'add', `${browser.address}/24`, 'dev', 'eth0']);
    ip(['-n', browser.namespace, 'link', 'set', 'eth0', 'up']);
  }
}

const dropEverything = `
table inet cut {
  chain incoming { type filter hook input priority -300; policy accept; iifname "lo" accept; drop; }
  chain outgoing { type filter hook output priority -300; policy accept; oifname "lo" accept; drop; }
}
`;
const dropLoopbackToo = dropEverything.replaceAll(/[io]ifname "lo" accept; /g, '');
/** Declared first so that removing it also works where there was no cut. */
const dropNothing = 'table inet cut\ndelete table inet cut\n';

function ip(args: readonly string[]): string {
  return execFileSync('ip', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

function inside(namespace: string, command: readonly string[]): void {
  ip(['netns', 'exec', namespace, ...command]);
}

function nft(namespace: string, rules: string): void {
  execFileSync('ip', ['netns', 'exec', namespace, 'nft', '-f', '-'], {
    input: rules,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
}

function removeNamespace(namespace: string): void {
  if (!namespaces().includes(namespace)) return;
  for (const pid of processesIn(namespace)) kill(pid);
  ip(['netns', 'del', namespace]);
}

/** Process ids of everything that runs in a namespace. */
export function processesIn(namespace: string): number[] {
  return ip(['netns', 'pids', namespace]).split('\n').filter(Boolean).map(Number);
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended between the listing and the signal, which is what was wanted.
  }
}

function namespaces(): string[] {
  try {
    return readdirSync('/run/netns');
  } catch {
    return [];
  }
}

/** Namespaces of a run that was killed before it could clean up: its process id is in their name. */
function removeLeftovers(): void {
  for (const namespace of namespaces()) {
    const owner = new RegExp(`^${prefix}(\\d+)-\\d+-`).exec(namespace)?.[1];
    if (owner !== undefined && !isAlive(Number(owner))) removeNamespace(namespace);
  }
}

/** A killed process that nobody waited for stays in the list as a zombie: it is dead all the same. */
function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

function guardExit(): void {
  if (isGuarded) return;
  isGuarded = true;
  const destroyAll = () => {
    for (const network of open) network.destroy();
  };
  process.on('exit', destroyAll);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      destroyAll();
      process.kill(process.pid, signal);
    });
  }
}
