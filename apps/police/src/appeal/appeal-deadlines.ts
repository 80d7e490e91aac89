import type { DeadlineHandlers } from '@lianfang/exchange';
import { actionsIn, type Clock } from '@lianfang/vocabulary';
import { giveNotice } from '../notice/give-notice.actions';
import { line } from '../notice/notice-line';
import { Appeal } from './appeal.entity';
import { appealLifecycle } from './appeal.lifecycle';

/** The clock of an appeal, as the deadline table names it. */
export const appealDeadline = { thing: 'appeal', action: 'TELL_OVERDUE' } as const;

/** At its due time an undecided appeal is told to its unit; it stays open until a person decides. @law DL-26 */
export const appealDeadlines = (clock: Clock): DeadlineHandlers => ({
  [`${appealDeadline.thing}.${appealDeadline.action}`]: async (manager, { thingId }) => {
    const appeal = await manager.findOneByOrFail(Appeal, { id: thingId });
    if (actionsIn(appealLifecycle, appeal.state).length === 0) return;
    const now = clock.now();
    const { unitCode, regionCode, caseId, requestId, number } = appeal;
    await giveNotice(manager, { kind: 'APPEAL_OVERDUE', audience: 'UNIT', unitCode, regionCode, caseId, requestId, lines: [line('APPEAL_OVERDUE', { number })], deliverAfter: now, now });
  },
});
