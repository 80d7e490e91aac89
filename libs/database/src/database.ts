import { isRefused, regionScope, type Agency, type Caller } from '@lianfang/vocabulary';
import type { PoolClient } from 'pg';
import { DataSource, type EntityManager, type MixedList, type QueryRunner } from 'typeorm';
import { mayFail, reach } from './failpoint/reach';
import type { Migration } from './migrate';
import { PreparingClient } from './preparing-client';
import { SnakeNaming } from './snake-naming';
import type { Keyring } from './keyring';
import { rememberAgency } from './agency-of';
import { rememberKeyring } from './keyring-of';
import { SealedSubscriber } from './sealed';

/** How to open one login of an agency's database. */
export interface DatabaseOptions {
  /** Whose database it is; its audit trail says so in every entry, whoever acts in it. */
  readonly agency: Agency;
  /** `postgres://login:password@host:port/database` of the runtime or the worker login. */
  readonly url: string;
  // eslint-disable-next-line @typescript-eslint/no-unsafe-function-type -- TypeORM's own type for entity classes
  readonly entities: MixedList<Function | string>;
  readonly keyring: Keyring;
  /** Connections kept at most; default 10. */
  readonly poolSize?: number;
  readonly applicationName?: string;
}

/** A transaction opened for reading on behalf of one caller; looks are recorded in it, so closing commits. */
export interface Reading {
  readonly manager: EntityManager;
  /** Commits and gives the connection back. Safe to call twice. */
  close(): Promise<void>;
}

/** One agency's database behind one login. Every statement runs as a caller, in a transaction. */
export class Database {
  private constructor(
    private readonly source: DataSource,
    readonly agency: Agency,
    readonly keyring: Keyring,
  ) {}

  /** Connects; throws when the server does not answer or refuses the login. */
  static async open({ agency, url, entities, keyring, poolSize = 10, applicationName = 'lianfang' }: DatabaseOptions): Promise<Database> {
    const source = new DataSource({
      type: 'postgres',
      url,
      entities,
      poolSize,
      applicationName,
      namingStrategy: new SnakeNaming(),
      synchronize: false,
      logging: false,
      // A pipeline sends what is asked at once without waiting for the answers in between; the server still answers in order.
      extra: { connectionTimeoutMillis: 5_000, idleTimeoutMillis: 30_000, keepAlive: true, pipeline: true, Client: PreparingClient },
      poolErrorHandler: () => undefined,
    });
    await source.initialize();
    source.subscribers.push(new SealedSubscriber(keyring));
    rememberKeyring(source, keyring);
    rememberAgency(source, agency);
    return new Database(source, agency, keyring);
  }

  /**
   * The one door for writing: a transaction in which row-level security sees `caller`.
   * Commits the outcome of `work`; rolls back when it throws or returns a `Refused`, so a refused action changes nothing.
   */
  async asCaller<T>(caller: Caller, work: (manager: EntityManager) => Promise<T>): Promise<T> {
    const runner = await this.begin(caller);
    try {
      const outcome = await work(runner.manager);
      await (isRefused(outcome) ? runner.rollbackTransaction() : commit(runner));
      return outcome;
    } catch (error) {
      await rollBack(runner);
      throw error;
    } finally {
      await runner.release();
    }
  }

  /** Opens the transaction in which one request reads. The caller of this method closes it. */
  async openReading(caller: Caller): Promise<Reading> {
    const runner = oneAtATime(await this.begin(caller));
    let open = true;
    const close = async (): Promise<void> => {
      if (!open) return;
      open = false;
      try {
        await commit(runner);
      } catch (error) {
        await rollBack(runner);
        throw error;
      } finally {
        await runner.release();
      }
    };
    return { manager: runner.manager, close };
  }

  /** Whether the server answers a trivial statement. */
  async isReachable(): Promise<boolean> {
    try {
      await this.source.query('select 1');
      return true;
    } catch {
      return false;
    }
  }

  /** The migrations that the code knows and the database does not have; asked with the worker login. */
  async missingMigrations(migrations: readonly Migration[]): Promise<string[]> {
    const rows: { name: string }[] = await this.source.query('select name from migration');
    const done = new Set(rows.map(({ name }) => name));
    return migrations.map(({ name }) => name).filter((name) => !done.has(name));
  }

  /** How many connections the pool has, holds free, and how many wait for one. */
  poolFill(): { total: number; idle: number; waiting: number } {
    const { master } = this.source.driver as { master?: { totalCount: number; idleCount: number; waitingCount: number } };
    return { total: master?.totalCount ?? 0, idle: master?.idleCount ?? 0, waiting: master?.waitingCount ?? 0 };
  }

  /** Gives all connections back. */
  async close(): Promise<void> {
    if (this.source.isInitialized) await this.source.destroy();
  }

  private async begin(caller: Caller): Promise<QueryRunner> {
    const runner = this.source.createQueryRunner();
    try {
      await beginAs(runner, [...settingsOf(caller), this.agency]);
      return runner;
    } catch (error) {
      await rollBack(runner);
      await runner.release();
      throw error;
    }
  }
}

const setCaller = `
  select set_config('caller.id', $1, true),
         set_config('caller.kind', $2, true),
         set_config('caller.agency', $3, true),
         set_config('caller.roles', $4, true),
         set_config('caller.institution', $5, true),
         set_config('caller.unit', $6, true),
         set_config('caller.region_scope', $7, true),
         set_config('database.agency', $8, true)`;

/** A caller without a region gets the scope `-`, which is a prefix of no region code. */
const settingsOf = (caller: Caller): string[] => [
  caller.id,
  caller.kind,
  caller.agency,
  caller.roles.join(','),
  caller.institution ?? '',
  caller.unit ?? '',
  caller.region === null ? '-' : regionScope(caller.region),
];

/** Begins a transaction with its settings, in one round trip. TypeORM is asked to begin, so that it knows; the statement that it would send goes out with ours. */
async function beginAs(runner: QueryRunner, settings: readonly string[]): Promise<void> {
  const connection = (await runner.connect()) as PoolClient;
  const begin = (text: string): Promise<unknown> => Promise.all([connection.query(text), connection.query(setCaller, [...settings])]);
  Object.assign(runner, { query: begin });
  try {
    await runner.startTransaction();
  } finally {
    Reflect.deleteProperty(runner, 'query');
  }
}

/** Resolvers ask at the same time and a connection answers one at a time: pg queues for us only until its version 9. */
function oneAtATime(runner: QueryRunner): QueryRunner {
  const query = runner.query.bind(runner) as (...asked: unknown[]) => Promise<unknown>;
  let last: Promise<unknown> = Promise.resolve();
  const queued = (...asked: unknown[]): Promise<unknown> => (last = last.then(() => query(...asked), () => query(...asked)));
  return Object.assign(runner, { query: queued });
}

/** Commits, between two fail points when the transaction has written something. */
async function commit(runner: QueryRunner): Promise<void> {
  if (!mayFail()) return runner.commitTransaction();
  const [{ writes } = { writes: false }] = (await runner.query('select pg_current_xact_id_if_assigned() is not null as writes')) as { writes: boolean }[];
  if (writes) await reach('database.before-commit');
  await runner.commitTransaction();
  if (writes) await reach('database.after-commit');
}

async function rollBack(runner: QueryRunner): Promise<void> {
  if (!runner.isTransactionActive) return;
  try {
    await runner.rollbackTransaction();
  } catch {
    // The connection is gone and the server has rolled back; the first error is the one to tell.
  }
}
