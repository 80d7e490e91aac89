import { createServer, type AddressInfo } from 'node:net';
import { databaseEntities, databaseMigrations, type Database } from '@lianfang/database';
import { eventually, testDatabase, type TestDatabase } from '@lianfang/testing';
import { clockCaller, offsetClock, type Agency, type Clock, type MessageContract } from '@lianfang/vocabulary';
import type { EntityManager } from 'typeorm';
import type { ExchangeEvent, ExchangeLog } from '../events';
import { exchangeEntities, exchangeMigrations } from '../index';
import { post, type Posting } from '../outbox/post';
import { startExchange, type Exchange, type ExchangeOptions } from '../start-exchange';
import { specParties, type Party } from './deployment';

const schema = { entities: [...databaseEntities, ...exchangeEntities], migrations: [...databaseMigrations, ...exchangeMigrations] };
const silent: ExchangeLog = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** One agency of a spec: its database, its keys, and what its exchange told. */
export interface SpecAgency {
  readonly agency: Agency;
  readonly store: TestDatabase;
  readonly party: Party;
  readonly events: ExchangeEvent[];
  /** Starts its exchange; the partner is looked up when it is needed, so either may start first. */
  start(over?: Partial<ExchangeOptions>): Promise<Exchange>;
  post<Contract extends MessageContract>(posting: Posting<Contract>): Promise<string>;
  /** Reads as the worker login. */
  read<Row>(statement: string, parameters?: unknown[]): Promise<Row[]>;
}

/** Police and banks with databases of their own, and a wire between them that a spec can cut. */
export interface TwoAgencies {
  readonly police: SpecAgency;
  readonly banks: SpecAgency;
  close(): Promise<void>;
}

/** Makes both agencies; nothing is started yet. Ports are chosen once, so that an agency comes back at its old address. */
export async function twoAgencies(clock: Clock = offsetClock(0)): Promise<TwoAgencies> {
  const parties = await specParties();
  const ports = { police: await freePort(), banks: await freePort() };
  const running = new Set<Exchange>();
  const make = async (agency: 'police' | 'banks'): Promise<SpecAgency> => {
    const store = await testDatabase(agency, schema);
    const party = parties[agency];
    const events: ExchangeEvent[] = [];
    const start = async (over: Partial<ExchangeOptions> = {}): Promise<Exchange> => {
      const { directory, signer, decryptionKey } = party;
      const exchange = await startExchange({
        agency,
        database: store.worker,
        directory,
        signer,
        decryptionKey,
        handlers: {},
        host: '127.0.0.1',
        port: ports[agency],
        clock,
        log: silent,
        onEvent: (event) => events.push(event),
        addressOf: (partner) => `http://127.0.0.1:${partner === 'police' || partner === 'banks' ? ports[partner] : 1}`,
        ...over,
      });
      running.add(exchange);
      return exchange;
    };
    return {
      agency,
      store,
      party,
      events,
      start,
      post: (posting) => inside(store.runtime, agency, (manager) => post(manager, posting)),
      read: (statement, parameters = []) => inside(store.worker, agency, (manager) => manager.query(statement, parameters)),
    };
  };
  const police = await make('police');
  const banks = await make('banks');
  const close = async (): Promise<void> => {
    await Promise.all([...running].map((exchange) => exchange.close()));
    await police.store.drop();
    await banks.store.drop();
  };
  return { police, banks, close };
}

/** A port that was free a moment ago: both addresses must be known before either agency starts. */
const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });

const inside = <T>(database: Database, agency: Agency, work: (manager: EntityManager) => Promise<T>): Promise<T> => database.asCaller(clockCaller(agency), work);

/** Waits until everything that was posted has its receipt. */
export const everythingReceipted = ({ read }: SpecAgency): Promise<unknown> =>
  eventually(
    async () => {
      const [row] = await read<{ open: string }>(
        `select (select count(*) from outbox_message where dispatch_id is null) + (select count(*) from outbox_dispatch where receipt is null or repeat) as open`,
      );
      return row?.open === '0';
    },
    { what: 'every message to be receipted', limit: 20_000 },
  );

/** Waits until everything that came was handled. */
export const everythingHandled = ({ read }: SpecAgency): Promise<unknown> =>
  eventually(async () => (await read('select from inbox_message where handled_at is null')).length === 0, { what: 'every message to be handled', limit: 20_000 });
