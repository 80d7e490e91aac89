import { generateKeyPairSync, sign } from 'node:crypto';
import { PassThrough } from 'node:stream';
import { canonical, databaseEntities, databaseMigrations, migrate, newId, Sealed } from '@lianfang/database';
import { callers, people, testDatabase, type TestDatabase } from '@lianfang/testing';
import { clockCaller, type Caller } from '@lianfang/vocabulary';
import { Client } from 'pg';
import { accessEntities, accessMigrations, AuditEntry, exportAudit, openDisclosure, sealAudit, verifyAudit, verifyAuditFile, type AuditKind, type AuditSigner } from '../index';
import { leafOf } from './leaf';

const at = new Date('2026-05-01T00:30:15.000Z');
const keyPair = generateKeyPairSync('ed25519');
const signer: AuditSigner = { kid: 'banks-sig-1', sign: (bytes) => sign(null, bytes, keyPair.privateKey) };
const findKey = () => keyPair.publicKey;
const entities = [...databaseEntities, ...accessEntities];
/** The trail as it was before an entry kept its actor's agency. */
const before = [...databaseMigrations, ...accessMigrations.slice(0, 2)];
const now = [...databaseMigrations, ...accessMigrations];

let banks: TestDatabase;
beforeEach(async () => {
  banks = await testDatabase('banks', { entities, migrations: before });
});
afterEach(() => banks?.drop());

const bringUpToDate = () => migrate({ url: banks.urls.owner, migrations: now });

/** Somebody looks at the number of an account of B001, in the banks' database. */
const look = (caller: Caller): Promise<string | null> =>
  banks.runtime.asCaller(caller, (manager) =>
    openDisclosure(manager, {
      caller,
      source: { kind: 'account', sealed: Sealed.of(people.holder.account), thing: 'stop-payment-order', thingId: newId(), target: { institution: 'B001', region: '990101' } },
      purpose: { task: 'STOP_PAYMENT', caseId: newId() },
      at,
      hasOpenTask: async () => true,
    }),
  );

interface OldEntry {
  readonly kind: AuditKind;
  readonly caller: Caller;
  readonly institution: string | null;
}

/** Writes an entry as it was written before: `agency` is the actor's, and nothing else says which. */
async function writeAsBefore({ kind, caller, institution }: OldEntry): Promise<void> {
  const content = {
    id: newId(), at, kind, agency: caller.agency, actorId: caller.id, actorAgency: null, actorUnit: caller.unit, actorInstitution: caller.institution,
    institution, thing: 'stop-payment-order', thingId: newId(), body: canonical({ value: 'account' }),
  };
  const columns = [content.id, at, kind, content.agency, content.actorId, content.actorUnit, content.actorInstitution, institution, content.thing, content.thingId, content.body, leafOf(content)];
  const statement = `insert into audit_entry (id, at, kind, agency, actor_id, actor_unit, actor_institution, institution, thing, thing_id, body, leaf)
                     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`;
  await banks.worker.asCaller(clockCaller('banks'), (manager) => manager.query(statement, columns));
}

const seal = () => sealAudit(banks.worker, { agency: 'banks', signer });

/** What the database and its exported file are found to be, which must agree; as in `AGENCY_DIFFERS at 1`. */
async function faults(): Promise<string[]> {
  const inDatabase = await verifyAudit({ url: banks.urls.worker, agency: 'banks', findKey });
  const output = new PassThrough();
  const exported = exportAudit({ url: banks.urls.worker, agency: 'banks', output }).finally(() => output.end());
  const inFile = await verifyAuditFile(output, { findKey });
  await exported;
  const [found, inLines] = [inDatabase, inFile].map((report) => report.faults.map(({ code, seq }) => `${code} at ${seq}`));
  expect(inLines).toEqual(found);
  return found ?? [];
}

test("police look at a bank's value and the bank's trail stays whole", async () => {
  await bringUpToDate();
  expect(await look(callers.officer)).toBe(people.holder.account);
  expect(await look(callers.liaison)).toBe(people.holder.account);

  await seal();

  expect(await faults()).toEqual([]);
  const entries = await banks.worker.asCaller(clockCaller('banks'), (manager) => manager.find(AuditEntry, { order: { id: 'ASC' } }));
  expect(entries).toMatchObject([{ agency: 'banks', actorAgency: 'police' }, { agency: 'banks', actorAgency: 'banks' }]);
});

test('an entry keeps its leaf when the actor gets an agency of its own, and looks of guests from before stay whole', async () => {
  await writeAsBefore({ kind: 'LOOK', caller: callers.officer, institution: 'B001' });
  await writeAsBefore({ kind: 'REFUSED_LOOK', caller: callers.officer, institution: 'B002' });
  await writeAsBefore({ kind: 'LOOK', caller: callers.liaison, institution: 'B001' });
  await bringUpToDate();
  await seal();
  await look(callers.officer);
  await seal();

  expect(await faults()).toEqual([]);
});

test.each<[string, OldEntry[]]>([
  ['searched', [{ kind: 'SEARCH', caller: callers.officer, institution: 'B001' }]],
  ['looked at nobody\'s institution', [{ kind: 'LOOK', caller: callers.officer, institution: null }]],
  ["looked at the own institution's value", [{ kind: 'LOOK', caller: { ...callers.officer, institution: 'B001' }, institution: 'B001' }]],
])('an entry from before of another agency whose staff %s was carried over, and is found', async (_, old) => {
  for (const each of old) await writeAsBefore(each);
  await bringUpToDate();
  await seal();

  expect(await faults()).toEqual(['AGENCY_DIFFERS at 1']);
});

test("a guest's look without the guest's agency is found behind an entry that has it", async () => {
  await bringUpToDate();
  await look(callers.liaison);
  const attacker = new Client({ connectionString: banks.adminUrl });
  await attacker.connect();
  await attacker.query('alter table audit_entry drop constraint audit_entry_actor_agency_given');
  await attacker.end();
  await writeAsBefore({ kind: 'LOOK', caller: callers.officer, institution: 'B001' });
  await seal();

  expect(await faults()).toEqual(['AGENCY_DIFFERS at 2']);
});

test('a trail of another agency is found entry by entry, whoever acted', async () => {
  await bringUpToDate();
  await look(callers.officer);
  await seal();

  // The same rows and the same key, given out as the police's.
  const { faults: found } = await verifyAudit({ url: banks.urls.worker, agency: 'police', findKey });

  expect(found.map(({ code }) => code)).toContain('AGENCY_DIFFERS');
});

test('the database takes no entry without its actor\'s agency, for another trail, or in another agency\'s name', async () => {
  await bringUpToDate();
  await expect(writeAsBefore({ kind: 'LOOK', caller: callers.officer, institution: 'B001' })).rejects.toThrow('audit_entry_actor_agency_given');

  const write = (agency: string, actorAgency: string) =>
    banks.runtime.asCaller(callers.officer, (manager) =>
      manager.query(`insert into audit_entry (id, at, kind, agency, actor_id, actor_agency, body, leaf) values (gen_random_uuid(), now(), 'LOOK', $1, $2, $3, '{}', decode(repeat('00', 32), 'hex'))`, [agency, callers.officer.id, actorAgency]),
    );
  await expect(write('police', 'police')).rejects.toThrow('row-level security');
  await expect(write('banks', 'banks')).rejects.toThrow('row-level security');
  await expect(write('banks', 'police')).resolves.toBeDefined();
});

test("a guest's look is read by the bank's auditors and not by the guest's", async () => {
  await bringUpToDate();
  await look(callers.officer);
  const seen = (caller: Caller) => banks.runtime.asCaller(caller, async (manager) => (await manager.find(AuditEntry)).length);

  expect([await seen(callers.bankAuditor), await seen(callers.auditorOfB001), await seen(callers.policeAuditor), await seen(recordedBy)]).toEqual([1, 1, 0, 0]);
});

/** Who looked does not read the trail. */
const recordedBy = callers.officer;
