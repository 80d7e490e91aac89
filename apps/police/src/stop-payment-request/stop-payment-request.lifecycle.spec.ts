import { callers, lifecycleMatrix, matrixCallers } from '@lianfang/testing';
import { newId } from '@lianfang/database';
import { Refused, isRefused, type Caller } from '@lianfang/vocabulary';
import { acknowledge, approve, asMachine, deliver, notExecuted, ordered, proposed, release, released, requestOf, stopped, tick } from '../testing/bank-answers';
import { newHolder, openScene, placeCase, succeeded, type Scene } from '../testing/stop-payment-scene';
import { cancelStopPaymentRequest } from './cancel-stop-payment-request.actions';
import { moveRequest } from './move-request.actions';
import { proposeStopPayments } from './propose-stop-payments.actions';
import { returnStopPaymentBatch } from './return-stop-payment-batch.actions';
import { lockRequest } from './stop-payment-batch.query';
import { StopPaymentBatch } from './stop-payment-batch.entity';
import type { StopPaymentRequest } from './stop-payment-request.entity';
import { stopPaymentRequestLifecycle, type StopPaymentRequestAction, type StopPaymentRequestState } from './stop-payment-request.lifecycle';

let scene: Scene;
beforeAll(async () => void (scene = await openScene()));
afterAll(() => scene?.close());

/** What the matrix tries things on: a case without a request, or a request with its case. */
interface Tried {
  readonly caseId: string;
  readonly transferId: string;
  readonly request?: StopPaymentRequest;
}

const bringers: Record<StopPaymentRequestState, () => Promise<StopPaymentRequest>> = {
  PROPOSED: async () => first((await proposed(scene, { holders: [newHolder()] })).requests),
  ORDERED: async () => (await ordered(scene, { holders: [newHolder()] })).request,
  RETURNED: async () => {
    const { batch, requests } = await proposed(scene, { holders: [newHolder()] });
    succeeded(await returnBatch(batch, callers.leader));
    return first(requests);
  },
  CANCELLED: async () => {
    const request = first((await proposed(scene, { holders: [newHolder()] })).requests);
    succeeded(await cancel(request, callers.officer));
    return request;
  },
  RECEIVED: async () => after(await bringers.ORDERED(), ({ id }) => acknowledge(scene, id)),
  STOPPED: async () => after(await bringers.RECEIVED(), ({ id }) => deliver(scene, stopped(scene, id))),
  NOT_EXECUTED: async () => after(await bringers.RECEIVED(), ({ id }) => deliver(scene, notExecuted(scene, id))),
  RELEASE_ORDERED: async () => after(await bringers.RECEIVED(), async (request) => succeeded(await release(scene, await requestOf(scene, request.id)))),
  RELEASED: async () => after(await bringers.RELEASE_ORDERED(), ({ id }) => deliver(scene, released(scene, id, 'POLICE'))),
  EXPIRED_UNCONFIRMED: async () => after(await bringers.RECEIVED(), async ({ id }) => {
    await deliver(scene, stopped(scene, id, { startedAt: new Date(scene.clock.now().getTime() - 48 * 3_600_000).toISOString() }));
    await tick(scene);
  }),
  EXPIRED: async () => after(await bringers.EXPIRED_UNCONFIRMED(), ({ id }) => deliver(scene, released(scene, id, 'EXPIRY'))),
};

async function after(request: StopPaymentRequest, work: (request: StopPaymentRequest) => Promise<unknown>): Promise<StopPaymentRequest> {
  await work(request);
  return request;
}

function first(requests: readonly StopPaymentRequest[]): StopPaymentRequest {
  const [request] = requests;
  if (!request) throw new Error('expected a request');
  return request;
}

async function bring(state: StopPaymentRequestState | null): Promise<Tried> {
  if (state === null) {
    const { id, transferIds } = await placeCase(scene, { holders: [newHolder()] });
    return { caseId: id, transferId: transferIds[0] ?? '' };
  }
  const request = await bringers[state]();
  expect((await requestOf(scene, request.id)).state).toBe(state);
  return { caseId: request.caseId, transferId: request.transferId ?? '', request };
}

const batchOf = (request: StopPaymentRequest) => asMachine(scene, (manager) => manager.findOneByOrFail(StopPaymentBatch, { id: request.batchId }));
const cancel = (request: StopPaymentRequest, caller: Caller) =>
  cancelStopPaymentRequest(scene.by(caller), { idempotencyKey: newId(), requestId: request.id, version: request.version, reason: '填错账号' });
const returnBatch = (batch: StopPaymentBatch, caller: Caller) =>
  returnStopPaymentBatch(scene.by(caller), { idempotencyKey: newId(), batchId: batch.id, version: batch.version, reason: '请补充凭证' });

/** Persons go through the mutations; what only machines do is tried at the one place where a request moves. */
async function act(action: StopPaymentRequestAction, { caseId, transferId, request }: Tried, caller: Caller): Promise<{ state: string } | Refused> {
  if (action === 'PROPOSE' && !request && caller.kind === 'person') {
    const outcome = await proposeStopPayments(scene.by(caller), { idempotencyKey: newId(), caseId, reason: '冒充客服', items: [{ transferId }] });
    return isRefused(outcome) ? outcome : { state: 'PROPOSED' };
  }
  if (!request) return Refused.because('WRONG_STATE');
  const seen = await requestOf(scene, request.id);
  const batch = await batchOf(seen);
  const isWaiting = batch.decision === null;
  const outcomeOf = async (outcome: object | Refused) => (isRefused(outcome) ? outcome : { state: (await requestOf(scene, seen.id)).state });
  if (caller.kind === 'person' && action === 'APPROVE' && isWaiting) return outcomeOf(await approve(scene, batch, {}, caller));
  if (caller.kind === 'person' && action === 'RETURN' && isWaiting) return outcomeOf(await returnBatch(batch, caller));
  if (caller.kind === 'person' && action === 'CANCEL') return outcomeOf(await cancel(seen, caller));
  if (caller.kind === 'person' && action === 'ORDER_RELEASE') return outcomeOf(await release(scene, seen, caller));
  return scene.database.runtime.asCaller(caller, async (manager) => {
    const locked = caller.kind === 'person' ? await lockRequest(manager, seen.id) : seen;
    if (!locked) return Refused.because('NOT_FOUND');
    const refusal = await scene.database.worker.asCaller(caller, async (worker) => {
      const refused = await moveRequest(worker, locked, { action, caller, at: scene.clock.now() });
      return refused ? new Refused([refused]) : { state: locked.state };
    });
    return refusal;
  });
}

test('every state, action and caller of a stop-payment request, through its real actions', async () => {
  expect(await lifecycleMatrix(stopPaymentRequestLifecycle, { callers: matrixCallers('police'), bring, act })).toMatchSnapshot();
}, 300_000);
