import { databaseEntities, databaseMigrations, newId, Sealed } from '@lianfang/database';
import { clockCaller, type Caller } from '@lianfang/vocabulary';
import { callers, people, testDatabase, units, type TestDatabase } from '@lianfang/testing';
import { accessEntities, accessMigrations, AuditEntry, disclose, openDisclosure, type DisclosureSource, type HasOpenTask, type Purpose } from './index';

const at = new Date('2026-05-01T00:30:15.000Z');
const caseId = newId();
const purpose: Purpose = { task: 'STOP_PAYMENT', caseId };
const hasOpenTask: HasOpenTask = async (asked) => asked.caseId === caseId && asked.task === 'STOP_PAYMENT';
let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase('police', { entities: [...databaseEntities, ...accessEntities], migrations: [...databaseMigrations, ...accessMigrations] });
});
afterAll(() => database?.drop());

const aSource = (over: Partial<DisclosureSource> = {}): DisclosureSource => ({ kind: 'account', sealed: Sealed.of(people.holder.account), thing: 'case-transfer', thingId: newId(), field: 'payeeAccount', ...over });
const look = (caller: Caller, source: DisclosureSource, why: Purpose = purpose) =>
  database.runtime.asCaller(caller, (manager) => openDisclosure(manager, { caller, source, purpose: why, at, hasOpenTask }));
const entryOf = async ({ thingId }: DisclosureSource) => {
  const entries = await database.worker.asCaller(clockCaller('police'), (manager) => manager.findBy(AuditEntry, { thingId }));
  expect(entries).toHaveLength(1);
  return entries[0];
};

test('role and open task give the full value, and the look is recorded without it', async () => {
  const source = aSource();

  expect(await look(callers.officer, source)).toBe(people.holder.account);

  const entry = await entryOf(source);
  expect(entry).toMatchObject({ kind: 'LOOK', actorId: callers.officer.id, actorUnit: units.bureau, thing: 'case-transfer', at });
  expect(JSON.parse(entry?.body ?? '')).toEqual({ value: 'account', field: 'payeeAccount', task: 'STOP_PAYMENT', caseId, because: null });
});

test.each<[string, Caller, Partial<DisclosureSource>, Purpose, string]>([
  ['an auditor', callers.policeAuditor, {}, purpose, 'NOT_ALLOWED'],
  ['a system administrator', callers.systemAdministrator, {}, purpose, 'NOT_ALLOWED'],
  ['an officer without an open task there', callers.officer, {}, { task: 'STOP_PAYMENT', caseId: newId() }, 'NO_OPEN_TASK'],
  ['an officer with another kind of task', callers.officer, {}, { task: 'RETURN', caseId }, 'NO_OPEN_TASK'],
  ['an officer of another region', callers.officerElsewhere, { target: { region: '990101' } }, purpose, 'OUTSIDE_YOUR_SCOPE'],
  ['an officer who names no case', callers.officer, {}, { task: 'STOP_PAYMENT', caseId: people.holder.account }, 'NO_PURPOSE'],
])('%s gets nothing, and the refused look is recorded', async (_, caller, over, why, because) => {
  const source = aSource(over);

  expect(await look(caller, source, why)).toBeNull();

  const entry = await entryOf(source);
  expect(entry?.kind).toBe('REFUSED_LOOK');
  expect(JSON.parse(entry?.body ?? '')).toMatchObject({ because });
  expect(entry?.body).not.toContain(people.holder.account);
});

test('a disclosure shows the mask without a record and looks through the request', async () => {
  const source = aSource({ kind: 'name', sealed: Sealed.of(people.holder.name) });
  const { masked, look: lookThrough } = disclose(source, hasOpenTask);

  expect(masked).toBe('乙****');

  const reading = await database.runtime.openReading(callers.officer);
  const context = { caller: callers.officer, clock: { now: () => at }, manager: async () => reading.manager };
  expect(await lookThrough(purpose, context)).toBe(people.holder.name);
  await reading.close();
  expect((await entryOf(source))?.kind).toBe('LOOK');
});
