import type { Database } from '@lianfang/database';
import { clockCaller, type Agency } from '@lianfang/vocabulary';
import type { EntityManager } from 'typeorm';

/** One line of the status: so many of something, since when, and why. */
export interface StatusLine {
  readonly what: string;
  readonly partner: string;
  readonly count: number;
  /** The oldest of them, by the agency's clock. */
  readonly since: Date;
  /** Why it waits: a class of errors, a number of attempts, an id to act on. Never content. */
  readonly why: string;
}

/** What waits in an agency's exchange, why and since when; empty when nothing does. `now` is the hour of the agency's clock, which may be a moved one. */
export async function exchangeStatus(database: Database, { agency, now }: { agency: Agency; now: Date }): Promise<StatusLine[]> {
  return database.asCaller(clockCaller(agency), async (manager) => [
    ...(await waitingToLeave(manager)),
    ...(await withoutReceipt(manager, now)),
    ...(await receiptNotNoted(manager)),
    ...(await waitingForHandling(manager)),
    ...(await parked(manager)),
    ...(await overdue(manager, now)),
  ]);
}

const waitingToLeave = (manager: EntityManager): Promise<StatusLine[]> =>
  lines(
    manager,
    `select case when urgent then 'waits to leave, urgent' else 'waits to leave' end as what, partner, count(*) as count, min(created_at) as since,
            case when partner in (select partner from outbox_chain) then 'next in line' else 'the directory names no exchange of this agency' end as why
     from outbox_message where dispatch_id is null group by partner, urgent order by partner, urgent desc`,
  );

/** Pauses and failures are counted in real time, whatever hour the agency has: the difference between the two makes it the agency's. */
const withoutReceipt = (manager: EntityManager, now: Date): Promise<StatusLine[]> =>
  lines(
    manager,
    `select 'has left, no receipt' as what, partner, last_seq - first_seq + 1 as count, coalesce(failing_since + ($1::timestamptz - now()), created_at) as since,
            concat_ws(', ', coalesce(last_error, 'on its way'), attempts || ' attempts', 'from number ' || first_seq) as why
     from outbox_dispatch where receipt is null or repeat order by partner, first_seq`,
    [now],
  );

const receiptNotNoted = (manager: EntityManager): Promise<StatusLine[]> =>
  lines(
    manager,
    `select 'receipt not noted' as what, partner, count(*) as count, min(receipted_at) as since, 'the app does not take the receipt; see its log' as why
     from outbox_dispatch where receipt is not null and noted_at is null group by partner order by partner`,
  );

const waitingForHandling = (manager: EntityManager): Promise<StatusLine[]> =>
  lines(
    manager,
    `select 'received, not handled' as what, partner, count(*) as count, min(created_at) as since,
            coalesce('fails: ' || max(last_error) || ', ' || max(attempts) || ' attempts', 'next in line, or behind an earlier message of its subject') as why
     from inbox_message where handled_at is null and parked_at is null group by partner, last_error is null order by partner`,
  );

const parked = (manager: EntityManager): Promise<StatusLine[]> =>
  lines(
    manager,
    `select 'parked' as what, partner, 1 as count, parked_at as since, concat_ws(', ', parking, last_error, type, id) as why
     from inbox_message where parked_at is not null order by parked_at`,
  );

const overdue = (manager: EntityManager, now: Date): Promise<StatusLine[]> =>
  lines(
    manager,
    `select 'deadline overdue' as what, thing || '.' || action as partner, count(*) as count, min(due_at) as since,
            coalesce('fails: ' || max(last_error) || ', ' || max(attempts) || ' attempts', 'the clock is behind') as why
     from deadline where due_at <= $1::timestamptz - interval '5 seconds' and fired_at is null and cancelled_at is null
     group by thing, action order by min(due_at)`,
    [now],
  );

async function lines(manager: EntityManager, statement: string, parameters: unknown[] = []): Promise<StatusLine[]> {
  const rows = await manager.query<(Omit<StatusLine, 'count'> & { count: string | number })[]>(statement, parameters);
  return rows.map((row) => ({ ...row, count: Number(row.count) }));
}

/** The status as a table of text, for `npm run exchange:status`; ages are counted to `now`, the hour of the agency's clock. */
export function statusTable(agency: Agency, status: readonly StatusLine[], now: Date): string {
  const heading = `${agency}, where it is ${now.toISOString()}:`;
  if (status.length === 0) return `${heading} nothing waits`;
  const cells = status.map(({ what, partner, count, since, why }) => [what, partner, String(count), since.toISOString(), ageOf(now.getTime() - since.getTime()), why]);
  const rows = [['what', 'partner', 'count', 'since (UTC)', 'age', 'why'], ...cells];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return [heading, ...rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd())].join('\n');
}

const spans = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
] as const;

/** An age in its largest whole unit, as in `49 h` or `12 s`: hours up to three days, because a hold lasts 48. */
function ageOf(milliseconds: number): string {
  const [span, unit] = spans.find(([length, name]) => milliseconds >= (name === 'd' ? 3 * length : length)) ?? [1_000, 's'];
  return `${Math.max(0, Math.floor(milliseconds / span))} ${unit}`;
}
