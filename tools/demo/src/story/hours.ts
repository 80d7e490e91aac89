import { refused, take } from '../action';
import { claim, execute, findOrder } from '../desks/bank-desk';
import { caseActions, findCase, moveCase, type CaseSeen } from '../desks/case-desk';
import { findRequest, stopActions, type RequestSeen } from '../desks/stop-desk';
import type { LedgerAccount } from '../ledger/ledger-files';
import { ledgerEnvironment, runProgram } from '../program';
import { holds, until } from '../step';
import { holdsStopped, matchedOrder, requestIn } from './answers';
import type { FirstStops } from './ordering';
import type { Scene } from './scene';

/** Restarts police and banks in another hour. */
async function moveClock({ system }: Scene, offset: string): Promise<void> {
  await Promise.all((['police', 'banks'] as const).map((app) => system.supervisor.restart(app, { CLOCK_OFFSET: offset })));
}

/** The second stop at +47 hours, and what ends at +49. */
export async function hours(scene: Scene, opened: CaseSeen, stops: FirstStops): Promise<RequestSeen> {
  const second = await secondStop(scene, opened, stops);
  await expiry(scene, stops, second);
  return second;
}

function secondStop(scene: Scene, opened: CaseSeen, stops: FirstStops): Promise<RequestSeen> {
  const { story, as, cast } = scene;
  return story.step('The clock is moved to +47 h: the second stop of an account; a third is refused', async () => {
    const seen = await findCase(as('officer.chaoyang'), opened.id);
    holds(seen !== null, 'the case is there');
    const signed = await moveCase(as('officer.chaoyang'), caseActions.signForm, seen, { applicationForm: { signedAt: new Date().toISOString() }, liabilityDeclared: true });
    holds(signed.formState === 'SIGNED', `the form is signed in time, found ${signed.formState}`);
    await moveClock(scene, '47h');

    const running = await requestIn(scene, 'STOPPED', stops.byHand.id);
    const batch = await take(as('officer.chaoyang'), stopActions.secondStop, { requestId: running.id, version: running.version, reason: '仍在侦查，资金去向未查清。' });
    const [again] = batch.requests;
    holds(again?.ordinal === 2, `the second of two, found ${again?.ordinal}`);
    await take(as('leader.chaoyang'), stopActions.approve, { batchId: batch.id, version: batch.version });
    await execute(as('liaison.b002'), await claim(as('liaison.b002'), await matchedOrder(scene, 'liaison.b002', again.id)));
    const second = await requestIn(scene, 'STOPPED', again.id);
    holdsStopped(second, { balance: cast.payments.byHand.fen });
    const third = await refused(as('officer.chaoyang'), stopActions.secondStop, { requestId: second.id, version: second.version, reason: '第三次' });
    holds(third.includes('THIRD_STOP'), `a third stop is refused, found ${third.join()}`);
    return { told: [`second stop of …${second.accountLastFour}: ${second.startedAt?.toISOString()} to ${second.expiresAt?.toISOString()}; a third: ${third.join()}`], found: second };
  });
}

function expiry(scene: Scene, stops: FirstStops, second: RequestSeen): Promise<void> {
  const { story, as, cast } = scene;
  const { fast, byHand } = cast.payments;
  return story.step('The clock passes 48 h: stops end on both sides, the banks confirm; an account opens unless another stop holds it', async () => {
    const before = await withdraw(scene, fast.to, 'before');
    holds(before.includes('refused: HELD'), `a withdrawal from a stopped account is refused, found: ${before}`);
    await moveClock(scene, '49h');

    const ended = await requestIn(scene, 'EXPIRED', stops.fast.id);
    const order = await findOrder(as('liaison.b001'), stops.fast.id);
    holds(order?.state === 'EXPIRED' && ended.releaseConfirmedAt !== null, `EXPIRED on both sides and confirmed, found ${ended.state} and ${order?.state}`);
    const after = await withdraw(scene, fast.to, 'after');
    holds(after.includes('paid'), `a withdrawal is possible again, found: ${after}`);

    const first = await requestIn(scene, 'EXPIRED', stops.byHand.id);
    const still = await findRequest(as('officer.chaoyang'), second.id);
    holds(first.stillStopped === true && still?.state === 'STOPPED', `the second stop still holds: stillStopped ${String(first.stillStopped)}, ${still?.state}`);
    const held = await withdraw(scene, byHand.to, 'stacked');
    holds(held.includes('refused: HELD'), `the account with a second stop stays closed, found: ${held}`);
    const shared = await until('the stop by the other unit has ended too', () => requestIn(scene, 'EXPIRED', stops.shared.id));
    return {
      told: [
        `…${ended.accountLastFour}: before: ${before.trim()}; ${ended.state} on both sides, confirmed ${ended.releaseConfirmedAt.toISOString()}; after: ${after.trim()}`,
        `…${first.accountLastFour}: ${first.state}, still stopped by the second stop: ${held.trim()}; …${shared.accountLastFour}: ${shared.state}`,
      ],
      found: undefined,
    };
  });
}

/** A withdrawal at a cash machine, through the ledger's own program. */
async function withdraw({ system }: Scene, { institution, number }: LedgerAccount, reference: string): Promise<string> {
  const args = ['--institution', institution, '--number', number, '--amount', '100.00', '--reference', `story:${reference}`];
  const { output } = await runProgram('apps/banks', 'core-banking/ledger-withdraw', { args, env: ledgerEnvironment(system) });
  return output;
}

