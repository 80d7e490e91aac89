import { databaseEntities, databaseMigrations } from '@lianfang/database';
import { aCaller, testDatabase, type TestDatabase } from '@lianfang/testing';
import { Refused, setClock } from '@lianfang/vocabulary';
import type { EntityManager, MigrationInterface, QueryRunner } from 'typeorm';
import { openContext, type OpenContext } from './request-context';

class CreateNote1764000299999 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create table note (text text not null)');
    await runner.query('grant select, insert on note to lianfang_runtime');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table note');
  }
}

let database: TestDatabase;
let opened: OpenContext;
const caller = aCaller('POLICE_OFFICER');

beforeAll(async () => {
  database = await testDatabase('police', { entities: databaseEntities, migrations: [...databaseMigrations, CreateNote1764000299999] });
});
afterAll(() => database?.drop());
beforeEach(() => {
  opened = openContext({ caller, clock: setClock('2026-01-31T08:00:00Z'), requestId: 'r', database: database.runtime });
});
afterEach(() => opened.close());

const transactionOf = async (manager: EntityManager): Promise<string> => (await manager.query<{ id: string }[]>('select pg_current_xact_id()::text as id'))[0]?.id ?? '';
const notesIn = async (manager: EntityManager): Promise<string[]> => (await manager.query<{ text: string }[]>('select text from note')).map(({ text }) => text);

describe('a request', () => {
  it('reads in one transaction in its caller\'s name, however many resolvers ask at once', async () => {
    const { context } = opened;

    const transactions = await Promise.all([1, 2, 3].map(async () => transactionOf(await context.manager())));
    const [row] = await (await context.manager()).query<{ id: string }[]>(`select current_setting('caller.id') as id`);

    expect(new Set(transactions).size).toBe(1);
    expect(row?.id).toBe(caller.id);
  });

  it('takes no connection when nothing reads, and gives it back when the answer is sent', async () => {
    expect(database.runtime.poolFill().total - database.runtime.poolFill().idle).toBe(0);

    await opened.context.manager();
    expect(database.runtime.poolFill().total - database.runtime.poolFill().idle).toBe(1);

    await opened.close();
    expect(database.runtime.poolFill().total - database.runtime.poolFill().idle).toBe(0);
  });

  it('commits an action before its answer is read, and what it read before does not stand in the way', async () => {
    const { context } = opened;
    expect(await notesIn(await context.manager())).not.toContain('kept');

    await context.act((manager) => manager.query(`insert into note values ('kept')`));

    expect(await notesIn(await context.manager())).toContain('kept');
    expect(database.runtime.poolFill().total - database.runtime.poolFill().idle).toBe(1);
  });

  it('changes nothing by an action that is refused', async () => {
    const { context } = opened;

    await context.act(async (manager) => {
      await manager.query(`insert into note values ('refused')`);
      return Refused.because('REASON_REQUIRED');
    });

    expect(await notesIn(await context.manager())).not.toContain('refused');
  });

  it('reads a thing again after an action, not from what it loaded before', async () => {
    const { context } = opened;
    let reads = 0;
    const loadReads = async (keys: readonly string[]): Promise<readonly number[]> => keys.map(() => (reads += 1));

    const before = await Promise.all([context.loader(loadReads).load('a'), context.loader(loadReads).load('a')]);
    await context.act(async () => undefined);

    expect(before).toEqual([1, 1]);
    expect(await context.loader(loadReads).load('a')).toBe(2);
  });

  it('ends without an error of its own when the database did not open', async () => {
    const broken = openContext({
      caller, clock: setClock('2026-01-31T08:00:00Z'), requestId: 'r',
      database: { ...database.runtime, asCaller: database.runtime.asCaller, openReading: () => Promise.reject(new Error('no connection')) },
    });

    await expect(broken.context.manager()).rejects.toThrow('no connection');
    await expect(broken.close()).resolves.toBeUndefined();
  });
});
