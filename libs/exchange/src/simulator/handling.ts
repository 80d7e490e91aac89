import { Loop } from './loop';
import type { Process } from './process';
import { admission } from './admission-table';
import type { ParkingReason } from '../inbox/admission';
import type { InboxRow } from './side-database';

type End = (ended: 'DONE' | 'FAILED') => void;

/** What carrying out a message does to the agency's own records. */
export type Carry = (row: InboxRow) => void;

/** A message that was not handled, and why; without a reason its handler failed. */
interface NotHandled {
  readonly seq: number;
  readonly reason: ParkingReason | null;
}

/** The handling of a partner's messages as `handleNext`. */
export function handlingLoop(process: Process, carryOut: Carry): Loop {
  const { party } = process;
  const { world } = party;
  const select = (limit: number): InboxRow[] => world.rules.nextToHandle(party.database.inbox, { at: world.now, limit });
  const dueAt = (): number => world.rules.nextToHandle(party.database.inbox, { at: Infinity, limit: Infinity }).reduce((due, { retryAt }) => Math.min(due, retryAt), Infinity);

  const run = (size: number, end: End): void => {
    let rows: InboxRow[] = [];
    const body = (): NotHandled[] => {
      rows = select(size);
      return rows.flatMap((row) => handleOne(process, row, carryOut));
    };
    const failed = (): void => {
      const touched = rows.length > 0 ? rows : select(size);
      party.changed();
      if (touched.length === 1) return record(process, touched.map(({ seq }) => ({ seq, reason: null })), end);
      return size === 1 ? end('DONE') : run(1, end);
    };
    process.transaction('handle', body, { then: (outcomes) => (party.changed(), record(process, outcomes, end)), undone: failed });
  };
  return new Loop(process, { dueAt, step: (end) => run(world.plan.runSize, end), poll: 50 });
}

/** One message under its savepoint. */
function handleOne(process: Process, row: InboxRow, carryOut: Carry): NotHandled[] {
  const { party } = process;
  const { world, side } = party;
  const { message } = row;
  const parking = admission(message, { from: party.partner, to: side, admit: world.rules.admit });
  if (parking !== null) return [{ seq: row.seq, reason: parking }];
  if (world.isFault('handler', side, 'THROWS')) {
    world.say(() => `${process.name}: the handler of ${message.kind} ${message.subject} fails`);
    return [{ seq: row.seq, reason: null }];
  }
  const effect = (): void => {
    world.say(() => `${process.name} handles ${message.kind} ${message.subject}`);
    carryOut(row);
    party.changed();
  };
  const mark = (): void => {
    row.isHandled = true;
    party.changed();
  };
  const order = { WITH_EFFECT: [[effect, mark]], BEFORE_EFFECT: [[mark], [effect]], AFTER_EFFECT: [[effect], [mark]] }[world.rules.marksHandled];
  const [first = [], second] = order;
  for (const write of first) write();
  if (second) process.after(1, () => process.transaction('record-outcome', () => second.forEach((write) => write()), { then: () => undefined, undone: () => undefined }));
  return [];
}

/** Writes down what was not handled, each in its own transaction. */
function record(process: Process, [outcome, ...rest]: NotHandled[], end: End): void {
  const { party } = process;
  const { world } = party;
  if (!outcome) return end('DONE');
  const work = (): void => {
    const row = party.database.inbox.find(({ seq }) => seq === outcome.seq);
    if (!row || row.isHandled) return;
    const { attempts, pause, parking } = world.rules.afterFailure({ attempts: row.attempts, reason: outcome.reason }, { limit: world.plan.attempts, chance: process.random.fraction() });
    Object.assign(row, { attempts, retryAt: world.now + pause, parking, isParked: parking !== null });
    if (parking) world.ledger.count(`parked: ${parking}`);
    if (parking) world.say(() => `${process.name} parks ${row.message.kind} ${row.subject}: ${parking}`);
  };
  process.transaction('record-outcome', work, { then: () => (party.changed(), record(process, rest, end)), undone: () => (party.changed(), end('FAILED')) });
}
