import { newId, reach as reachFailpoint, startLoop, type Database, type FailpointName, type Loop } from '@lianfang/database';
import { clockCaller, type Agency, type Clock } from '@lianfang/vocabulary';
import type { EntityManager } from 'typeorm';
import { chainStart } from './batch/chain';
import type { DecryptionKey } from './batch/wire';
import { fireDeadlines, type DeadlineHandlers } from './deadline/fire-deadlines';
import type { Directory } from './directory/directory';
import { causeOf, logEvent, type ExchangeEvent, type ExchangeLog } from './events';
import { handleNext } from './inbox/handle';
import type { Handlers } from './inbox/handlers';
import { startInboxServer } from './inbox/server';
import { startRelay } from './outbox/relay';
import type { OnReceipt } from './outbox/store-receipt';
import type { Signer } from './signature';
import type { Station } from './station';

/** What an agency's exchange is made of. */
export interface ExchangeOptions {
  readonly agency: Agency;
  /** Opened with the worker login. */
  readonly database: Database;
  readonly directory: Directory;
  readonly signer: Signer;
  /** Ours, or several during a change of keys. */
  readonly decryptionKey: DecryptionKey | readonly DecryptionKey[];
  readonly handlers: Handlers;
  readonly deadlines?: DeadlineHandlers;
  readonly onReceipt?: OnReceipt;
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly clock: Clock;
  readonly log: ExchangeLog;
  /** For metrics. */
  readonly onEvent?: (event: ExchangeEvent) => void;
  /** Failures of its handler after which a message is parked; 8 by default, which is about a minute. */
  readonly handlingAttempts?: number;
  /** Where a partner listens, if not where the directory says; for tests. */
  readonly addressOf?: (partner: Agency) => string | undefined;
  /** Called at the fail points, to make the process fail there; what the process was armed with, unless a spec gives its own. */
  readonly reach?: (failpoint: FailpointName) => Promise<void>;
}

/** A running exchange. */
export interface Exchange {
  readonly address: { readonly host: string; readonly port: number };
  /** Looks at once whether anything waits: for a new hour of a moved clock, and after messages were unparked. */
  wake(): void;
  /** Ends after what runs; close the database after it. */
  close(): Promise<void>;
}

/** How often the clock looks for due deadlines, in milliseconds. */
const TICK = 1_000;

/** How often the inbox is looked at for messages whose pause is over, in milliseconds. */
const HANDLING_POLL = 200;

/** Starts an agency's exchange: its inbox, one relay and one handling loop per partner, and its clock. Throws when the directory is an older edition than the known one. */
export async function startExchange(options: ExchangeOptions): Promise<Exchange> {
  const station = stationOf(options);
  const { agency, directory, database } = station;
  const partners = directory.agencies.filter((partner) => partner !== agency);
  await database.asCaller(clockCaller(agency), async (manager) => {
    await rememberEdition(manager, directory);
    for (const partner of partners) await ensureChains(manager, agency, partner);
  });

  const handlingLoops: Loop[] = [];
  const loops: Loop[] = [];
  // Listening comes first: where the port is taken, nothing else has begun.
  const server = await startInboxServer(station, { host: options.host, port: options.port, onReceived: () => handlingLoops.forEach((loop) => loop.wake()) });
  const close = async (): Promise<void> => void (await Promise.all([server.close(), ...loops.map((loop) => loop.close())]));
  try {
    handlingLoops.push(...partners.map((partner) => handlingLoop(station, options, partner)));
    loops.push(...handlingLoops, loopOf(station, 'deadlines', TICK, async () => (await fireDeadlines(station, options.deadlines ?? {}), false)));
    for (const partner of partners) loops.push(...relaysTo(partner, station, options));
  } catch (error) {
    await close();
    throw error;
  }
  return { address: server.address, wake: () => loops.forEach((loop) => loop.wake()), close };
}

const handlingLoop = (station: Station, { handlers, handlingAttempts: attempts = 8 }: ExchangeOptions, partner: Agency): Loop =>
  loopOf(station, `handling of ${partner}`, HANDLING_POLL, () => handleNext(station, { partner, handlers, attempts }));

/** One relay, or none to an agency whose address nobody knows. */
function relaysTo(partner: Agency, station: Station, { addressOf, onReceipt = async () => undefined }: ExchangeOptions): Loop[] {
  const address = addressOf?.(partner) ?? station.directory.findAddress(partner);
  return address === undefined ? [] : [startRelay(station, { partner, address, onReceipt })];
}

function stationOf({ decryptionKey, log, onEvent, reach, ...options }: ExchangeOptions): Station {
  const { agency, database, directory, signer, clock } = options;
  const tell = (event: ExchangeEvent): void => {
    logEvent(log, event);
    onEvent?.(event);
  };
  return { agency, database, directory, signer, clock, tell, decryptionKeys: [decryptionKey].flat(), reach: reach ?? reachFailpoint };
}

const loopOf = ({ tell }: Station, name: string, every: number, step: () => Promise<boolean>): Loop =>
  startLoop({ step, every, onError: (error) => tell({ event: 'exchange.step-failed', step: name, cause: causeOf(error) }) });

/** An edition once loaded is the least that is accepted from then on; two editions of one number are a forgery or a mistake. */
async function rememberEdition(manager: EntityManager, { version, digest }: Directory): Promise<void> {
  await manager.query('insert into directory_edition (version, digest) values ($1, $2) on conflict (version) do nothing', [version, digest]);
  const [newest] = await manager.query<{ version: number; digest: string }[]>('select version, digest from directory_edition order by version desc limit 1');
  if (newest && newest.version > version) throw new Error(`directory: edition ${version} is older than edition ${newest.version}, which is known; fetch the current one`);
  if (newest && newest.digest !== digest) throw new Error(`directory: edition ${version} differs from the edition ${version} that is known; every change needs a new number`);
}

async function ensureChains(manager: EntityManager, agency: Agency, partner: Agency): Promise<void> {
  const insert = (table: 'outbox_chain' | 'inbox_chain'): string => `insert into ${table} (id, partner, head_hash) values ($1, $2, $3) on conflict (partner) do nothing`;
  await manager.query(insert('outbox_chain'), [newId(), partner, chainStart(agency, partner)]);
  await manager.query(insert('inbox_chain'), [newId(), partner, chainStart(partner, agency)]);
}
