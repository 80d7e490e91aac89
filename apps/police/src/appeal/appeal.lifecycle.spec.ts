import { newId } from '@lianfang/database';
import { callers, lifecycleMatrix, matrixCallers } from '@lianfang/testing';
import { isRefused, Refused, type Caller } from '@lianfang/vocabulary';
import { asMachine, deliver, ordered, stopped } from '../testing/bank-answers';
import { newHolder, openScene, succeeded, type Scene } from '../testing/stop-payment-scene';
import { Appeal } from './appeal.entity';
import { appealLifecycle, type AppealAction, type AppealState } from './appeal.lifecycle';
import { decideAppeal } from './decide-appeal.actions';
import { fileAppeal } from './file-appeal.actions';

let scene: Scene;
beforeAll(async () => void (scene = await openScene()));
afterAll(() => scene?.close());

interface Tried {
  readonly requestId: string;
  readonly appeal?: Appeal;
}

const file = (caller: Caller, requestId: string) =>
  fileAppeal(scene.by(caller), { idempotencyKey: newId(), requestId, appellantName: '虚构商行', appellantPhone: '13800000000', reason: '货款', materials: [] });
const decide = (caller: Caller, { id, version }: Appeal, decision: 'UPHELD' | 'DISMISSED') =>
  decideAppeal(scene.by(caller), { idempotencyKey: newId(), appealId: id, version, decision, reason: '核查属实' });

async function bring(state: AppealState | null): Promise<Tried> {
  const { request } = await ordered(scene, { holders: [newHolder()] });
  await deliver(scene, stopped(scene, request.id));
  if (state === null) return { requestId: request.id };
  const appeal = succeeded(await file(callers.officer, request.id));
  return { requestId: request.id, appeal: state === 'RECEIVED' ? appeal : succeeded(await decide(callers.leaderOfCity, appeal, state)) };
}

/** Everything goes through the two actions; machines too, as callers of the runtime login. */
async function act(action: AppealAction, { requestId, appeal }: Tried, caller: Caller): Promise<{ state: string } | Refused> {
  if (action === 'FILE') return appeal ? Refused.because('WRONG_STATE') : file(caller, requestId);
  if (!appeal) return Refused.because('WRONG_STATE');
  const seen = await asMachine(scene, (manager) => manager.findOneByOrFail(Appeal, { id: appeal.id }));
  const outcome = await decide(caller, seen, action === 'UPHOLD' ? 'UPHELD' : 'DISMISSED');
  return isRefused(outcome) ? outcome : { state: outcome.state };
}

test('every state, action and caller of an appeal, through its real actions', async () => {
  expect(await lifecycleMatrix(appealLifecycle, { callers: matrixCallers('police'), bring, act })).toMatchSnapshot();
}, 300_000);
