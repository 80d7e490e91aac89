import type { System } from '@lianfang/setup';
import { lookInside } from '../look-inside';
import { holds } from '../step';

/** What both sides must have written about one order that was stopped and released: each step once, whatever crashed. */
const life = {
  police: ['PROPOSE', 'APPROVE', 'DELIVER', 'STOP', 'ORDER_RELEASE', 'RELEASE'],
  banks: ['RECEIVE', 'BEGIN_EXECUTION', 'RECORD_STOP', 'BEGIN_RELEASE', 'RECORD_RELEASE'],
} as const;

/** Counts in the ledger and in both records. Throws at the first thing that is lost or doubled. */
export async function checkOnce(system: System, orderId: string): Promise<void> {
  const holdsPlaced = await lookInside<{ held: string; ended: boolean }>(system, 'banks', 'select held, ended_at is not null as ended from ledger.hold where order_id = $1', [orderId]);
  holds(holdsPlaced.length === 1 && holdsPlaced[0]?.ended === true, `the ledger has placed one hold and ended it, found ${JSON.stringify(holdsPlaced)}`);
  for (const app of ['police', 'banks'] as const) {
    const rows = await lookInside<{ action: string }>(system, app, 'select action from transition where thing_id = $1 order by version', [orderId]);
    const taken = rows.map(({ action }) => action);
    // The receipt may arrive after the answer itself; then the request was never seen as merely received.
    const expected = life[app].filter((action) => action !== 'DELIVER' || taken.includes('DELIVER'));
    holds(taken.join() === expected.join(), `${app} took each step once and in order (${expected.join()}), found ${taken.join()}`);
    const entries = await lookInside<{ count: string }>(system, app, `select count(*) from audit_entry where thing_id = $1 and kind = 'TRANSITION'`, [orderId]);
    holds(Number(entries[0]?.count) === taken.length, `${app} has one audit entry per step, found ${entries[0]?.count} for ${taken.length}`);
  }
  const messages = await lookInside<{ type: string }>(system, 'police', 'select type from outbox_message where subject = $1 order by seq', [orderId]);
  const answers = await lookInside<{ type: string }>(system, 'banks', 'select type from outbox_message where subject = $1 order by seq', [orderId]);
  holds(messages.map(({ type }) => type).join() === 'stop-payment.ordered.v1,stop-payment.release-ordered.v1', `the police sent an order and a release, found ${messages.map(({ type }) => type).join()}`);
  holds(answers.map(({ type }) => type).join() === 'stop-payment.stopped.v1,stop-payment.released.v1', `the banks answered each once, found ${answers.map(({ type }) => type).join()}`);
}
