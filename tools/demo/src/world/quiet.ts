import type { AgencyApp, System } from '@lianfang/setup';
import { lookInside } from '../look-inside';
import { until } from '../step';

const undelivered = 'select count(*)::int as open from outbox_message message left join outbox_dispatch dispatch on dispatch.id = message.dispatch_id where dispatch.noted_at is null';
const unhandled = 'select count(*)::int as open from inbox_message where handled_at is null and parked_at is null';
/** Only B001 executes by itself; what waits for a liaison elsewhere may wait. */
const unexecuted = `select count(*)::int as open from stop_payment_order where state in ('EXECUTING', 'WITHDRAWING', 'LAPSING', 'RELEASING') or (institution = 'B001' and state = 'RECEIVED')`;

/** Waits until nothing is under way between police and banks: every message delivered and handled, every machine's work done. */
export async function untilQuiet(system: System): Promise<void> {
  const isDone = async (app: AgencyApp, ...counts: readonly string[]): Promise<boolean> => {
    const [found] = await lookInside<{ open: number }>(system, app, `select ${counts.map((count) => `(${count})`).join(' + ')} as open`);
    return found?.open === 0;
  };
  await until('police and banks have heard everything of each other', async () => (await isDone('police', undelivered, unhandled)) && isDone('banks', undelivered, unhandled, unexecuted));
}
