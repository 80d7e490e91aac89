import { Loop } from './loop';
import type { Party } from './party';
import type { Process } from './process';
import type { InboxRow, Job, JobState, Message } from './side-database';

/** Carries a message of the police into the bank's records. The stub trusts the exchange: it takes whatever it is given for an order, and has no protection of its own against a message that comes twice or too early. */
export function carryToBank(party: Party, { message }: InboxRow): void {
  return message.kind === 'RELEASE_ORDERED' ? receiveRelease(party, message) : receiveOrder(party, message);
}

function receiveOrder({ database, world }: Party, order: Message): void {
  const before = database.jobs.filter((job) => job.order.id === order.id).length;
  database.jobs.push({ id: `${order.id}#${before + 1}`, order, state: 'RECEIVED', begunAt: 0, isReleaseOrdered: false, dueAt: world.now });
}

function receiveRelease(party: Party, { subject }: Message): void {
  const { database, world } = party;
  const jobs = database.jobs.filter(({ order }) => order.subject === subject);
  if (jobs.length === 0) return world.ledger.violate('I4', `the bank handled the release of ${subject} before its hold`);
  for (const job of jobs) {
    if (job.state === 'RECEIVED') endUnbegun(party, job, 'WITHDRAWING');
    else if (job.state === 'EXECUTING') job.isReleaseOrdered = true;
    else if (job.state === 'STOPPED') Object.assign(job, { state: 'RELEASING', dueAt: world.now });
  }
}

/** Withdrawn, or not begun in time: the core system is asked before it is answered, for a restored bank may have forgotten a hold. */
function endUnbegun(party: Party, job: Job, state: 'WITHDRAWING' | 'LAPSING'): void {
  if (!party.world.rules.asksBeforeDeclining) return decline(party, job);
  Object.assign(job, { state, dueAt: party.world.now });
}

function decline(party: Party, job: Job): void {
  job.state = 'NOT_EXECUTED';
  party.post('NOT_EXECUTED', job.order);
}

const open: readonly JobState[] = ['RECEIVED', 'EXECUTING', 'WITHDRAWING', 'LAPSING', 'RELEASING'];

/** The bank's machine: two transactions around each call of the core system, which is called again after a crash or a silence. */
export function bankLoop(process: Process): Loop {
  const { party } = process;
  const { world } = party;
  const waiting = (): Job[] => party.database.jobs.filter(({ state }) => open.includes(state));
  const dueAt = (): number => waiting().reduce((due, job) => Math.min(due, job.dueAt), Infinity);
  const step = (end: (ended: 'DONE' | 'FAILED') => void): void => {
    const job = waiting().find((one) => one.dueAt <= world.now);
    if (!job) return end('DONE');
    const outcome = { then: () => (party.changed(), end('DONE')), undone: () => (party.changed(), end('FAILED')) };
    if (job.state === 'RECEIVED') return process.transaction('begin-execution', () => beginExecution(party, job), outcome);
    const { state, isReleaseOrdered } = job;
    const isHeld = callCore(party, job, isReleaseOrdered);
    const fault = world.fault('core', party.side);
    if (fault?.kind === 'DIES') return process.die(world.lasts(fault, { least: 20, most: 120_000 }));
    if (fault?.kind === 'SILENT') {
      job.dueAt = world.now + 1_000;
      return end('DONE');
    }
    process.transaction('record-execution', () => record(party, { job, state, isHeld, isReleaseOrdered }), outcome);
  };
  return new Loop(process, { dueAt, step, poll: 50 });
}

function beginExecution(party: Party, job: Job): void {
  if (job.state !== 'RECEIVED') return;
  if (!party.world.rules.mayBegin(job.order.validUntil, party.clock)) return endUnbegun(party, job, 'LAPSING');
  Object.assign(job, { state: 'EXECUTING', begunAt: party.clock });
}

/** One call, safe to repeat. Only what is being executed is held; a job whose release came meanwhile is released instead. Returns whether the core system had held. */
function callCore({ world }: Party, job: Job, isReleaseOrdered: boolean): boolean {
  const { ledger } = world;
  const holds = job.state === 'EXECUTING' && !isReleaseOrdered;
  world.say(() => `the core system ${holds ? 'holds' : 'releases'} ${job.order.subject}`);
  if (holds) return ledger.hold(job.id, job.order.subject, job.begunAt);
  ledger.release(job.id, world.now);
  return ledger.holds.has(job.id);
}

interface CoreOutcome {
  readonly job: Job;
  /** The state in which the core system was called. */
  readonly state: JobState;
  readonly isHeld: boolean;
  readonly isReleaseOrdered: boolean;
}

/** Another hand may have moved the job meanwhile: then nothing is recorded. */
function record(party: Party, { job, state, isHeld, isReleaseOrdered }: CoreOutcome): void {
  if (job.state !== state) return;
  if (state === 'RELEASING') {
    job.state = 'RELEASED';
    return void party.post('RELEASED', job.order);
  }
  if (!isHeld) return decline(party, job);
  party.post('STOPPED', job.order);
  if (state !== 'EXECUTING') party.world.ledger.count('a forgotten hold ended');
  const isEnding = state !== 'EXECUTING' || isReleaseOrdered || job.isReleaseOrdered;
  Object.assign(job, { state: isEnding ? 'RELEASING' : 'STOPPED', dueAt: party.world.now });
}
