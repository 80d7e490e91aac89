import { randomBytes } from 'node:crypto';
import { Refused, isRefused, type Caller } from '@lianfang/vocabulary';
import { Client } from 'pg';
import { Column, Entity, type EntityManager, type MigrationInterface, type QueryRunner } from 'typeorm';
import { Database, FenColumn, IdColumn, IdempotencyKey, Keyring, Sealed, SealedColumn, loginName, databaseMigrations, migrate, newId, once, provision, rowSecurity, saveLocked } from './index';
import { testServerUrl } from './config';

@Entity()
class SavedThing {
  @IdColumn() id: string;
  @Column({ type: 'text' }) regionCode: string;
  @FenColumn() amount: bigint;
  @SealedColumn({ nullable: true }) holderName: Sealed | null;
}

class CreateSavedThing1764000009999 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create table saved_thing (id uuid primary key, region_code text not null, amount bigint not null, holder_name bytea)');
    const inRegion = `region_code like current_setting('caller.region_scope', true) || '%'`;
    for (const statement of rowSecurity({ table: 'saved_thing', runtime: inRegion })) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table saved_thing');
  }
}

const agency = `spec${randomBytes(4).toString('hex')}`;
const keyring = new Keyring({ epoch: 1, sealing: { 1: randomBytes(32) }, index: randomBytes(32) });
const officer: Caller = { id: 'officer', name: 'officer', agency: 'police', roles: ['POLICE_OFFICER'], institution: null, unit: '990101000000', region: '990101', kind: 'person' };
const urlOf = (login: 'owner' | 'runtime' | 'worker'): string => {
  const url = new URL(testServerUrl());
  url.pathname = `/${agency}`;
  url.username = loginName(agency, login);
  url.password = 'spec';
  return url.toString();
};

let runtime: Database;
let worker: Database;

const aThing = (over: Partial<SavedThing> = {}): SavedThing => Object.assign(new SavedThing(), { id: newId(), regionCode: '990101', amount: 12n, holderName: null, ...over });

beforeAll(async () => {
  const options = { adminUrl: testServerUrl(), agencies: [agency], passwordOf: () => 'spec' };
  await provision(options);
  await provision(options);
  await migrate({ url: urlOf('owner'), migrations: [...databaseMigrations, CreateSavedThing1764000009999] });
  runtime = await Database.open({ agency: 'police', url: urlOf('runtime'), entities: [IdempotencyKey, SavedThing], keyring, poolSize: 4 });
  worker = await Database.open({ agency: 'police', url: urlOf('worker'), entities: [IdempotencyKey, SavedThing], keyring, poolSize: 2 });
});

afterAll(async () => {
  await runtime?.close();
  await worker?.close();
  const admin = new Client({ connectionString: testServerUrl() });
  await admin.connect();
  await admin.query(`drop database ${agency} with (force)`);
  for (const login of ['owner', 'runtime', 'worker'] as const) await admin.query(`drop role ${loginName(agency, login)}`);
  await admin.end();
});

describe('the door to an agency database', () => {
  it('keeps money exact beyond what a double can hold', async () => {
    const thing = aThing({ amount: 9_007_199_254_740_993n });

    await runtime.asCaller(officer, (manager) => manager.save(thing));

    const loaded = await runtime.asCaller(officer, (manager) => manager.findOneByOrFail(SavedThing, { id: thing.id }));
    expect(loaded.amount).toBe(9_007_199_254_740_993n);
  });

  it('changes nothing when an action is refused', async () => {
    const thing = aThing();

    const outcome = await runtime.asCaller(officer, async (manager) => {
      await manager.save(thing);
      return Refused.because('REASON_REQUIRED');
    });

    expect(isRefused(outcome)).toBe(true);
    expect(await worker.asCaller(officer, (manager) => manager.countBy(SavedThing, { id: thing.id }))).toBe(0);
  });

  it('shows an officer nothing of another region and lets nothing be written there', async () => {
    const thing = aThing();
    await runtime.asCaller(officer, (manager) => manager.save(thing));
    const stranger = { ...officer, region: '990201' };

    const seen = await runtime.asCaller(stranger, (manager) => manager.countBy(SavedThing, { id: thing.id }));

    expect(seen).toBe(0);
    await expect(runtime.asCaller(stranger, (manager) => manager.save(aThing()))).rejects.toThrow(/row-level security/);
  });

  it('shows a caller without a region nothing, and the province leader everything below', async () => {
    const thing = aThing();
    await runtime.asCaller(officer, (manager) => manager.save(thing));
    const count = (region: string | null) => runtime.asCaller({ ...officer, region }, (manager) => manager.countBy(SavedThing, { id: thing.id }));

    expect(await count(null)).toBe(0);
    expect(await count('990000')).toBe(1);
  });

  it('knows which migrations the database does not have', async () => {
    class ComesLater1999999999999 extends CreateSavedThing1764000009999 {}

    expect(await worker.missingMigrations([...databaseMigrations, CreateSavedThing1764000009999])).toEqual([]);
    expect(await worker.missingMigrations([CreateSavedThing1764000009999, ComesLater1999999999999])).toEqual(['ComesLater1999999999999']);
  });

  it('lets the runtime login change no structure', async () => {
    await expect(runtime.asCaller(officer, (manager) => manager.query('alter table saved_thing add column x int'))).rejects.toThrow(/must be owner/);
    await expect(runtime.asCaller(officer, (manager) => manager.query('create table x (id int)'))).rejects.toThrow(/permission denied/);
  });
});

describe('a thing that is saved under its lock', () => {
  const locked = (manager: EntityManager, id: string) => manager.findOneOrFail(SavedThing, { where: { id }, lock: { mode: 'for_no_key_update' } });

  it('has every column as it was changed, with what is new sealed and what was sealed kept', async () => {
    const thing = aThing({ holderName: Sealed.of('甲乙丙') });
    const other = aThing();
    await runtime.asCaller(officer, (manager) => manager.save([thing, other]));

    await runtime.asCaller(officer, async (manager) => saveLocked(manager, Object.assign(await locked(manager, thing.id), { amount: 9_007_199_254_740_993n })));
    await runtime.asCaller(officer, async (manager) => saveLocked(manager, Object.assign(await locked(manager, other.id), { holderName: Sealed.of('丁') })));

    const load = (id: string) => runtime.asCaller(officer, (manager) => manager.findOneByOrFail(SavedThing, { id }));
    expect(await load(thing.id)).toMatchObject({ amount: 9_007_199_254_740_993n, regionCode: '990101' });
    expect((await load(thing.id)).holderName?.open()).toBe('甲乙丙');
    expect((await load(other.id)).holderName?.open()).toBe('丁');
  });

  it('is not saved by a caller who does not see it, nor when it was loaded in part', async () => {
    const thing = aThing();
    await runtime.asCaller(officer, (manager) => manager.save(thing));
    const stranger = { ...officer, region: '990201' };

    await expect(runtime.asCaller(stranger, (manager) => saveLocked(manager, thing))).rejects.toThrow(/expected one row of saved_thing/);
    await expect(runtime.asCaller(officer, (manager) => saveLocked(manager, Object.assign(new SavedThing(), { id: thing.id, amount: 1n })))).rejects.toThrow(/region_code was not loaded/);
  });
});

describe('a sealed column', () => {
  it('comes back as it went in, and stands as ciphertext in the row', async () => {
    const thing = aThing({ holderName: Sealed.of('甲乙丙') });
    await runtime.asCaller(officer, (manager) => manager.save(thing));

    const loaded = await runtime.asCaller(officer, (manager) => manager.findOneByOrFail(SavedThing, { id: thing.id }));
    const [row] = (await worker.asCaller(officer, (manager) => manager.query('select holder_name from saved_thing where id = $1', [thing.id]))) as [{ holder_name: Buffer }];

    expect(loaded.holderName?.open()).toBe('甲乙丙');
    expect(row.holder_name.includes(Buffer.from('甲乙丙'))).toBe(false);
  });

  it('does not open in another row', async () => {
    const [mine, other] = [aThing({ holderName: Sealed.of('甲') }), aThing({ holderName: Sealed.of('乙') })];
    await runtime.asCaller(officer, (manager) => manager.save([mine, other]));
    await worker.asCaller(officer, (manager) => manager.query('update saved_thing set holder_name = (select holder_name from saved_thing where id = $1) where id = $2', [mine.id, other.id]));

    const moved = await runtime.asCaller(officer, (manager) => manager.findOneByOrFail(SavedThing, { id: other.id }));

    expect(() => moved.holderName?.open()).toThrow(/changed or moved/);
  });

  it('seals a new text when the row is changed', async () => {
    const thing = aThing({ holderName: Sealed.of('甲') });
    await runtime.asCaller(officer, (manager) => manager.save(thing));

    await runtime.asCaller(officer, async (manager) => {
      const loaded = await manager.findOneByOrFail(SavedThing, { id: thing.id });
      loaded.holderName = Sealed.of('丁');
      await manager.save(loaded);
    });

    const loaded = await runtime.asCaller(officer, (manager) => manager.findOneByOrFail(SavedThing, { id: thing.id }));
    expect(loaded.holderName?.open()).toBe('丁');
  });
});

describe('an idempotency key', () => {
  const submit = (key: string, content: unknown, work: () => Promise<string>) =>
    runtime.asCaller(officer, (manager) => once(manager, { caller: officer, key, action: 'spec', content }, work));

  it('carries a submission out once and gives a repeat the same thing', async () => {
    const id = newId();
    const work = jest.fn(async () => id);

    const first = await submit('a', { amount: '1' }, work);
    const second = await submit('a', { amount: '1' }, work);

    expect([first, second]).toEqual([{ id, repeated: false }, { id, repeated: true }]);
    expect(work).toHaveBeenCalledTimes(1);
  });

  it('refuses other content under the same key', async () => {
    await submit('b', { amount: '1' }, async () => newId());

    const outcome = await submit('b', { amount: '2' }, async () => newId());

    expect(isRefused(outcome) && outcome.refusals[0]?.code).toBe('KEY_USED_FOR_OTHER_CONTENT');
  });

  it('lets two submissions at one moment through once', async () => {
    const work = jest.fn(async () => newId());

    const outcomes = await Promise.all([submit('c', {}, work), submit('c', {}, work), submit('c', {}, work)]);

    expect(work).toHaveBeenCalledTimes(1);
    expect(new Set(outcomes.map((outcome) => (isRefused(outcome) ? 'refused' : outcome.id))).size).toBe(1);
  });
});
