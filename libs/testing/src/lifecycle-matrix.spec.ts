import { accessEntities, accessMigrations, move, type Movable } from '@lianfang/access';
import { databaseEntities, databaseMigrations, newId } from '@lianfang/database';
import { clockCaller, lifecycle, partnerCaller, Refused, type Caller } from '@lianfang/vocabulary';
import { callers, lifecycleMatrix, matrixCallers, permissionMatrix, testDatabase, units, type TestDatabase } from './index';

const life = lifecycle('stop-payment-request', {
  PROPOSE: { from: [], to: 'PROPOSED', by: 'police' },
  APPROVE: { from: ['PROPOSED'], to: 'ORDERED', by: 'police', law: '86-1' },
  STOP: { from: ['ORDERED'], to: 'STOPPED', by: 'bank' },
  EXPIRE: { from: ['STOPPED'], to: 'EXPIRED_UNCONFIRMED', by: 'clock', law: 'DL-02' },
});
type Action = keyof typeof life.steps;
interface Thing extends Movable { proposer: string }

const at = new Date('2026-05-01T00:30:15.000Z');
const target = { unit: units.bureau, region: '990101' };
let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase('police', { entities: [...databaseEntities, ...accessEntities], migrations: [...databaseMigrations, ...accessMigrations] });
});
afterAll(() => database?.drop());

/** An action as apps write them, with one rule: who proposed may not approve. */
const act = (action: Action, thing: Thing, caller: Caller) =>
  (caller.kind === 'person' ? database.runtime : database.worker).asCaller(caller, async (manager) => {
    const refusal = await move(manager, { lifecycle: life, thing, action, caller, at, target });
    if (refusal) return new Refused([refusal]);
    if (action === 'APPROVE' && thing.proposer === caller.id) return Refused.because('SAME_PERSON');
    return { state: thing.state };
  });

const way: readonly [Action, Caller][] = [['PROPOSE', callers.officer], ['APPROVE', callers.leaderOfCity], ['STOP', partnerCaller('police', 'banks')], ['EXPIRE', clockCaller('police')]];
const bring = async (state: string | null): Promise<Thing> => {
  const thing = { id: newId(), proposer: callers.officer.id } as Thing;
  for (const [action, caller] of way) {
    if ((thing.state ?? null) === state) return thing;
    await act(action, thing, caller);
  }
  return thing;
};

test('the matrix drives every state × action × caller and prints what is allowed', async () => {
  expect(`\n${await lifecycleMatrix(life, { callers: matrixCallers('police'), bring, act })}`).toMatchSnapshot();
});

test('a rule that says no to somebody whom the tables allow stands in the matrix by its code', async () => {
  const text = await lifecycleMatrix(life, {
    callers: { leader: callers.leader },
    bring: async (state) => Object.assign(await bring(state), { proposer: callers.leader.id }),
    // The refused transaction is rolled back; an app loads its thing anew for each act.
    act: (action, thing, caller) => act(action, { ...thing }, caller),
  });

  expect(text).toContain('PROPOSED × APPROVE refused by SAME_PERSON: leader');
});

test('an action that ignores the tables fails the matrix', async () => {
  const lawless = { callers: { intake: callers.intakeOfficer }, bring, act: async () => ({ state: 'ORDERED' }) };

  await expect(lifecycleMatrix(life, lawless)).rejects.toThrow('although lifecycle or permissions forbid it');
});

test('the tables alone give the same reading, and a missing permission is found', () => {
  expect(`\n${permissionMatrix(life, { callers: matrixCallers('police'), target })}`).toMatchSnapshot();
  expect(() => permissionMatrix(lifecycle('fraud-case', { VANISH: { from: [], to: 'GONE', by: 'police' } }), { callers: {}, target })).toThrow('no permission is written down');
  expect(() => permissionMatrix(lifecycle('fraud-case', { OPEN: { from: [], to: 'CASE_OPENED', by: 'bank' } }), { callers: {}, target })).toThrow('is by bank');
});
