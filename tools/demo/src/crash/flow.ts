import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { z } from 'zod';
import { attempt, type Action, type ActionInput } from '../action';
import { findOrder } from '../desks/bank-desk';
import { caseActions, type CaseSeen } from '../desks/case-desk';
import { findRequest, stopActions, type RequestSeen } from '../desks/stop-desk';
import type { LedgerAccount } from '../ledger/ledger-files';
import { personInput, transferInput } from '../reports';
import type { Session } from '../session';
import { holds, until } from '../step';
import { inventPerson } from '@lianfang/testing';

/** The people of the flow. */
export interface People {
  readonly officer: Session;
  readonly leader: Session;
  readonly liaison: Session;
}

/** A victim's payment into one account. */
export interface Payment {
  readonly to: LedgerAccount;
  readonly fen: number;
  readonly at: Date;
}

/** Codes of an answer that says nothing about the outcome: the same submission is sent again, with its key. */
const unsettled: readonly string[] = ['SUBGRAPH_UNAVAILABLE', 'UNAVAILABLE', 'TIMEOUT', 'INTERNAL', 'NO_CODE'];

/** Longest time that a person keeps trying, in milliseconds. */
const PATIENCE = 60_000;

/** Sends one submission until it is answered, as a portal does: the key makes it happen once. Throws when it is refused. */
export async function insist<Shape extends z.ZodType>(session: Session, action: Action<Shape>, input: ActionInput): Promise<z.output<Shape>> {
  const submission = { idempotencyKey: randomUUID(), ...input };
  const end = Date.now() + PATIENCE;
  for (;;) {
    const outcome = await attempt(session, action, submission).catch((error: unknown) => ({ refusals: [{ code: 'NO_CODE', path: null, sentence: String(error) }] }));
    if ('thing' in outcome) return action.shape.parse(outcome.thing);
    const told = outcome.refusals.map(({ code, sentence }) => `${code} ${sentence}`).join('; ');
    holds(outcome.refusals.every(({ code }) => unsettled.includes(code)), `${session.username} may ${action.mutation}, found ${told}`);
    holds(Date.now() < end, `${action.mutation} is answered within ${PATIENCE / 1000} s, found ${told}`);
    await pause(200);
  }
}

/** A case with one payment, accepted. */
export async function openCase({ officer }: People, payment: Payment, seed: number): Promise<CaseSeen> {
  const victim = inventPerson(seed, 'B003');
  const report = {
    reportChannel: 'POLICE_STATION', reporter: personInput(victim), deceived: personInput(victim), payer: personInput(victim),
    channel: 'NETWORK', vector: 'FAKE_WEBSITE', crimeType: 'T02', narrative: '冒充客服，以退款为名诱骗转账。',
    transfers: [transferInput(payment, victim.account)],
    applicationForm: { sha256: seed.toString(16).padStart(64, '0'), signedAt: new Date().toISOString() },
    liabilityDeclared: true,
  };
  const reported = await insist(officer, caseActions.report, report);
  return insist(officer, caseActions.accept, { caseId: reported.id, version: reported.version, receipt: 'HANDED_OVER' });
}

/** The whole flow of one order: proposed, approved, stopped straight through, released, confirmed. `whileUnderWay` runs right after the approval. */
export async function stopAndRelease({ officer, leader, liaison }: People, opened: CaseSeen, whileUnderWay: () => Promise<void>): Promise<RequestSeen> {
  const proposed = await insist(officer, stopActions.propose, { caseId: opened.id, reason: '紧急止付。', items: opened.transfers.map(({ id }) => ({ transferId: id })) });
  const approved = await insist(leader, stopActions.approve, { batchId: proposed.id, version: proposed.version, legalDocumentNumber: `演公(刑)止字〔${new Date().getFullYear()}〕${Number.parseInt(randomUUID().slice(0, 6), 16)}号` });
  const id = approved.requests[0]?.id;
  holds(id !== undefined, 'the batch has its request');
  await whileUnderWay();
  const stopped = await until('the request is stopped', async () => inState(await findRequest(officer, id), 'STOPPED'), PATIENCE);
  await insist(leader, stopActions.release, { requestId: id, version: stopped.version, reason: 'ERROR' });
  await until('the order is released at the bank', async () => (await findOrder(liaison, id))?.state === 'RELEASED', PATIENCE);
  return until('the release is confirmed to the police', async () => inState(await findRequest(officer, id), 'RELEASED'), PATIENCE);
}

const inState = (request: RequestSeen | null, state: string): RequestSeen | null => (request?.state === state ? request : null);
