import { databaseEntities, databaseMigrations, newId, rowSecurity } from '@lianfang/database';
import { callers, inventedRegions, matrixCallers, testDatabase, units, type TestDatabase } from '@lianfang/testing';
import { clockCaller, lifecycle, type Agency, type Caller } from '@lianfang/vocabulary';
import { Client } from 'pg';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { accessEntities, accessMigrations, mayDo, move, recordAudit, sees, writes, type Movable } from './index';

/** Two tables as apps make them: one of the police, by region, one of the banks, by institution. */
class CreateSpecThings1764000109999 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create table spec_case (id uuid primary key, region_code text not null)');
    await runner.query('create table spec_order (id uuid primary key, institution text not null)');
    const statements = [
      ...rowSecurity({ table: 'spec_case', runtime: sees.region, runtimeCheck: writes.region }),
      ...rowSecurity({ table: 'spec_order', runtime: sees.institution, runtimeCheck: writes.institution }),
    ];
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table spec_case, spec_order');
  }
}

const schema = { entities: [...databaseEntities, ...accessEntities], migrations: [...databaseMigrations, ...accessMigrations, CreateSpecThings1764000109999] };
const at = new Date('2026-05-01T00:30:15.000Z');
let police: TestDatabase;
let banks: TestDatabase;

beforeAll(async () => {
  police = await testDatabase('police', schema);
  banks = await testDatabase('banks', schema);
  for (const region of Object.values(inventedRegions)) await asWorker(police, 'insert into spec_case (id, region_code) values ($1, $2)', [newId(), region]);
  for (const institution of ['B001', 'B002', 'P001']) await asWorker(banks, 'insert into spec_order (id, institution) values ($1, $2)', [newId(), institution]);
});
afterAll(async () => {
  await police?.drop();
  await banks?.drop();
});

const asWorker = (database: TestDatabase, statement: string, parameters?: unknown[]) => database.worker.asCaller(clockCaller('police'), (manager) => manager.query(statement, parameters));
const asRuntime = (database: TestDatabase, caller: Caller, statement: string, parameters?: unknown[]) => database.runtime.asCaller(caller, (manager) => manager.query(statement, parameters));
const seenBy = async (database: TestDatabase, caller: Caller, { table, column }: { table: string; column: string }): Promise<string[]> =>
  (await asRuntime(database, caller, `select ${column} as place from ${table} order by 1`)).map(({ place }: { place: string }) => place);

const everybody = (agency: Agency): [string, Caller][] => [...Object.entries(matrixCallers(agency)), ...Object.entries(callers)].filter(([, caller]) => caller.kind === 'person');

test('row-level security and the permissions table agree on every police row for every caller', async () => {
  for (const [label, caller] of everybody('police')) {
    const allowed = Object.values(inventedRegions).filter((region) => mayDo(caller, 'fraud-case.read', { region }) === undefined).sort();

    expect([label, await seenBy(police, caller, { table: 'spec_case', column: 'region_code' })]).toEqual([label, allowed]);
  }
});

test('row-level security and the permissions table agree on every bank row for every caller', async () => {
  for (const [label, caller] of everybody('banks')) {
    const allowed = ['B001', 'B002', 'P001'].filter((institution) => mayDo(caller, 'stop-payment-order.read', { institution }) === undefined);

    expect([label, await seenBy(banks, caller, { table: 'spec_order', column: 'institution' })]).toEqual([label, allowed]);
  }
});

test('an officer of another province sees nothing, the city above sees its counties', async () => {
  const place = { table: 'spec_case', column: 'region_code' };

  expect(await seenBy(police, callers.officerElsewhere, place)).toEqual(['980201']);
  expect(await seenBy(police, callers.dutyOfficerOfCity, place)).toEqual(['990100', '990101', '990102']);
});

test('without settings the runtime login sees nothing at all', async () => {
  const connection = new Client({ connectionString: police.urls.runtime });
  await connection.connect();
  for (const table of ['spec_case', 'spec_order', 'transition', 'audit_entry', 'audit_seal']) {
    expect([table, (await connection.query(`select from ${table}`)).rowCount]).toEqual([table, 0]);
  }
  await connection.end();
});

test('a caller with roles and no region, and one whose region is a pattern, see nothing', async () => {
  const place = { table: 'spec_case', column: 'region_code' };

  expect(await seenBy(police, { ...callers.officer, region: null }, place)).toEqual([]);
  await expect(seenBy(police, { ...callers.officer, region: '99%' }, place)).rejects.toThrow('six digits');
});

test("an officer cannot put a row into another region, nor a liaison one into another bank's inbox", async () => {
  await expect(asRuntime(police, callers.officer, 'insert into spec_case (id, region_code) values ($1, $2)', [newId(), '980201'])).rejects.toThrow('row-level security');
  await expect(asRuntime(banks, callers.liaison, 'insert into spec_order (id, institution) values ($1, $2)', [newId(), 'B002'])).rejects.toThrow('row-level security');
  await expect(asRuntime(police, callers.policeAuditor, 'insert into spec_case (id, region_code) values ($1, $2)', [newId(), '990101'])).rejects.toThrow('row-level security');
});

const trail = ['transition', 'audit_entry', 'audit_seal', 'audit_checkpoint'];
const writesOn = (table: string): string[] => [`update ${table} set ${table === 'transition' || table === 'audit_entry' ? 'thing' : 'seq'} = default`, `delete from ${table}`, `truncate ${table}`];

test.each(trail)('neither runtime nor worker can change or empty %s', async (table) => {
  for (const statement of writesOn(table)) {
    await expect(asRuntime(police, callers.policeAuditor, statement)).rejects.toThrow('permission denied');
    await expect(asWorker(police, statement)).rejects.toThrow('permission denied');
  }
});

test('the runtime login seals nothing and takes nothing out of the queue', async () => {
  for (const statement of ['insert into audit_seal (seq, entry_id, chain_hash) values (1, gen_random_uuid(), null)', 'insert into audit_checkpoint (seq) values (1)', 'delete from audit_unsealed', 'select entry_id from audit_unsealed']) {
    await expect(asRuntime(police, callers.officer, statement)).rejects.toThrow('permission denied');
  }
});

test.each(['create table loot (id uuid)', 'drop table audit_entry', 'alter table audit_entry disable row level security', 'alter table transition disable trigger all', 'drop policy audit_entry_runtime on audit_entry', 'create function f() returns int language sql as $$ select 1 $$', 'create schema loot', 'set local session_replication_role = replica'])(
  'neither runtime nor worker may: %s',
  async (statement) => {
    await expect(asRuntime(police, callers.officer, statement)).rejects.toThrow(/permission denied|must be owner/);
    await expect(asWorker(police, statement)).rejects.toThrow(/permission denied|must be owner/);
  },
);

test('the runtime login cannot become worker or owner', async () => {
  for (const role of ['spec_police_owner', 'spec_police_worker', 'lianfang_worker', 'postgres']) {
    await expect(asRuntime(police, callers.officer, `set role ${role}`)).rejects.toThrow('permission denied');
  }
});

test("nobody writes an act or an entry in another's name, or for another agency", async () => {
  const act = `insert into transition (id, agency, thing, thing_id, action, to_state, version, by_side, actor_id, facts, at) values (gen_random_uuid(), $1, 'x', gen_random_uuid(), 'X', 'X', 1, 'police', $2, '{}', now())`;

  await expect(asRuntime(police, callers.officer, act, ['police', callers.leader.id])).rejects.toThrow('row-level security');
  await expect(asRuntime(police, callers.officer, act, ['banks', callers.officer.id])).rejects.toThrow('row-level security');
  const inAnothersName = police.runtime.asCaller(callers.officer, (manager) => recordAudit(manager, callers.leader, { at, kind: 'LOOK', body: {} }));
  await expect(inAnothersName).rejects.toThrow('row-level security');
});

describe('the trail', () => {
  const life = lifecycle('stop-payment-request', { PROPOSE: { from: [], to: 'PROPOSED', by: 'police' } });
  const orders = lifecycle('stop-payment-order', { RECEIVE: { from: [], to: 'RECEIVED', by: 'police' }, LAPSE_CLAIM: { from: [], to: 'RECEIVED', by: 'clock' } });
  const count = async (database: TestDatabase, caller: Caller, table: string): Promise<number> => (await asRuntime(database, caller, `select from ${table}`)).length;

  beforeAll(async () => {
    const fresh = (): Movable => ({ id: newId() }) as Movable;
    await police.runtime.asCaller(callers.officer, (manager) => move(manager, { lifecycle: life, thing: fresh(), action: 'PROPOSE', caller: callers.officer, at, target: { unit: units.bureau, region: '990101' } }));
    const clock = clockCaller('banks');
    for (const institution of ['B001', 'B002']) {
      // The police region of an order is known to the bank; it opens the bank's rows to no police officer.
      await banks.worker.asCaller(clock, (manager) => move(manager, { lifecycle: orders, thing: fresh(), action: 'LAPSE_CLAIM', caller: clock, at, target: { institution, region: '990101' } }));
    }
  });

  test('is read by those who may see its thing', async () => {
    const seen = await Promise.all([callers.intakeOfficer, callers.leaderOfCity, callers.policeAuditor, callers.officerOfNeighbour, callers.leaderElsewhere, callers.systemAdministrator, callers.liaison].map((caller) => count(police, caller, 'transition')));

    expect(seen).toEqual([1, 1, 1, 0, 0, 0, 0]);
  });

  test('of a bank is read by that bank, and by no police officer who comes to its database', async () => {
    const seen = await Promise.all([callers.liaison, callers.analystOfB002, callers.liaisonOfP001, callers.auditorOfB001, callers.bankAuditor, callers.officer, callers.policeAuditor].map((caller) => count(banks, caller, 'transition')));

    expect(seen).toEqual([1, 1, 0, 1, 2, 0, 0]);
  });

  test('has its entries read by auditors alone, of one institution only its own', async () => {
    const inBanks = await Promise.all([callers.bankAuditor, callers.auditorOfB001, callers.liaison, callers.policeAuditor].map((caller) => count(banks, caller, 'audit_entry')));
    const inPolice = await Promise.all([callers.policeAuditor, callers.leader, callers.securityAdministrator, callers.coordinator].map((caller) => count(police, caller, 'audit_entry')));

    expect([inBanks, inPolice]).toEqual([[2, 1, 0, 0], [1, 0, 0, 0]]);
  });

  test('is no view of the owner, who migrates', async () => {
    const owner = new Client({ connectionString: police.urls.owner });
    await owner.connect();

    expect((await owner.query('select from transition')).rowCount).toBe(0);
    await owner.end();
  });
});
