import { take } from '../action';
import type { CaseSeen } from '../desks/case-desk';
import { findRequest, stopActions, type RequestSeen } from '../desks/stop-desk';
import { yuan } from '../ledger/ledger-files';
import { lookInside } from '../look-inside';
import { holds, seconds } from '../step';
import { holdsStopped, requestIn } from './answers';
import { cny } from './opening';
import type { Scene } from './scene';

/** The banks' process is killed; an order approved meanwhile is carried out once. */
export function faults(scene: Scene, opened: CaseSeen): Promise<RequestSeen> {
  const { story, system, as, cast } = scene;
  return story.step('The banks are killed (-9); an order is approved meanwhile; the banks come back and carry it out once', async () => {
    const { to, fen, at } = cast.latePayment;
    const payee = { kind: 'BANK_CARD', accountNumber: to.number, holderName: to.holderName, amount: yuan(fen), transferredAt: at.toISOString() };
    const batch = await take(as('officer.chaoyang'), stopActions.propose, { caseId: opened.id, reason: '新发现的收款账户。', items: [{ payee }] });
    const id = batch.requests[0]?.id ?? '';

    system.supervisor.kill('banks');
    const began = performance.now();
    await take(as('leader.chaoyang'), stopActions.approve, { batchId: batch.id, version: batch.version });
    const meanwhile = await findRequest(as('officer.chaoyang'), id);
    holds(meanwhile?.state === 'ORDERED', `the order waits signed in the outbox, found ${meanwhile?.state}`);
    const { data, errors } = await as('officer.chaoyang').ask('query Page($id: ID!) { stopPaymentRequest(id: $id) { state order { state } } }', { id });
    const code = errors?.[0]?.extensions?.code ?? 'no error';
    holds(JSON.stringify(data) === '{"stopPaymentRequest":{"state":"ORDERED","order":null}}', `the police's part of a page is there without the banks, found ${JSON.stringify(data)}`);

    await system.supervisor.untilReady('banks');
    const stopped = await requestIn(scene, 'STOPPED', id);
    holdsStopped(stopped, { balance: fen });
    const [holdsOfOrder] = await lookInside<{ count: number }>(system, 'banks', 'select count(*)::int as count from ledger.hold where order_id = $1', [id]);
    const [records] = await lookInside<{ count: number }>(system, 'banks', "select count(*)::int as count from transition where thing_id = $1 and action = 'RECORD_STOP'", [id]);
    holds(holdsOfOrder?.count === 1 && records?.count === 1, `one hold and one record, found ${holdsOfOrder?.count} and ${records?.count}`);
    return {
      told: [
        `while the banks were down: ${meanwhile.state}; the page shows the police's part, the bank's is null (${code})`,
        `${seconds(performance.now() - began)} after the kill: STOPPED, ${cny(stopped.held ?? 0)} held; in the ledger 1 hold, in the record 1 stop`,
      ],
      found: stopped,
    };
  });
}
