import { demoAccounts, demoPassword } from '@lianfang/identity';
import { watchAncestors } from './ancestors';
import { readConfig, type SetupConfig } from './config';
import { DemoWorld } from './demo-world';
import { checkPortsAreFree, type PortName } from './ports';
import { RunLock } from './run-lock';
import { told } from './setup-problem';
import { Supervisor } from './supervisor';
import { logFolder, startSystem, type System } from './system';

/** `npm start`: starts everything, says where it is, and stays until it is told to go. */
export async function start(): Promise<void> {
  const beganAt = Date.now();
  const report = (line: string): void => console.log(`${seconds(beganAt)}  ${line}`);
  const config = readConfig();
  const lock = await RunLock.take(config.dataFolder);
  const supervisor = new Supervisor({ logFolder: logFolder(config.dataFolder), report });
  lock.note({ guardPid: supervisor.guardPid, clockOffset: config.environment['CLOCK_OFFSET'] });
  const leave = prepareDeparture(supervisor, lock);
  try {
    await checkPortsAreFree(config.ports, neededPorts(config));
    const demo = new DemoWorld(config);
    const system = await startSystem({ ...config, environment: small(config.environment), supervisor, report, beforeApps: (databases) => demo.prepare(databases) });
    await demo.load(system, report);
    announce(system, config, seconds(beganAt));
  } catch (error) {
    await leave(error);
  }
}

/**
 * A system on somebody's desk has no thousand requests a second: with a small nursery for new objects (in MB; V8 would take 16) its processes
 * need a quarter less memory. Benchmarks and production have V8's own.
 */
const small = (environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({ ...environment, NODE_OPTIONS: `${environment['NODE_OPTIONS'] ?? ''} --max-semi-space-size=4`.trim() });

/** Stops everything in order on Ctrl-C, SIGTERM, a closed terminal or a vanished npm; at once on a second Ctrl-C. */
function prepareDeparture(supervisor: Supervisor, lock: RunLock) {
  let leaving = false;
  const leave = async (problem?: unknown): Promise<void> => {
    if (leaving) return;
    leaving = true;
    if (problem === undefined) console.log('Stopping everything …');
    else tell(problem);
    await supervisor.stopAll();
    lock.release();
    process.exit(problem === undefined ? 0 : 1);
  };
  const hurry = (): void => (leaving ? supervisor.killAll() : void leave());
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, hurry);
  watchAncestors(() => void leave());
  // A closed terminal fails our writes; that must not keep us from stopping the others.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  return leave;
}

const neededPorts = ({ databaseUrls, keycloakUrl }: SetupConfig): PortName[] => [
  'gateway',
  'police',
  'policeExchange',
  'banks',
  'banksExchange',
  ...(keycloakUrl === undefined ? (['identity'] as const) : []),
  ...(databaseUrls.police && databaseUrls.banks ? [] : (['postgres'] as const)),
];

function announce(system: System, config: SetupConfig, elapsed: string): void {
  const width = Math.max(...demoAccounts.map(({ username }) => username.length));
  const accounts = demoAccounts.map(({ username, purpose }) => `  ${username.padEnd(width)}  ${purpose}`);
  console.log(`
联防 Lianfang is ready after ${elapsed.trim()}.

  GraphQL   ${system.gatewayUrl}/graphql${config.production ? '' : `  (GraphiQL; its "Headers": npm run token -- officer.chaoyang)`}
  Identity  ${system.issuer}
  Data      ${config.dataFolder}  (logs in its folder "logs")
${config.production || config.keycloakUrl ? '' : `\nDemo accounts, all with the password ${demoPassword}:\n${accounts.join('\n')}\n`}
Ctrl-C stops everything; the data stays. npm run reset starts anew.`);
}

const seconds = (since: number): string => `${((Date.now() - since) / 1000).toFixed(1).padStart(6)} s`;

const tell = (problem: unknown): void => console.error(told(problem));

if (require.main === module) {
  start().catch((problem: unknown) => {
    tell(problem);
    process.exitCode = 1;
  });
}
