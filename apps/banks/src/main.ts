import 'reflect-metadata';
import { createAuthenticator, startSealer } from '@lianfang/access';
import { Database, armFailpoints } from '@lianfang/database';
import { directoryFiles, exchangeStatus, readExchangeFiles, startExchange } from '@lianfang/exchange';
import { buildSubgraph, openLog, openMetrics, runApp, startSubgraph } from '@lianfang/subgraph';
import { offsetClock } from '@lianfang/vocabulary';
import { coreDesk, standOn } from './action-context';
import { readConfig } from './config';
import { openInstitutionCores } from './core-banking/institution-cores';
import { startCoreLoop } from './core-loop';
import { entities, migrations } from './data-source';
import { defaultInstitutionSettings } from './settings';
import { stopPaymentOrderDeadlines } from './stop-payment-order/clock-steps';
import { machineDesk } from './stop-payment-order/core-work';
import { stopPaymentOrderHandlers } from './stop-payment-order/stop-payment-order.messages';
import { subgraphParts } from './subgraph';

/** Starts the banks: subgraph, exchange, clock, the machine at the core systems, and the audit sealer. */
async function main(): Promise<void> {
  const config = readConfig();
  const log = openLog({ app: 'banks', level: config.LOG_LEVEL });
  const clock = offsetClock(config.CLOCK_OFFSET);
  armFailpoints(config);
  const open = (url: string, poolSize: number, login: string) => Database.open({ agency: 'banks', url, entities, keyring: config.KEYRING, poolSize, applicationName: `banks ${login}` });
  const [runtime, worker] = await Promise.all([open(config.DATABASE_URL, 10, 'runtime'), open(config.WORKER_DATABASE_URL, 10, 'worker')]);

  const coreOf = openInstitutionCores(config.INSTITUTION_CORES, { database: worker, clock });
  standOn({
    coreOf: (institution) => coreOf(institution) ?? missing(institution),
    settingsOf: (institution) => config.INSTITUTION_SETTINGS[institution] ?? defaultInstitutionSettings,
  });
  const machine = startCoreLoop(machineDesk(coreDesk(), worker, clock), log);
  const files = directoryFiles(config.DIRECTORY_FOLDER);
  const keys = await readExchangeFiles({ ...files, signingKey: files.signingKey('banks'), encryptionKey: files.encryptionKey('banks') });
  const sealer = startSealer(worker, { agency: 'banks', signer: keys.signer, onError: (error) => log.error({ cause: nameOf(error) }, 'audit.sealing-failed') });
  const exchange = await startExchange({
    agency: 'banks',
    database: worker,
    ...keys,
    handlers: stopPaymentOrderHandlers({ keyring: config.KEYRING, clock }),
    deadlines: stopPaymentOrderDeadlines(clock),
    host: config.HOST,
    port: config.EXCHANGE_PORT,
    clock,
    log,
    onEvent: ({ event }) => event === 'exchange.handled' && machine.wake(),
  });
  const subgraph = await startSubgraph({
    name: 'banks',
    host: config.HOST,
    port: config.PORT,
    schema: buildSubgraph(subgraphParts),
    database: runtime,
    authenticate: createAuthenticator({ realmUrl: config.REALM_URL ?? config.ISSUER, issuer: config.ISSUER, audience: 'lianfang-api', clients: config.CLIENTS }),
    clock,
    checks: { database: answers(runtime), migrations: isUpToDate(worker) },
    log,
    metrics: openMetrics({ app: 'banks', pool: () => runtime.poolFill(), waiting: () => exchangeStatus(worker, { agency: 'banks', now: clock.now() }), now: () => clock.now() }),
    development: config.development,
  });
  log.info({ port: subgraph.port, exchangePort: exchange.address.port }, 'app.ready');

  const stop = async (signal: string): Promise<void> => {
    log.info({ signal }, 'app.stopping');
    await subgraph.drain();
    await Promise.all([exchange.close(), machine.close(), sealer.close()]);
    await Promise.all([runtime.close(), worker.close()]);
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop(signal));
}

/** What kind of error it was, without its text. */
const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'unknown');

/** A check that the database has every migration that this program knows. */
const isUpToDate = (worker: Database) => async (): Promise<true | string> => ((await worker.missingMigrations(migrations)).length === 0 ? true : 'migrations are pending');

/** A check of one login. */
const answers = (database: Database) => async (): Promise<true | string> => (await database.isReachable()) || 'the database does not answer';

function missing(institution: string): never {
  throw new Error(`no core system is configured for ${institution}; add it to INSTITUTION_CORES`);
}

runApp(main);
