import 'reflect-metadata';
import { createAuthenticator, startSealer } from '@lianfang/access';
import { Database, armFailpoints } from '@lianfang/database';
import { directoryFiles, exchangeStatus, readExchangeFiles, startExchange } from '@lianfang/exchange';
import { buildSubgraph, openLog, openMetrics, runApp, startSubgraph } from '@lianfang/subgraph';
import { offsetClock } from '@lianfang/vocabulary';
import { standOn } from './action-context';
import { appealDeadlines } from './appeal/appeal-deadlines';
import { readConfig } from './config';
import { entities, migrations } from './data-source';
import { fraudCaseDeadlines } from './fraud-case/fraud-case-deadlines';
import { batchDeadlines } from './stop-payment-request/batch-deadlines';
import { noteStopPaymentReceipt, stopPaymentHandlers } from './stop-payment-request/stop-payment-answer.messages';
import { stopPaymentDeadlines } from './stop-payment-request/stop-payment-clock.actions';
import { subgraphParts } from './subgraph';

/** Starts the police: subgraph, exchange, clock and the audit sealer. */
async function main(): Promise<void> {
  const config = readConfig();
  const log = openLog({ app: 'police', level: config.LOG_LEVEL });
  const clock = offsetClock(config.CLOCK_OFFSET);
  armFailpoints(config);
  const open = (url: string, login: string) => Database.open({ agency: 'police', url, entities, keyring: config.KEYRING, poolSize: 10, applicationName: `police ${login}` });
  const [runtime, worker] = await Promise.all([open(config.DATABASE_URL, 'runtime'), open(config.WORKER_DATABASE_URL, 'worker')]);

  const files = directoryFiles(config.DIRECTORY_FOLDER);
  const keys = await readExchangeFiles({ ...files, signingKey: files.signingKey('police'), encryptionKey: files.encryptionKey('police') });
  const ground = { keyring: config.KEYRING, directory: keys.directory, settings: config.POLICE_SETTINGS };
  standOn(ground);
  const sealer = startSealer(worker, { agency: 'police', signer: keys.signer, onError: (error) => log.error({ cause: nameOf(error) }, 'audit.sealing-failed') });
  const exchange = await startExchange({
    agency: 'police',
    database: worker,
    ...keys,
    handlers: stopPaymentHandlers({ ...ground, clock }),
    deadlines: { ...fraudCaseDeadlines(clock), ...stopPaymentDeadlines({ ...ground, clock }), ...batchDeadlines({ ...ground, clock }), ...appealDeadlines(clock) },
    onReceipt: noteStopPaymentReceipt({ ...ground, clock }),
    host: config.HOST,
    port: config.EXCHANGE_PORT,
    clock,
    log,
  });
  const subgraph = await startSubgraph({
    name: 'police',
    host: config.HOST,
    port: config.PORT,
    schema: buildSubgraph(subgraphParts),
    database: runtime,
    authenticate: createAuthenticator({ realmUrl: config.REALM_URL ?? config.ISSUER, issuer: config.ISSUER, audience: 'lianfang-api', clients: config.CLIENTS }),
    clock,
    checks: { database: answers(runtime), migrations: isUpToDate(worker) },
    log,
    metrics: openMetrics({ app: 'police', pool: () => runtime.poolFill(), waiting: () => exchangeStatus(worker, { agency: 'police', now: clock.now() }), now: () => clock.now() }),
    development: config.development,
  });
  log.info({ port: subgraph.port, exchangePort: exchange.address.port }, 'app.ready');

  const stop = async (signal: string): Promise<void> => {
    log.info({ signal }, 'app.stopping');
    await subgraph.drain();
    await Promise.all([exchange.close(), sealer.close()]);
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

runApp(main);
