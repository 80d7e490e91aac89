import { z } from 'zod';
import { lookInside } from '../look-inside';
import type { Session } from '../session';
import { holds } from '../step';
import type { FirstStops } from './ordering';
import type { Scene } from './scene';

/** Looks at what a bank holds, asked through the gateway as a client would: the number that was ordered, and that of the account which the bank opened. */
const query = `query Look($id: ID!, $caseId: ID!) { stopPaymentRequest(id: $id) {
  order { accountNumber { full(task: STOP_PAYMENT, caseId: $caseId) } } bankAccount { number { full(task: STOP_PAYMENT, caseId: $caseId) } } } }`;
const value = z.object({ full: z.string().nullable() });
const answer = z.object({ order: z.object({ accountNumber: value }), bankAccount: z.object({ number: value }) });

/** Police look at a bank's value, through the gateway: the bank's own trail records who looked, and for which agency. */
export function looks({ story, system, as }: Scene, opened: { readonly id: string }, stops: FirstStops): Promise<void> {
  return story.step('The officer looks at the number of an account in the bank’s own record: shown for the open stop, recorded in the bank’s trail', async () => {
    const { id, accountLastFour } = stops.fast;
    const shown = await lookAt(as('officer.chaoyang'), { id, caseId: opened.id });
    const second = await lookAt(as('officer.chaoyang-second'), { id, caseId: opened.id });
    const sql = `select agency, actor_agency, body from audit_entry where kind = 'LOOK' and actor_agency = 'police' order by at, id`;
    const recorded = await lookInside<{ agency: string; actor_agency: string; body: string }>(system, 'banks', sql);
    holds(shown.length === 2 && shown.every((number) => number?.endsWith(accountLastFour)), `both numbers are shown and end in ${accountLastFour}`);
    holds(second.every((number) => number === null), 'another unit of the region has no task on the case and is shown neither');
    holds(recorded.length === 2, `both looks stand in the banks' trail, found ${recorded.length}`);
    holds(recorded.every(({ agency, actor_agency: actor }) => agency === 'banks' && actor === 'police'), 'the trail is the banks’, who looked is of the police');
    holds(recorded.every(({ body }) => !shown.some((number) => number !== null && body.includes(number))), 'the record does not contain the number itself');
    return { told: [`order and account of …${accountLastFour}: both numbers shown; two LOOKs in the banks' trail, by the police; another unit of the region: null`], found: undefined };
  });
}

async function lookAt(session: Session, variables: { readonly id: string; readonly caseId: string }): Promise<(string | null)[]> {
  const { order, bankAccount } = answer.parse((await session.read(query, variables))['stopPaymentRequest']);
  return [order.accountNumber.full, bankAccount.number.full];
}
