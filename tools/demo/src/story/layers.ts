import { take } from '../action';
import { claim, execute } from '../desks/bank-desk';
import type { CaseSeen } from '../desks/case-desk';
import { findRequest, loadBatches, stopActions } from '../desks/stop-desk';
import { holds, until } from '../step';
import { holdsStopped, matchedOrder, requestIn } from './answers';
import { cny } from './opening';
import type { FirstStops } from './ordering';
import type { Scene } from './scene';

/** The money went on: the machine prepares the next layer, a person approves it as one batch. */
export function layers(scene: Scene, opened: CaseSeen, stops: FirstStops): Promise<void> {
  const { story, as, cast } = scene;
  return story.step('The money went on: the machine has prepared layer 2, one person approves it as a batch', async () => {
    const batch = await until('the machine has proposed layer 2', async () => (await loadBatches(as('officer.chaoyang'), opened.id)).find(({ preparedBy, layer }) => preparedBy === 'MACHINE' && layer === 2));
    const [one, two] = cast.outflows;
    holds(batch.requests.length === 2 && batch.requests.every(({ state }) => state === 'PROPOSED'), `two accounts are proposed and nothing is ordered, found ${batch.requests.map(({ state }) => state).join()}`);
    const notFollowed = (await findRequest(as('officer.chaoyang'), stops.fast.id))?.outflows.filter(({ proposedRequestId }) => proposedRequestId === null) ?? [];
    holds(notFollowed.length === 2 && notFollowed.every(({ notProposed }) => notProposed !== null), `the shop and the cash are not followed, and each says why, found ${JSON.stringify(notFollowed)}`);

    await take(as('leader.chaoyang'), stopActions.approve, { batchId: batch.id, version: batch.version });
    for (const outflow of [one, two]) {
      const institution = outflow?.to?.institution ?? '';
      const liaison = `liaison.${institution.toLowerCase()}`;
      const request = batch.requests.find((each) => each.institution === institution);
      holds(request !== undefined && request.layer === 2, `a request of layer 2 at ${institution}`);
      await execute(as(liaison), await claim(as(liaison), await matchedOrder(scene, liaison, request.id)));
      holdsStopped(await requestIn(scene, 'STOPPED', request.id), { balance: outflow?.fen ?? 0 });
    }
    const reasons = notFollowed.map(({ amount, notProposed }) => `${cny(amount)} ${notProposed?.code ?? ''}`);
    return { told: [`proposed from the answer and stopped: ${cny(one?.fen ?? 0)} at ${one?.to?.institution ?? ''}, ${cny(two?.fen ?? 0)} at ${two?.to?.institution ?? ''}`, `not followed: ${reasons.join(', ')}`], found: undefined };
  });
}
