import { IdColumn, newId, databaseEntities, databaseMigrations } from '@lianfang/database';
import { clockCaller, lifecycle, partnerCaller, type Caller } from '@lianfang/vocabulary';
import { callers, testDatabase, units, type TestDatabase } from '@lianfang/testing';
import { Column, Entity } from 'typeorm';
import { accessEntities, accessMigrations, AuditEntry, move, Transition, type Facts, type Move } from './index';

const life = lifecycle('stop-payment-request', {
  PROPOSE: { from: [], to: 'PROPOSED', by: 'police' },
  APPROVE: { from: ['PROPOSED'], to: 'ORDERED', by: 'police', law: '86-1' },
  STOP: { from: ['ORDERED'], to: 'STOPPED', by: 'bank' },
});

@Entity()
class Request {
  @IdColumn() id: string;
  @Column({ type: 'text' }) state: string;
  @Column({ type: 'integer' }) version: number;
}

const at = new Date('2026-05-01T00:30:15.000Z');
const target = { unit: units.bureau, region: units.bureau.slice(0, 6) };
let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase('police', { entities: [...databaseEntities, ...accessEntities], migrations: [...databaseMigrations, ...accessMigrations] });
});
afterAll(() => database?.drop());

const aRequest = (): Request => Object.assign(new Request(), { id: newId() });
const run = (caller: Caller, step: Omit<Move<typeof life>, 'lifecycle' | 'caller' | 'at' | 'target'> & Partial<Pick<Move, 'target'>>) =>
  (caller.kind === 'person' ? database.runtime : database.worker).asCaller(caller, (manager) =>
    move(manager, { lifecycle: life, caller, at, target, ...step }),
  );
const transitionsOf = (id: string) => database.worker.asCaller(clockCaller('police'), (manager) => manager.findBy(Transition, { thingId: id }));

test('a move sets state and version and leaves one transition and one audit entry under one id', async () => {
  const request = aRequest();

  const refusal = await run(callers.officer, { thing: request, action: 'PROPOSE', facts: { ordinal: 1 }, reason: '资金仍在一级账户', caseId: newId() });

  expect(refusal).toBeUndefined();
  expect(request).toMatchObject({ state: 'PROPOSED', version: 1 });
  const [transition, ...more] = await transitionsOf(request.id);
  expect(more).toEqual([]);
  expect(transition).toMatchObject({
    thing: 'stop-payment-request', action: 'PROPOSE', fromState: null, toState: 'PROPOSED', bySide: 'police',
    actorId: callers.officer.id, unit: units.bureau, regionCode: '990101', facts: { ordinal: 1 }, at,
  });
  expect(transition?.reason?.open()).toBe('资金仍在一级账户');
  const entries = await database.worker.asCaller(clockCaller('police'), (manager) => manager.findBy(AuditEntry, { thingId: request.id }));
  expect(entries).toHaveLength(1);
  expect(entries[0]).toMatchObject({ id: transition?.id, kind: 'TRANSITION', actorId: callers.officer.id });
  expect(entries[0]?.body).not.toContain('资金');
});

test('a partner moves what belongs to its side and nothing else', async () => {
  const request = Object.assign(aRequest(), { state: 'ORDERED', version: 2 });
  const bank = partnerCaller('police', 'banks');

  expect(await run(bank, { thing: request, action: 'APPROVE' })).toMatchObject({ code: 'NOT_ALLOWED' });
  expect(await run(bank, { thing: request, action: 'STOP' })).toBeUndefined();
  expect((await transitionsOf(request.id)).map((row) => [row.actorId, row.bySide])).toEqual([['partner:banks', 'bank']]);
});

test('a person may not take what belongs to the machine, nor the machine what belongs to a person', async () => {
  const ordered = Object.assign(aRequest(), { state: 'ORDERED', version: 2 });
  const proposed = Object.assign(aRequest(), { state: 'PROPOSED', version: 1 });

  expect(await run(callers.leader, { thing: ordered, action: 'STOP' })).toMatchObject({ code: 'NOT_ALLOWED', parameters: { rolesZh: '系统' } });
  expect(await run(clockCaller('police'), { thing: proposed, action: 'APPROVE' })).toMatchObject({ code: 'NOT_ALLOWED', parameters: { roles: 'POLICE_LEADER' } });
});

test('another unit, another state and another version are refused and change nothing', async () => {
  const request = Object.assign(aRequest(), { state: 'PROPOSED', version: 3 });

  expect(await run(callers.officerOfNeighbour, { thing: aRequest(), action: 'PROPOSE' })).toMatchObject({ code: 'OUTSIDE_YOUR_SCOPE' });
  expect(await run(callers.leaderElsewhere, { thing: request, action: 'APPROVE' })).toMatchObject({ code: 'OUTSIDE_YOUR_SCOPE' });
  expect(await run(callers.officer, { thing: request, action: 'PROPOSE' })).toMatchObject({ code: 'WRONG_STATE', parameters: { state: 'PROPOSED' } });
  expect(await run(callers.leader, { thing: request, action: 'APPROVE', version: 2 })).toMatchObject({ code: 'CHANGED_MEANWHILE' });
  expect(request).toMatchObject({ state: 'PROPOSED', version: 3 });
  expect(await transitionsOf(request.id)).toEqual([]);
});

test('the leader of the city above approves, with the version that was seen', async () => {
  const request = Object.assign(aRequest(), { state: 'PROPOSED', version: 3 });

  expect(await run(callers.leaderOfCity, { thing: request, action: 'APPROVE', version: 3 })).toBeUndefined();
  expect(request).toMatchObject({ state: 'ORDERED', version: 4 });
});

test('the database refuses a second move to the same version', async () => {
  const first = Object.assign(aRequest(), { state: 'PROPOSED', version: 1 });
  const second = Object.assign(aRequest(), { ...first });
  await run(callers.leader, { thing: first, action: 'APPROVE' });

  await expect(run(callers.leader, { thing: second, action: 'APPROVE' })).rejects.toThrow('transition_thing_version_unique');
});

test.each<Facts>([{ holder: '甲虚构一' }, { account: '9900010000000000019' }, { amount: 0.5 }])('facts carry no words, account numbers or fractions: %j', async (facts) => {
  await expect(run(callers.officer, { thing: aRequest(), action: 'PROPOSE', facts })).rejects.toThrow('fact ');
});
