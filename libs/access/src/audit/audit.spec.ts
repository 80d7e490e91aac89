import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { PassThrough } from 'node:stream';
import { databaseEntities, databaseMigrations, newId } from '@lianfang/database';
import { callers, eventually, testDatabase, units, type TestDatabase } from '@lianfang/testing';
import { lifecycle } from '@lianfang/vocabulary';
import { Client } from 'pg';
import { accessEntities, accessMigrations, exportAudit, move, recordAudit, sealAudit, startSealer, verifyAudit, verifyAuditFile, type AuditReport, type AuditSigner, type KnownHead } from '../index';

const life = lifecycle('stop-payment-request', {
  PROPOSE: { from: [], to: 'PROPOSED', by: 'police' },
  CANCEL: { from: ['PROPOSED'], to: 'CANCELLED', by: 'police' },
});
const at = new Date('2026-05-01T00:30:15.123Z');
const target = { unit: units.bureau, region: '990101' };

const keyPair = generateKeyPairSync('ed25519');
const signer: AuditSigner = { kid: 'police-sig-1', sign: (bytes) => sign(null, bytes, keyPair.privateKey) };
const findKey = (kid: string): KeyObject | undefined => (kid === signer.kid ? keyPair.publicKey : undefined);

let database: TestDatabase;
let attacker: Client;

beforeAll(async () => {
  database = await testDatabase('police', { entities: [...databaseEntities, ...accessEntities], migrations: [...databaseMigrations, ...accessMigrations] });
  attacker = new Client({ connectionString: database.adminUrl });
  await attacker.connect();
  // Somebody with the server in hands is not stopped by foreign keys or triggers either.
  await attacker.query('set session_replication_role = replica');
});
beforeEach(() => attacker.query('truncate transition, audit_entry, audit_unsealed, audit_seal, audit_checkpoint'));
afterAll(async () => {
  await attacker?.end();
  await database?.drop();
});

const act = async (count = 1): Promise<void> => {
  for (let number = 0; number < count; number += 1) {
    await database.runtime.asCaller(callers.officer, async (manager) => {
      const thing = { id: newId() } as { id: string; state: string; version: number };
      await move(manager, { lifecycle: life, thing, action: 'PROPOSE', caller: callers.officer, at, target, reason: '款项仍在一级账户', facts: { ordinal: 1 } });
      await recordAudit(manager, callers.officer, { at, kind: 'LOOK', thing: 'fraud-case', thingId: thing.id, body: { value: 'name' } });
    });
  }
};
const seal = (): Promise<number> => sealAudit(database.worker, { agency: 'police', signer });
const verify = (known?: KnownHead): Promise<AuditReport> => verifyAudit({ url: database.urls.worker, agency: 'police', findKey, known });
const faults = async (known?: KnownHead): Promise<string[]> => (await verify(known)).faults.map(({ code, seq }) => `${code}${seq === null ? '' : ` at ${seq}`}`);

/** A trail of six entries under two checkpoints, and the ids in the order of the chain. */
const aTrail = async (): Promise<string[]> => {
  await act(2);
  await seal();
  await act();
  await seal();
  const { rows } = await attacker.query<{ entry_id: string }>('select entry_id from audit_seal order by seq');
  return rows.map((row) => row.entry_id);
};

test('an untouched trail is whole, and says how long it is', async () => {
  await aTrail();

  const report = await verify();

  expect(report).toMatchObject({ seq: '6', checkpoints: 2, waiting: 0, transitions: 3, faults: [] });
  expect(await faults({ seq: report.seq, head: report.head })).toEqual([]);
});

test('an empty trail is whole', async () => {
  expect(await verify()).toMatchObject({ seq: '0', checkpoints: 0, faults: [] });
});

test('what waits is counted, and named once it waits too long', async () => {
  await act();
  expect(await verify()).toMatchObject({ seq: '0', waiting: 2, faults: [] });

  await attacker.query(`update audit_unsealed set enqueued_at = now() - interval '2 minutes'`);

  expect(await faults()).toEqual(['UNSEALED_TOO_LONG', 'UNSEALED_TOO_LONG']);
});

test.each([
  ['id', `update audit_entry set id = '00000000-0000-7000-8000-000000000001' where id = $1`, ['ENTRY_MISSING at 3', 'LEAF_DIFFERS']],
  ['at', `update audit_entry set at = at + interval '1 millisecond' where id = $1`, ['LEAF_DIFFERS at 3']],
  ['kind', `update audit_entry set kind = 'SEARCH' where id = $1`, ['LEAF_DIFFERS at 3']],
  ['agency', `update audit_entry set agency = 'banks' where id = $1`, ['LEAF_DIFFERS at 3', 'AGENCY_DIFFERS at 3']],
  ['actor_id', `update audit_entry set actor_id = 'clock' where id = $1`, ['LEAF_DIFFERS at 3']],
  ['actor_unit', `update audit_entry set actor_unit = null where id = $1`, ['LEAF_DIFFERS at 3']],
  ['actor_institution', `update audit_entry set actor_institution = 'B001' where id = $1`, ['LEAF_DIFFERS at 3']],
  ['institution', `update audit_entry set institution = '' where id = $1`, ['LEAF_DIFFERS at 3']],
  ['thing', `update audit_entry set thing = 'fraud-cases' where id = $1`, ['LEAF_DIFFERS at 3']],
  ['thing_id', `update audit_entry set thing_id = null where id = $1`, ['LEAF_DIFFERS at 3']],
  ['body by one space', `update audit_entry set body = body || ' ' where id = $1`, ['LEAF_DIFFERS at 3']],
  ['leaf', `update audit_entry set leaf = set_byte(leaf, 31, get_byte(leaf, 31) # 1) where id = $1`, ['LEAF_DIFFERS at 3', 'CHAIN_DIFFERS at 3']],
])('a change of %s of an entry is found and named', async (_, statement, found) => {
  const ids = await aTrail();

  await attacker.query(statement.replace('$1', `'${ids[2] ?? ''}'`));

  // Entry 3 may be a transition's or a look's; what the change does to its transition is another test's.
  expect((await faults()).filter((fault) => !/TRANSITION/.test(fault))).toEqual(found);
});

test.each([
  ['an entry is deleted', `delete from audit_entry where id = (select entry_id from audit_seal where seq = 3)`, 'ENTRY_MISSING at 3'],
  ['a seal is deleted', 'delete from audit_seal where seq = 3', 'SEQ_GAP at 4'],
  ['two seals change places', 'update audit_seal set seq = 30 where seq = 3; update audit_seal set seq = 3 where seq = 4; update audit_seal set seq = 4 where seq = 30', 'CHAIN_DIFFERS at 3'],
  ['a chain hash is changed', 'update audit_seal set chain_hash = set_byte(chain_hash, 0, get_byte(chain_hash, 0) # 1) where seq = 3', 'CHAIN_DIFFERS at 3'],
  ['the end is cut off', 'delete from audit_seal where seq > 4', 'CHECKPOINT_BEYOND at 6'],
  ['the end is cut off below its checkpoints', 'delete from audit_seal where seq = 6', 'HEAD_UNSIGNED at 5'],
  ['a checkpoint is taken out', 'delete from audit_checkpoint where seq = 4', 'CHECKPOINT_GAP at 6'],
  ['the last checkpoint is taken out', 'delete from audit_checkpoint where seq = 6', 'HEAD_UNSIGNED at 6'],
  ['a head is exchanged', 'update audit_checkpoint set head = (select chain_hash from audit_seal where seq = 5) where seq = 6', 'CHECKPOINT_SIGNATURE at 6'],
  ['a time is moved', `update audit_checkpoint set at = at - interval '1 hour' where seq = 6`, 'CHECKPOINT_SIGNATURE at 6'],
  ['a key is renamed', `update audit_checkpoint set kid = 'police-sig-2' where seq = 6`, 'CHECKPOINT_KEY_UNKNOWN at 6'],
  ['a signature is changed', 'update audit_checkpoint set signature = set_byte(signature, 9, get_byte(signature, 9) # 4) where seq = 6', 'CHECKPOINT_SIGNATURE at 6'],
])('when %s, it is found', async (_, statement, found) => {
  await aTrail();

  await attacker.query(statement);

  expect(await faults()).toContain(found);
});

test('an entry slipped in without a seal is found at once', async () => {
  await aTrail();
  await attacker.query(`insert into audit_entry select gen_random_uuid(), at, 'LOOK', agency, actor_id, actor_unit, actor_institution, institution, thing, thing_id, body, leaf from audit_entry limit 1`);

  expect(await faults()).toEqual(['LEAF_DIFFERS']);
});

test('an entry that disappears before it was sealed is found', async () => {
  await act();
  await attacker.query(`delete from audit_entry where kind = 'LOOK'`);

  expect(await faults()).toEqual(['QUEUED_ENTRY_MISSING']);
});

test('a trail that was cut off with its checkpoints is found by a head that was kept elsewhere', async () => {
  await aTrail();
  const { seq, head } = await verify();
  await attacker.query('delete from audit_checkpoint where seq > 4');
  await attacker.query('delete from transition where id in (select entry_id from audit_seal where seq > 4)');
  await attacker.query('delete from audit_entry where id in (select entry_id from audit_seal where seq > 4)');
  await attacker.query('delete from audit_seal where seq > 4');

  expect(await faults()).toEqual([]);
  expect(await faults({ seq, head })).toEqual(['KNOWN_HEAD_MISSING at 6']);
});

test('a whole trail written anew and signed with another key is found', async () => {
  await aTrail();
  await attacker.query('delete from audit_checkpoint');
  await attacker.query('delete from audit_seal');
  await attacker.query('insert into audit_unsealed (entry_id) select id from audit_entry');
  const forger = generateKeyPairSync('ed25519').privateKey;
  await sealAudit(database.worker, { agency: 'police', signer: { kid: signer.kid, sign: (bytes) => sign(null, bytes, forger) } });

  expect(await faults()).toEqual(['CHECKPOINT_SIGNATURE at 6']);
});

test.each([
  ['deleted', 'delete from transition where id = $1', 'ENTRY_WITHOUT_TRANSITION'],
  ['given another end', `update transition set to_state = 'STOPPED' where id = $1`, 'TRANSITION_DIFFERS'],
  ['given another actor', `update transition set actor_id = 'somebody' where id = $1`, 'TRANSITION_DIFFERS'],
  ['given other facts', `update transition set facts = '{"ordinal": 2}' where id = $1`, 'TRANSITION_DIFFERS'],
  ['given another reason', `update transition set reason = set_byte(reason, 20, get_byte(reason, 20) # 1) where id = $1`, 'TRANSITION_DIFFERS'],
  ['moved to another region', `update transition set region_code = '990102' where id = $1`, 'TRANSITION_DIFFERS'],
  ['invented', `insert into transition select (jsonb_populate_record(t, '{"id": "00000000-0000-7000-8000-000000000001", "version": 9}')).* from transition t where id = $1`, 'TRANSITION_WITHOUT_ENTRY'],
])('a change of state that was %s is found', async (_, statement, found) => {
  await aTrail();
  const { rows } = await attacker.query<{ id: string }>('select id from transition limit 1');

  await attacker.query(statement.replace('$1', `'${rows[0]?.id ?? ''}'`));

  expect((await faults()).map((fault) => fault.split(' ')[0])).toEqual([found]);
});

test('two sealers at once make one chain, and a sealer that dies leaves the batch waiting', async () => {
  await act(10);
  await expect(sealAudit(database.worker, { agency: 'police', signer: { kid: 'k', sign: () => Promise.reject(new Error('no key')) } })).rejects.toThrow('no key');
  expect(await verify()).toMatchObject({ seq: '0', waiting: 20, faults: [] });

  const small = { agency: 'police' as const, signer, batch: 3 };
  while ((await Promise.all([sealAudit(database.worker, small), sealAudit(database.worker, small)])).some((sealed) => sealed > 0));

  expect(await verify()).toMatchObject({ seq: '20', waiting: 0, faults: [] });
});

test('a running sealer seals what comes, tells of failures and goes on', async () => {
  let isBroken = true;
  const told: unknown[] = [];
  const flaky: AuditSigner = { kid: signer.kid, sign: (bytes) => (isBroken ? Promise.reject(new Error('key is away')) : signer.sign(bytes)) };
  const sealer = startSealer(database.worker, { agency: 'police', signer: flaky, onError: (error) => told.push(error), every: 5 });
  await act();
  await eventually(() => told.length > 0);

  isBroken = false;

  await eventually(async () => (await verify()).seq === '2');
  await sealer.close();
  expect(await faults()).toEqual([]);
});

test('a login that does not see every row cannot call a trail whole', async () => {
  for (const url of [database.urls.runtime, database.urls.owner]) {
    await expect(verifyAudit({ url, agency: 'police', findKey })).rejects.toThrow('use the worker login');
  }
});

test('an exported trail is verified from the file and the key alone', async () => {
  await aTrail();
  const output = new PassThrough();

  expect(await exportAudit({ url: database.urls.worker, agency: 'police', output })).toBe(6);
  output.end();

  expect(await verifyAuditFile(output, { findKey })).toMatchObject({ agency: 'police', seq: '6', faults: [], head: (await verify()).head });
});
