import { claim, decline, execute, findOrder } from '../desks/bank-desk';
import { findRequest, loadBatches, stopActions, type BatchSeen } from '../desks/stop-desk';
import { take } from '../action';
import { until } from '../step';
import { keyOf, type CasePlan } from './plan';
import type { Desk, World } from './world';

/** Lets the liaisons answer the orders of a case as its plan says; B001 answers by itself. */
export async function answerOrders(world: World, { plan, requests }: { readonly plan: CasePlan; readonly requests: BatchSeen['requests'] }): Promise<void> {
  if (plan.desk === 'LEAVE') return;
  const byHand = requests.filter(({ institution }) => institution !== 'B001');
  await Promise.all(byHand.map(({ id, institution }) => answerByHand(world, { id, institution, desk: plan.desk })));
}

/** Waits until the police have the answers to these requests. */
export async function untilAnswered({ officer }: Desk, requests: BatchSeen['requests']): Promise<void> {
  for (const { id } of requests) {
    await until(`request ${id} is answered`, async () => !['ORDERED', 'RECEIVED'].includes((await findRequest(officer, id))?.state ?? 'ORDERED'));
  }
}

async function answerByHand(world: World, { id, institution, desk }: { readonly id: string; readonly institution: string; readonly desk: CasePlan['desk'] }): Promise<void> {
  const liaison = world.liaisonOf(institution);
  const order = await until(`${institution} has matched its order`, async () => {
    const found = await findOrder(liaison, id);
    return found?.facts ? found : undefined;
  });
  if (order.state !== 'RECEIVED') return;
  const claimed = order.claimedByName === null ? await claim(liaison, order) : order;
  if (desk === 'DECLINE') await decline(liaison, claimed, { reason: 'FUNDS_MOVED' });
  else await execute(liaison, claimed);
}

/** Approves the second and the third layer that the machine has proposed, and has them answered. */
export async function chase(world: World, desk: Desk, { plan, batch }: { readonly plan: CasePlan; readonly batch: BatchSeen }): Promise<void> {
  await untilAnswered(desk, batch.requests);
  for (const layer of [2, 3]) {
    const all = await loadBatches(desk.officer, batch.requests[0]?.caseId ?? '');
    const proposed = all.filter(({ preparedBy, decision, layer: found }) => preparedBy === 'MACHINE' && decision === null && found === layer);
    for (const { id, version } of proposed) {
      const approved = await take(desk.leader, stopActions.approve, { ...keyOf(plan.number, `approve:${id}`), batchId: id, version });
      await answerOrders(world, { plan, requests: approved.requests });
      if (layer === 2) await untilAnswered(desk, approved.requests);
    }
  }
}
