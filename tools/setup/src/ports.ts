import { createServer } from 'node:net';
import { once } from 'node:events';
import { portOwner } from './port-owner';
import { SetupProblem } from './setup-problem';

/** The ports of a development system, with the variable that moves each. */
export const portVariables = {
  gateway: { variable: 'PORT_GATEWAY', usual: 4000 },
  police: { variable: 'PORT_POLICE', usual: 4001 },
  policeExchange: { variable: 'PORT_POLICE_EXCHANGE', usual: 4101 },
  banks: { variable: 'PORT_BANKS', usual: 4002 },
  banksExchange: { variable: 'PORT_BANKS_EXCHANGE', usual: 4102 },
  identity: { variable: 'PORT_IDENTITY', usual: 4080 },
  postgres: { variable: 'PORT_POSTGRES', usual: 4543 },
} as const;

/** What listens on a port. */
export type PortName = keyof typeof portVariables;

/** One TCP port for each listener. */
export type Ports = Readonly<Record<PortName, number>>;

const portNames = Object.keys(portVariables) as PortName[];

/** Ports over 0 that browsers and `fetch` refuse to speak HTTP to: https://fetch.spec.whatwg.org/#port-blocking (Postgres may have them). */
const blockedForHttp: ReadonlySet<number> = new Set([
  1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137,
  139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723,
  2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
]);

/** The ports that the environment asks for, or the usual ones. Throws a `SetupProblem` naming every bad variable. */
export function readPorts(environment: NodeJS.ProcessEnv): Ports {
  const chosen = portNames.map((name) => ({ name, ...portVariables[name], port: Number(environment[portVariables[name].variable] ?? portVariables[name].usual) }));
  const bad = chosen.filter(({ port }) => !Number.isInteger(port) || port < 1 || port > 65_535);
  if (bad.length > 0) throw new SetupProblem(bad.map(({ variable }) => `${variable} must be a port from 1 to 65535, found "${environment[variable]}".`).join('\n'));
  const blocked = chosen.filter(({ name, port }) => name !== 'postgres' && blockedForHttp.has(port));
  if (blocked.length > 0) throw new SetupProblem(blocked.map(({ variable, port }) => `${variable}: browsers refuse to open port ${port}; choose another.`).join('\n'));
  const twice = chosen.filter(({ port }, index) => chosen.findIndex((other) => other.port === port) < index);
  if (twice.length > 0) throw new SetupProblem(twice.map(({ variable, port }) => `${variable}: port ${port} is already given to another part; choose another.`).join('\n'));
  return Object.fromEntries(chosen.map(({ name, port }) => [name, port])) as Ports;
}

/** Ports that nobody uses now, for a system of its own beside the usual one (story, tests). */
export async function findFreePorts(): Promise<Ports> {
  const listeners = await Promise.all(portNames.map(() => listen(0)));
  const entries = portNames.map((name, index) => [name, portOf(listeners[index])]);
  await Promise.all(listeners.map((listener) => close(listener)));
  return Object.fromEntries(entries) as Ports;
}

/** Throws a `SetupProblem` that names, for every port in use, the process that has it and the variable that chooses another. */
export async function checkPortsAreFree(ports: Ports, needed: readonly PortName[] = portNames): Promise<void> {
  const found = await Promise.all(needed.map(async (name) => ((await isFree(ports[name])) ? undefined : describeUse(name, ports[name]))));
  const problems = found.filter((problem) => problem !== undefined);
  if (problems.length > 0) throw new SetupProblem(problems.join('\n'));
}

async function describeUse(name: PortName, port: number): Promise<string> {
  const owner = await portOwner(port);
  const { variable } = portVariables[name];
  return `Port ${port} (${name}) is in use by ${owner ?? 'another process'}. Stop it, or choose another port: ${variable}=${otherPort(port)} npm start`;
}

/** A port that may be chosen instead: a thousand further, as long as browsers open it. */
function otherPort(port: number): number {
  const other = port > 64_535 ? port - 1000 : port + 1000;
  return blockedForHttp.has(other) ? otherPort(other) : other;
}

async function isFree(port: number): Promise<boolean> {
  try {
    await close(await listen(port));
    return true;
  } catch {
    return false;
  }
}

type Listener = ReturnType<typeof createServer>;

async function listen(port: number): Promise<Listener> {
  const listener = createServer();
  listener.listen({ port, host: '127.0.0.1', exclusive: true });
  await once(listener, 'listening');
  return listener;
}

async function close(listener: Listener): Promise<void> {
  listener.close();
  await once(listener, 'close');
}

function portOf(listener: Listener | undefined): number {
  const address = listener?.address();
  if (typeof address !== 'object' || address === null || address === undefined) throw new Error('a listener has no port; it should be listening');
  return address.port;
}
