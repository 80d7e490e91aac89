import { newId } from '@lianfang/database';
import { callers, lifecycleMatrix, matrixCallers, units } from '@lianfang/testing';
import { Refused, type Caller } from '@lianfang/vocabulary';
import { aReport } from '../testing/fraud-report';
import { openScene, succeeded, type Scene } from '../testing/stop-payment-scene';
import { acceptFraudCase, declineFraudCase, mergeFraudCase, openFraudCase, verifyFraudCase } from './decide-fraud-case.actions';
import { FraudCase } from './fraud-case.entity';
import { fraudCaseLifecycle, type FraudCaseAction, type FraudCaseState } from './fraud-case.lifecycle';
import { reportFraud } from './report-fraud.actions';

let scene: Scene;
let carriesOn: FraudCase;
let serial = 0;

beforeAll(async () => {
  scene = await openScene();
  carriesOn = succeeded(await reportFraud(scene.by(callers.officer), aReport()));
});
afterAll(() => scene?.close());

/** A document number that was not used yet. */
const documentNumber = () => `虚公（刑）立字〔2026〕${(serial += 1)}号`;

const take = {
  REPORT: (caller: Caller) => reportFraud(scene.by(caller), aReport({ unitCode: units.bureau })),
  ACCEPT: (caller: Caller, { id, version }: FraudCase) => acceptFraudCase(scene.by(caller), { idempotencyKey: newId(), caseId: id, version, receipt: 'HANDED_OVER' }),
  VERIFY: (caller: Caller, { id, version }: FraudCase) => verifyFraudCase(scene.by(caller), { idempotencyKey: newId(), caseId: id, version, reason: '事实不清' }),
  OPEN: (caller: Caller, { id, version }: FraudCase) => openFraudCase(scene.by(caller), { idempotencyKey: newId(), caseId: id, version, documentNumber: documentNumber() }),
  DO_NOT_OPEN: (caller: Caller, { id, version }: FraudCase) => declineFraudCase(scene.by(caller), { idempotencyKey: newId(), caseId: id, version, documentNumber: documentNumber(), reason: '不构成犯罪' }),
  MERGE: (caller: Caller, { id, version }: FraudCase) => mergeFraudCase(scene.by(caller), { idempotencyKey: newId(), caseId: id, version, intoCaseId: carriesOn.id, reason: '同一案件' }),
} as const satisfies Record<FraudCaseAction, unknown>;

/** How each state is reached by real actions. */
const ways: Record<FraudCaseState, readonly ['officer' | 'leader', Exclude<FraudCaseAction, 'REPORT'>][]> = {
  REPORTED: [],
  ACCEPTED: [['officer', 'ACCEPT']],
  VERIFYING: [['officer', 'ACCEPT'], ['leader', 'VERIFY']],
  CASE_OPENED: [['officer', 'ACCEPT'], ['leader', 'OPEN']],
  NOT_OPENED: [['officer', 'ACCEPT'], ['leader', 'DO_NOT_OPEN']],
  MERGED: [['officer', 'MERGE']],
};

async function bring(state: FraudCaseState): Promise<FraudCase> {
  let fraudCase = succeeded(await take.REPORT(callers.officer));
  for (const [who, action] of ways[state]) fraudCase = succeeded(await take[action](callers[who], fraudCase));
  return fraudCase;
}

/** A case that nobody has: what an action meets that is taken on nothing. */
const nothing = () => Object.assign(new FraudCase(), { id: newId(), version: 1 });

it('lets every role take exactly the actions of the tables, in every state', async () => {
  const matrix = await lifecycleMatrix(fraudCaseLifecycle, {
    callers: matrixCallers('police'),
    bring: async (state) => ({ state, fraudCase: state === null ? nothing() : await bring(state) }),
    // A report has no case yet: on a case that stands it cannot even be said.
    act: async (action, { state, fraudCase }, caller) => (action === 'REPORT' && state !== null ? Refused.because('WRONG_STATE') : take[action](caller, fraudCase)),
  });

  expect(matrix).toMatchSnapshot();
}, 300_000);
