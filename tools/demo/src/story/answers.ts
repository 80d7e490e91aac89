import { formatChinaTime, HOUR } from '@lianfang/vocabulary';
import { refused, take } from '../action';
import { claim, decline, execute, findOrder, orderActions } from '../desks/bank-desk';
import { findRequest, stopActions, type RequestSeen } from '../desks/stop-desk';
import { holds, until } from '../step';
import { cny } from './opening';
import type { FirstStops } from './ordering';
import type { Scene } from './scene';

const TERM = 48 * HOUR;

/** The request as soon as it has reached a state. */
export const requestIn = ({ as }: Scene, state: string, id: string, username = 'officer.chaoyang'): Promise<RequestSeen> =>
  until(`request ${id} is ${state}`, async () => {
    const request = await findRequest(as(username), id);
    if (request?.state !== state) throw new Error(`it is ${request?.state ?? 'not to be seen'} ${request?.notExecutedReason ?? ''}`);
    return request;
  });

/** The order as soon as the bank has compared its four facts. */
export const matchedOrder = ({ as }: Scene, liaison: string, id: string) =>
  until(`order ${id} is matched`, async () => {
    const order = await findOrder(as(liaison), id);
    return order?.facts ? order : undefined;
  });

/** Checks what a bank's STOPPED must say: its start, 48 hours, what is held of what balance. */
export function holdsStopped({ state, startedAt, expiresAt, held, balance }: RequestSeen, expected: { readonly balance: number }): void {
  holds(state === 'STOPPED' && startedAt !== null && expiresAt !== null, `STOPPED with its start, found ${state}`);
  holds(expiresAt.getTime() - startedAt.getTime() === TERM, `the stop lasts 48 hours from the core's own start, found ${startedAt.toISOString()} to ${expiresAt.toISOString()}`);
  holds(balance === expected.balance && held === expected.balance, `held ${cny(expected.balance)} of as much, found ${cny(held ?? 0)} of ${cny(balance ?? 0)}`);
}

/** One bank executes straight through, one by hand; a third finds a name that differs. */
export async function answers(scene: Scene, stops: FirstStops): Promise<void> {
  await straightThrough(scene, stops);
  await byHand(scene, stops);
  await mismatch(scene, stops);
}

function straightThrough(scene: Scene, stops: FirstStops): Promise<void> {
  const { story, cast } = scene;
  return story.step('B001 executes straight through: the core holds, and answers with balance and outflows', async () => {
    const fast = await requestIn(scene, 'STOPPED', stops.fast.id);
    const { fen } = cast.payments.fast;
    holdsStopped(fast, { balance: cast.outflows.reduce((rest, outflow) => rest - outflow.fen, fen) });
    holds(fast.execution === 'STRAIGHT_THROUGH', `straight through, found ${fast.execution}`);
    const found = fast.outflows.map(({ amount, at, institution }) => `${amount} ${at.toISOString()} ${institution ?? 'cash'}`).sort();
    const expected = cast.outflows.map(({ fen: amount, at, to }) => `${amount} ${at.toISOString()} ${to?.institution ?? 'cash'}`).sort();
    holds(found.join() === expected.join(), `the outflows are those of the ledger:\n${expected.join('\n')}\nfound\n${found.join('\n')}`);
    const shared = await requestIn(scene, 'STOPPED', stops.shared.id);
    holdsStopped(shared, { balance: cast.payments.shared.fen + cast.otherPayment.fen });
    return {
      told: [
        `account …${fast.accountLastFour}: ${cny(fast.held ?? 0)} held, start ${told(fast.startedAt)}, end ${told(fast.expiresAt)}; ${fast.outflows.length} outflows since the payment: ${fast.outflows.map(({ amount }) => cny(amount)).join(', ')}`,
        `account …${shared.accountLastFour}: ${cny(shared.held ?? 0)} held, nothing had left`,
      ],
      found: undefined,
    };
  });
}

function byHand(scene: Scene, stops: FirstStops): Promise<void> {
  const { story, as, cast } = scene;
  return story.step('B002 works by hand: two liaisons claim one order at the same moment, one gets it', async () => {
    const order = await matchedOrder(scene, 'liaison.b002', stops.byHand.id);
    const wish = { id: order.id, version: order.version };
    const desks = ['liaison.b002', 'liaison2.b002'];
    const claims = await Promise.all(desks.map((desk) => take(as(desk), orderActions.claim, wish).then((claimed) => ({ desk, claimed }), (error: unknown) => ({ desk, error }))));
    const won = claims.filter((one) => 'claimed' in one);
    const [winner] = won;
    holds(won.length === 1 && winner !== undefined, `exactly one liaison gets the order, found ${won.length}`);
    const loser = desks.find((desk) => desk !== winner.desk) ?? '';
    const denied = await refused(as(loser), orderActions.execute, { id: order.id, version: winner.claimed.version, nameConfirmed: false });
    await execute(as(winner.desk), winner.claimed);
    holdsStopped(await requestIn(scene, 'STOPPED', stops.byHand.id), { balance: cast.payments.byHand.fen });

    const nameless = await claim(as('liaison.b002'), await matchedOrder(scene, 'liaison.b002', stops.nameless.id));
    const unnamed = await refused(as('liaison.b002'), orderActions.execute, { id: nameless.id, version: nameless.version, nameConfirmed: false });
    holds(unnamed.includes('NAME_NOT_CONFIRMED'), `without a name a person has to check it, found ${unnamed.join()}`);
    await execute(as('liaison.b002'), nameless, true);
    holdsStopped(await requestIn(scene, 'STOPPED', stops.nameless.id), { balance: cast.payments.nameless.fen });
    return { told: [`${winner.desk} got it and stopped ${cny(cast.payments.byHand.fen)}; the other may not execute (${denied.join()})`, `holder's name unknown: ${unnamed.join()}, then checked by hand and stopped`], found: undefined };
  });
}

function mismatch(scene: Scene, stops: FirstStops): Promise<void> {
  const { story, as, cast } = scene;
  return story.step('B003 finds that the name differs and says which field; corrected, sent again, approved, stopped', async () => {
    const order = await claim(as('liaison.b003'), await matchedOrder(scene, 'liaison.b003', stops.misnamed.id));
    holds(order.facts?.holderName === 'MISMATCH' && order.facts.amount === 'MATCH' && order.facts.time === 'MATCH', `only the name differs, found ${JSON.stringify(order.facts)}`);
    const stopped = await refused(as('liaison.b003'), orderActions.execute, { id: order.id, version: order.version, nameConfirmed: true });
    holds(stopped.includes('FACTS_DIFFER'), `a stop with a differing fact is refused, found ${stopped.join()}`);
    await decline(as('liaison.b003'), order, { reason: 'MISMATCH_NAME' });
    const declined = await requestIn(scene, 'NOT_EXECUTED', stops.misnamed.id);
    holds(declined.notExecutedReason === 'MISMATCH_NAME', `the police hear the field, found ${declined.notExecutedReason}`);

    const { holderName } = cast.payments.misnamed.to;
    const batch = await take(as('officer.chaoyang'), stopActions.correct, { requestId: declined.id, version: declined.version, changes: { holderName } });
    await take(as('leader.chaoyang'), stopActions.approve, { batchId: batch.id, version: batch.version });
    const [again] = batch.requests;
    holds(again !== undefined, 'the correction is a new request');
    await execute(as('liaison.b003'), await claim(as('liaison.b003'), await matchedOrder(scene, 'liaison.b003', again.id)));
    holdsStopped(await requestIn(scene, 'STOPPED', again.id), { balance: cast.payments.misnamed.fen });
    return { told: [`${declined.state} ${declined.notExecutedReason}; the corrected request needed the second person again, then ${cny(cast.payments.misnamed.fen)} were stopped`], found: undefined };
  });
}

const told = (at: Date | null): string => (at === null ? 'none' : formatChinaTime(at));
