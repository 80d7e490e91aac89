import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { attempt, caseActions, holds, Session, stopActions, type Action, type ActionInput, type Addresses, type Answer, type CaseSeen } from '@lianfang/demo';
import { z } from 'zod';
import type { ClientLedger } from '../ledgers/client-ledger';

/** Codes of an answer that says nothing about the outcome: the same submission is sent again, with its key. */
const unsettled: readonly string[] = ['SUBGRAPH_UNAVAILABLE', 'UNAVAILABLE', 'TOO_MANY_REQUESTS', 'TIMEOUT', 'INTERNAL', 'NO_CODE'];

/** Longest time that a person keeps trying, in milliseconds. */
const PATIENCE = 180_000;

/** Longest time that a person waits for one answer before it is asked for again, in milliseconds. */
const ANSWER_WITHIN = 20_000;

/** A person whose every answer with an error is written down. */
export class WitnessedSession extends Session {
  constructor(
    at: Addresses,
    username: string,
    private readonly ledger: ClientLedger,
  ) {
    super(at, username);
  }

  override async ask(query: string, variables: object = {}): Promise<Answer> {
    const answer = await within(ANSWER_WITHIN, super.ask(query, variables));
    if (answer.errors?.length) this.ledger.errors.push({ by: this.username, text: JSON.stringify(answer.errors) });
    return answer;
  }
}

async function within<Found>(milliseconds: number, found: Promise<Found>): Promise<Found> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`no answer within ${milliseconds} ms`)), milliseconds);
  try {
    return await Promise.race([found, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** Sends one submission until it is answered, as a portal does: the key makes it happen once. Throws when it is refused. */
export async function insist<Shape extends z.ZodType>(session: Session, action: Action<Shape>, input: ActionInput): Promise<z.output<Shape>> {
  const submission = { idempotencyKey: randomUUID(), ...input };
  const end = Date.now() + PATIENCE;
  for (;;) {
    const outcome = await attempt(session, action, submission).catch((error: unknown) => ({ refusals: [{ code: 'NO_CODE', path: null, sentence: String(error) }] }));
    if ('thing' in outcome) return action.shape.parse(outcome.thing);
    const told = outcome.refusals.map(({ code, path, sentence }) => `${code} ${path ?? ''} ${sentence}`).join('; ');
    holds(outcome.refusals.every(({ code }) => unsettled.includes(code)), `${session.username} may ${action.mutation}, found ${told}`);
    holds(Date.now() < end, `${action.mutation} is answered within ${PATIENCE / 1000} s, found ${told}`);
    await pause(100);
  }
}

/** A request as both sides see it, in one federated read. */
export interface BothSides {
  readonly id: string;
  readonly transferId: string | null;
  readonly version: number;
  readonly police: string;
  readonly bank: string | null;
}

const bothSides = z.object({
  stopPaymentRequests: z.object({
    edges: z.array(z.object({ node: z.object({ id: z.string(), transferId: z.string().nullable(), version: z.int(), state: z.string(), order: z.object({ state: z.string() }).nullable() }) })),
  }),
});

/** The page of a case as both sides see it. */
export const bothSidesQuestion = 'query Both($caseId: ID!) { stopPaymentRequests(filter: { caseId: $caseId }, first: 100) { edges { node { id transferId version state order { state } } } } }';

/** The requests of a case with their orders at the banks, through the gateway; a bank that does not answer is null. */
export async function readBothSides(session: Session, caseId: string): Promise<BothSides[]> {
  const { data } = await session.ask(bothSidesQuestion, { caseId });
  const { stopPaymentRequests } = bothSides.parse(data);
  return stopPaymentRequests.edges.map(({ node: { state, order, ...request } }) => ({ ...request, police: state, bank: order?.state ?? null }));
}

/** Reports a case with its transfers and accepts it. */
export async function openCase(session: Session, report: ActionInput): Promise<CaseSeen> {
  const reported = await insist(session, caseActions.report, report);
  return insist(session, caseActions.accept, { caseId: reported.id, version: reported.version, receipt: 'HANDED_OVER' });
}

/** Orders a release at the version that is seen now: another hand may have moved the request meanwhile. */
export async function insistOnRelease(session: Session, caseId: string, id: string): Promise<void> {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const seen = (await readBothSides(session, caseId).catch(() => [])).find((request) => request.id === id);
    if (seen) {
      const released = await insist(session, stopActions.release, { requestId: id, version: seen.version, reason: 'ERROR' }).catch((error: unknown) => String(error));
      if (typeof released !== 'string') return;
      holds(released.includes('CHANGED_MEANWHILE'), released);
    }
    holds(Date.now() < end, `the release of ${id} is answered`);
    await pause(100);
  }
}
