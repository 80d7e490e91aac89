import { chinaYear } from '@lianfang/vocabulary';
import { take } from '../action';
import { caseActions, moveCase, type CaseSeen } from '../desks/case-desk';
import { findRequest, stopActions, type BatchSeen } from '../desks/stop-desk';
import { personInput, transferInput } from '../reports';
import { answerOrders, chase, untilAnswered } from './answer-orders';
import { keyOf, kinds } from './plan';
import type { Desk, World } from './world';
import type { PlannedVictim } from './world-ledger';

const REASON = '被害人转出的资金，请紧急止付。';

/** What one case is worked on with. */
export interface CaseWork extends PlannedVictim {
  readonly world: World;
  /** The hour of the clock, for document numbers. */
  readonly at: Date;
  /** The case into which merged ones go; empty until it is there. */
  readonly carriesOn: string;
}

/** Brings one case to where its plan wants it; every step looks at what is there before it acts. */
export async function workOnCase(work: CaseWork): Promise<CaseSeen> {
  const { plan, world, at, carriesOn } = work;
  const desk = world.deskOf(plan.unit);
  const reported = await report(work, desk);
  if (plan.decision === 'REPORTED') return reported;
  const accepted = reported.state === 'REPORTED' ? await moveCase(desk.officer, caseActions.accept, reported, { ...keyOf(plan.number, 'accept'), receipt: plan.lane === 'PHONE' ? 'UNREACHABLE' : 'HANDED_OVER' }) : reported;
  if (plan.stops !== 'NONE' && accepted.state === 'ACCEPTED') await stop(work, desk, accepted);
  if (accepted.state !== 'ACCEPTED') return accepted;
  const documentNumber = `虚公（刑）立字〔${chinaYear(at)}〕${100 + plan.number}号`;
  const reason = '演示：经核实作出决定。';
  if (plan.decision === 'VERIFYING') await moveCase(desk.leader, caseActions.verify, accepted, { ...keyOf(plan.number, 'verify'), reason });
  if (plan.decision === 'CASE_OPENED') await moveCase(desk.leader, caseActions.open, accepted, { ...keyOf(plan.number, 'open'), documentNumber });
  if (plan.decision === 'NOT_OPENED') await moveCase(desk.leader, caseActions.doNotOpen, accepted, { ...keyOf(plan.number, 'do-not-open'), documentNumber, reason });
  if (plan.decision === 'MERGED') await moveCase(desk.leader, caseActions.merge, accepted, { ...keyOf(plan.number, 'merge'), intoCaseId: carriesOn, reason });
  return accepted;
}

function report({ plan, victim, payments, at }: CaseWork, { intake }: Desk): Promise<CaseSeen> {
  const number = String(plan.number).padStart(4, '0');
  const lane =
    plan.lane === 'PHONE'
      ? { reportChannel: 'HOTLINE_110', incidentNumber: `J-DEMO-${number}`, recordingNumber: `R-${number}`, idReadOut: true }
      : { reportChannel: 'POLICE_STATION', applicationForm: { signedAt: new Date(at.getTime() - 300_000).toISOString() }, liabilityDeclared: true };
  return take(intake, caseActions.report, {
    ...keyOf(plan.number, 'report'),
    ...lane,
    ...kinds[plan.kind],
    reporter: personInput(victim),
    transfers: payments.map((payment) => transferInput(payment, victim.account)),
  });
}

async function stop(work: CaseWork, desk: Desk, { id, transfers }: CaseSeen): Promise<void> {
  const { plan, world } = work;
  const proposed = await take(desk.officer, stopActions.propose, { ...keyOf(plan.number, 'propose'), caseId: id, reason: REASON, items: transfers.map((transfer) => ({ transferId: transfer.id })) });
  const batch = proposed.decision === null ? await decide(work, desk, proposed) : proposed;
  if (plan.stops !== 'ORDERED') return;
  await answerOrders(world, { plan, requests: batch.requests });
  if (plan.chases) await chase(world, desk, { plan, batch });
  if (plan.releases) await release(work, desk, batch);
}

async function decide({ plan, at }: CaseWork, { officer, leader }: Desk, batch: BatchSeen): Promise<BatchSeen> {
  const input = { batchId: batch.id, version: batch.version };
  if (plan.stops === 'RETURNED') return take(leader, stopActions.returnBatch, { ...keyOf(plan.number, 'return'), ...input, reason: '请补充被害人陈述。' });
  if (plan.stops === 'ORDERED') return take(leader, stopActions.approve, { ...keyOf(plan.number, 'approve'), ...input, legalDocumentNumber: `虚公（刑）止字〔${chinaYear(at)}〕${100 + plan.number}号` });
  const [first] = batch.requests;
  if (plan.stops === 'CANCELLED' && first?.state === 'PROPOSED') await take(officer, stopActions.cancel, { ...keyOf(plan.number, 'cancel'), requestId: first.id, version: first.version, reason: '账号录入有误。' });
  return batch;
}

async function release({ plan }: CaseWork, desk: Desk, { requests }: BatchSeen): Promise<void> {
  const { leader, officer } = desk;
  await untilAnswered(desk, requests);
  for (const { id } of requests) {
    const request = await findRequest(officer, id);
    if (request?.state === 'STOPPED') await take(leader, stopActions.release, { ...keyOf(plan.number, `release:${id}`), requestId: id, version: request.version, reason: 'UNRELATED' });
  }
}
