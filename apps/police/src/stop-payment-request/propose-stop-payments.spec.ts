import { newId } from '@lianfang/database';
import { callers } from '@lianfang/testing';
import { newHolder, openScene, placeCase, succeeded, type Scene } from '../testing/stop-payment-scene';
import { proposeStopPayments } from './propose-stop-payments.actions';

let scene: Scene;
beforeAll(async () => void (scene = await openScene()));
afterAll(() => scene?.close());

it('works', async () => {
  const holders = [newHolder('B001'), newHolder('B002')];
  const placed = await placeCase(scene, { holders });
  const batch = succeeded(await proposeStopPayments(scene.by(callers.officer), { idempotencyKey: newId(), caseId: placed.id, reason: '冒充客服', items: placed.transferIds.map((transferId) => ({ transferId })) }));
  expect(batch).toMatchObject({ refusedItems: [] });
});
