import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { eventually, type TestDatabase } from '@lianfang/testing';
import type { Client } from 'pg';
import { auditCommand, exportAudit, sealAudit, startSealer, verifyAudit, verifyAuditFile, type AuditSigner } from '../index';
import { AuditBench, findKey, publicKey, signer } from '../testing/audit-bench';

let bench: AuditBench;
let database: TestDatabase;
let attacker: Client;

beforeAll(async () => {
  bench = await AuditBench.open();
  ({ database, attacker } = bench);
});
beforeEach(() => bench.clear());
afterAll(() => bench?.close());

test('an untouched trail is whole, and says how long it is', async () => {
  await bench.aTrail();

  const report = await bench.verify();

  expect(report).toMatchObject({ seq: '6', checkpoints: 2, waiting: 0, transitions: 3, faults: [] });
  expect(await bench.faults({ seq: report.seq, head: report.head })).toEqual([]);
});

test('an empty trail is whole', async () => {
  expect(await bench.verify()).toMatchObject({ seq: '0', checkpoints: 0, faults: [] });
});

test('what waits is counted, and named once it waits too long', async () => {
  await bench.act();
  expect(await bench.verify()).toMatchObject({ seq: '0', waiting: 2, faults: [] });

  await attacker.query(`update audit_unsealed set enqueued_at = now() - interval '2 minutes'`);

  expect(await bench.faults()).toEqual(['UNSEALED_TOO_LONG', 'UNSEALED_TOO_LONG']);
});

test.each([
  ['id', `update audit_entry set id = '00000000-0000-7000-8000-000000000001' where id = $1`, ['ENTRY_MISSING at 3', 'LEAF_DIFFERS']],
  ['at', `update audit_entry set at = at + interval '1 millisecond' where id = $1`, ['LEAF_DIFFERS at 3']],
  ['kind', `update audit_entry set kind = 'SEARCH' where id = $1`, ['LEAF_DIFFERS at 3']],
  ['agency', `update audit_entry set agency = 'banks' where id = $1`, ['LEAF_DIFFERS at 3', 'AGENCY_DIFFERS at 3']],
  ['actor_id', `update audit_entry set actor_id = 'clock' where id = $1`, ['LEAF_DIFFERS at 3']],
  ['actor_agency', `update audit_entry set actor_agency = 'banks' where id = $1`, ['LEAF_DIFFERS at 3']],
  ['actor_unit', `update audit_entry set actor_unit = null where id = $1`, ['LEAF_DIFFERS at 3']],
  ['actor_institution', `update audit_entry set actor_institution = 'B001' where id = $1`, ['LEAF_DIFFERS at 3']],
  ['institution', `update audit_entry set institution = '' where id = $1`, ['LEAF_DIFFERS at 3']],
  ['thing', `update audit_entry set thing = 'fraud-cases' where id = $1`, ['LEAF_DIFFERS at 3']],
  ['thing_id', `update audit_entry set thing_id = null where id = $1`, ['LEAF_DIFFERS at 3']],
  ['body by one space', `update audit_entry set body = body || ' ' where id = $1`, ['LEAF_DIFFERS at 3']],
  ['leaf', `update audit_entry set leaf = set_byte(leaf, 31, get_byte(leaf, 31) # 1) where id = $1`, ['LEAF_DIFFERS at 3', 'CHAIN_DIFFERS at 3']],
])('a change of %s of an entry is found and named', async (_, statement, found) => {
  const ids = await bench.aTrail();

  await attacker.query(statement.replace('$1', `'${ids[2] ?? ''}'`));

  // Entry 3 may be a transition's or a look's; what the change does to its transition is another test's.
  expect((await bench.faults()).filter((fault) => !/TRANSITION/.test(fault))).toEqual(found);
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
  await bench.aTrail();

  await attacker.query(statement);

  expect(await bench.faults()).toContain(found);
});

test('an entry slipped in without a seal is found at once', async () => {
  await bench.aTrail();
  await attacker.query(`insert into audit_entry select gen_random_uuid(), at, 'LOOK', agency, actor_id, actor_unit, actor_institution, institution, thing, thing_id, body, leaf, actor_agency from audit_entry limit 1`);

  expect(await bench.faults()).toEqual(['LEAF_DIFFERS']);
});

test('an entry that disappears before it was sealed is found', async () => {
  await bench.act();
  await attacker.query(`delete from audit_entry where kind = 'LOOK'`);

  expect(await bench.faults()).toEqual(['QUEUED_ENTRY_MISSING']);
});

test('a trail that was cut off with its checkpoints is found by a head that was kept elsewhere', async () => {
  await bench.aTrail();
  const { seq, head } = await bench.verify();
  await attacker.query('delete from audit_checkpoint where seq > 4');
  await attacker.query('delete from transition where id in (select entry_id from audit_seal where seq > 4)');
  await attacker.query('delete from audit_entry where id in (select entry_id from audit_seal where seq > 4)');
  await attacker.query('delete from audit_seal where seq > 4');

  expect(await bench.faults()).toEqual([]);
  expect(await bench.faults({ seq, head })).toEqual(['KNOWN_HEAD_MISSING at 6']);
});

test('a whole trail written anew and signed with another key is found', async () => {
  await bench.aTrail();
  await attacker.query('delete from audit_checkpoint');
  await attacker.query('delete from audit_seal');
  await attacker.query('insert into audit_unsealed (entry_id) select id from audit_entry');
  const forger = generateKeyPairSync('ed25519').privateKey;
  await sealAudit(database.worker, { agency: 'police', signer: { kid: signer.kid, sign: (bytes) => sign(null, bytes, forger) } });

  expect(await bench.faults()).toEqual(['CHECKPOINT_SIGNATURE at 6']);
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
  await bench.aTrail();
  const { rows } = await attacker.query<{ id: string }>('select id from transition limit 1');

  await attacker.query(statement.replace('$1', `'${rows[0]?.id ?? ''}'`));

  expect((await bench.faults()).map((fault) => fault.split(' ')[0])).toEqual([found]);
});

test('two sealers at once make one chain, and a sealer that dies leaves the batch waiting', async () => {
  await bench.act(10);
  await expect(sealAudit(database.worker, { agency: 'police', signer: { kid: 'k', sign: () => Promise.reject(new Error('no key')) } })).rejects.toThrow('no key');
  expect(await bench.verify()).toMatchObject({ seq: '0', waiting: 20, faults: [] });

  const small = { agency: 'police' as const, signer, batch: 3 };
  while ((await Promise.all([sealAudit(database.worker, small), sealAudit(database.worker, small)])).some((sealed) => sealed > 0));

  expect(await bench.verify()).toMatchObject({ seq: '20', waiting: 0, faults: [] });
});

test('a running sealer seals what comes, tells of failures and goes on', async () => {
  let isBroken = true;
  const told: unknown[] = [];
  const flaky: AuditSigner = { kid: signer.kid, sign: (bytes) => (isBroken ? Promise.reject(new Error('key is away')) : signer.sign(bytes)) };
  const sealer = startSealer(database.worker, { agency: 'police', signer: flaky, onError: (error) => told.push(error), every: 5 });
  await bench.act();
  await eventually(() => told.length > 0);

  isBroken = false;

  await eventually(async () => (await bench.verify()).seq === '2');
  await sealer.close();
  expect(await bench.faults()).toEqual([]);
});

test('a login that does not see every row cannot call a trail whole', async () => {
  for (const url of [database.urls.runtime, database.urls.owner]) {
    await expect(verifyAudit({ url, agency: 'police', findKey })).rejects.toThrow('use the worker login');
  }
});

test('an exported trail is verified from the file and the key alone', async () => {
  await bench.aTrail();
  const output = new PassThrough();

  expect(await exportAudit({ url: database.urls.worker, agency: 'police', output })).toBe(6);
  output.end();

  expect(await verifyAuditFile(output, { findKey })).toMatchObject({ agency: 'police', seq: '6', faults: [], head: (await bench.verify()).head });
});

describe('audit:verify', () => {
  const folder = mkdtempSync(join(tmpdir(), 'audit-'));
  const file = join(folder, 'trail.ndjson');
  const pem = join(folder, 'key.pem');
  const jwk = join(folder, 'key.json');
  afterAll(() => rmSync(folder, { recursive: true }));

  const run = async (...argv: string[]): Promise<{ code: number; text: string }> => {
    const printed: string[] = [];
    const code = await auditCommand(argv, { urlOf: () => database.urls.worker, findKeyOf: () => findKey, print: (line) => printed.push(line) });
    return { code, text: printed.join('\n') };
  };

  test('verifies a database, exports it, and verifies the file with the key alone', async () => {
    await bench.aTrail();
    writeFileSync(pem, publicKey.export({ format: 'pem', type: 'spki' }));
    writeFileSync(jwk, JSON.stringify({ ...publicKey.export({ format: 'jwk' }), kid: signer.kid }));

    const inDatabase = await run('--agency', 'police', '--export', file);
    expect(inDatabase).toMatchObject({ code: 0, text: expect.stringContaining('WHOLE: audit of police: 6 entries sealed under 2 checkpoints, 0 waiting, 3 transitions') });
    const head = /^head (\d+:\w+)$/m.exec(inDatabase.text)?.[1] ?? '';

    for (const key of [pem, jwk]) expect(await run('--file', file, '--key', key, '--known', head)).toMatchObject({ code: 0, text: expect.stringContaining('WHOLE') });
    const bytes = readFileSync(file);
    bytes[900] = (bytes[900] ?? 0) ^ 1;
    writeFileSync(file, bytes);
    expect(await run('--file', file, '--key', pem)).toMatchObject({ code: 1, text: expect.stringContaining('BROKEN') });
  });

  test('names what was changed and ends with 1', async () => {
    const ids = await bench.aTrail();
    await attacker.query(`update audit_entry set actor_id = 'x' where id = '${ids[2] ?? ''}'`);

    expect(await run('--agency', 'police')).toMatchObject({ code: 1, text: expect.stringContaining(`LEAF_DIFFERS at seq 3, entry ${ids[2] ?? ''}: the entry does not have the content`) });
  });

  test.each([[], ['--agency', 'courts'], ['--file', 'x'], ['--agency', 'police', '--known', '7'], ['--what']])('says how it is used when it is not understood: %j', async (...argv) => {
    expect(await run(...argv)).toMatchObject({ code: 2, text: expect.stringContaining('--agency police') });
  });
});
