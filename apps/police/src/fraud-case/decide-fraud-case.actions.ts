import { move } from '@lianfang/access';
import { isId, once } from '@lianfang/database';
import { cancelDeadlines, setDeadline } from '@lianfang/exchange';
import { chinaYear, isRefusal, isRefused, parseDocumentNumber, parseFreeText, refuse, Refused, type Refusal } from '@lianfang/vocabulary';
import type { EntityManager } from 'typeorm';
import type { ActionContext } from '../action-context';
import { useDocumentNumbers, type NumbersInUse } from '../legal-document/use-document-numbers';
import { Receipt } from './case-codes';
import { getCase, lockCase, lockCases } from './find-case';
import { Findings, readCode } from './findings';
import { FraudCase, targetOf } from './fraud-case.entity';
import type { AcceptFraudCaseInput, DeclineFraudCaseInput, MergeFraudCaseInput, OpenFraudCaseInput, VerifyFraudCaseInput } from './fraud-case.input';
import { fraudCaseLifecycle, type FraudCaseAction } from './fraud-case.lifecycle';
import { decisionRules, mergerRules } from './fraud-case.rules';
import { recordFact } from './record-fact';

const LONGEST_REASON = 1_000;

/** Accepts a report 受案 and starts the clock of the first stop-payment request. @law DL-01 */
export async function acceptFraudCase(context: ActionContext, input: AcceptFraudCaseInput): Promise<FraudCase | Refused> {
  const receipt = readCode(Receipt, input.receipt, 'receipt');
  if (isRefusal(receipt)) return new Refused([receipt]);
  return step(context, { input, action: 'ACCEPT', facts: { receipt } }, async (manager, fraudCase, now) => {
    const entryDueAt = new Date(now.getTime() + context.settings.fraudCase.entryAlert);
    Object.assign(fraudCase, { acceptedAt: now, acceptedById: context.caller.id, receipt, entryDueAt });
    await setDeadline(manager, { thing: 'fraud-case', thingId: fraudCase.id, action: 'ENTRY_OVERDUE', dueAt: entryDueAt });
  });
}

/** Says that the facts are unclear and are verified first 调查核实. */
export async function verifyFraudCase(context: ActionContext, input: VerifyFraudCaseInput): Promise<FraudCase | Refused> {
  const reason = readReason(input.reason);
  if (isRefusal(reason)) return new Refused([reason]);
  return step(context, { input, action: 'VERIFY', reason });
}

/** Opens the case 立案: a leader who did not accept it, with the number of the decision. */
export async function openFraudCase(context: ActionContext, input: OpenFraudCaseInput): Promise<FraudCase | Refused> {
  const document = parseDocumentNumber(input.documentNumber, 'documentNumber', chinaYear(context.clock.now()));
  if (isRefusal(document)) return new Refused([document]);
  return step(context, { input, action: 'OPEN', rules: decisionRules }, async (manager, fraudCase, now) => {
    const used = await refuseUsed(manager, { numbers: [document.text], decision: 'CASE_OPENED', of: fraudCase, now });
    if (used) return used;
    Object.assign(fraudCase, { decidedAt: now, decidedById: context.caller.id, caseOpenedAt: now, openingDocumentNumber: document.text });
    return undefined;
  });
}

/** Decides that no case is opened 不予立案, with the number of the notice and the reason. */
export async function declineFraudCase(context: ActionContext, input: DeclineFraudCaseInput): Promise<FraudCase | Refused> {
  const findings = new Findings();
  const document = findings.keep(parseDocumentNumber(input.documentNumber, 'documentNumber', chinaYear(context.clock.now())));
  const reason = findings.keep(readReason(input.reason));
  if (document === undefined || reason === undefined) return new Refused(findings.refusals);
  return step(context, { input, action: 'DO_NOT_OPEN', reason, rules: decisionRules }, async (manager, fraudCase, now) => {
    const used = await refuseUsed(manager, { numbers: [document.text], decision: 'CASE_NOT_OPENED', of: fraudCase, now });
    if (used) return used;
    Object.assign(fraudCase, { decidedAt: now, decidedById: context.caller.id, notOpeningDocumentNumber: document.text });
    await cancelDeadlines(manager, { thingId: fraudCase.id });
    return undefined;
  });
}

/** Merges a case into another 并案: its rows stay its own, the other carries it on. */
export async function mergeFraudCase(context: ActionContext, input: MergeFraudCaseInput): Promise<FraudCase | Refused> {
  const reason = readReason(input.reason);
  if (isRefusal(reason)) return new Refused([reason]);
  if (!isId(input.intoCaseId)) return Refused.because('NOT_FOUND', { path: 'intoCaseId' });
  return step(context, { input, action: 'MERGE', reason, facts: { into: input.intoCaseId } }, async (manager, fraudCase, now) => {
    const into = input.intoCaseId === fraudCase.id ? fraudCase : (await lockCases(manager, [fraudCase.id, input.intoCaseId])).find(({ id }) => id === input.intoCaseId);
    if (!into) return refuse('NOT_FOUND', { path: 'intoCaseId' });
    const refusal = firstOf(mergerRules, { fraudCase, into });
    if (refusal) return refusal;
    fraudCase.mergedIntoId = into.id;
    await cancelDeadlines(manager, { thingId: fraudCase.id });
    await recordFact(manager, context.caller, { of: into, kind: 'MERGED_FROM', at: now, facts: { caseId: fraudCase.id } });
    return undefined;
  });
}

interface Step {
  readonly input: { readonly idempotencyKey: string; readonly caseId: string; readonly version: number; readonly intoCaseId?: string };
  readonly action: FraudCaseAction;
  readonly reason?: string;
  readonly facts?: Readonly<Record<string, string>>;
  readonly rules?: typeof decisionRules;
}

/** What a step changes beside the state; a refusal undoes all of it. */
type Change = (manager: EntityManager, fraudCase: FraudCase, now: Date) => Promise<Refusal | undefined | void>;

async function step({ database, caller, clock }: ActionContext, { input, action, reason, facts, rules = [] }: Step, change?: Change): Promise<FraudCase | Refused> {
  const now = clock.now();
  const take = async (manager: EntityManager): Promise<string | Refused> => {
    if (input.intoCaseId !== undefined) await lockCases(manager, [input.caseId, input.intoCaseId]);
    const fraudCase = await lockCase(manager, input.caseId);
    if (isRefusal(fraudCase)) return new Refused([fraudCase]);
    const moved = { lifecycle: fraudCaseLifecycle, thing: fraudCase, action, caller, at: now, target: targetOf(fraudCase), caseId: fraudCase.id, version: input.version, reason, facts };
    const refusal = (await move(manager, moved)) ?? firstOf(rules, { fraudCase, caller }) ?? (await change?.(manager, fraudCase, now)) ?? undefined;
    if (refusal) return new Refused([refusal]);
    await manager.save(FraudCase, fraudCase);
    return fraudCase.id;
  };
  return database.asCaller(caller, async (manager) => {
    const done = await once(manager, { caller, key: input.idempotencyKey, action: `fraud-case.${action}`, content: input }, () => take(manager));
    return isRefused(done) ? done : getCase(manager, done.id);
  });
}

/** The first rule that says no. */
function firstOf<Facts>(rules: readonly ((facts: Facts) => Refusal | undefined)[], facts: Facts): Refusal | undefined {
  for (const rule of rules) {
    const refusal = rule(facts);
    if (refusal) return refusal;
  }
  return undefined;
}

const readReason = (text: string): string | Refusal => {
  const read = parseFreeText(text, 'reason', LONGEST_REASON);
  return isRefusal(read) && read.code === 'VALUE_MISSING' ? refuse('REASON_REQUIRED', { path: 'reason' }) : read;
};

/** A decision has a document of its own: the number belongs to no other. */
async function refuseUsed(manager: EntityManager, use: NumbersInUse): Promise<Refusal | undefined> {
  const [number] = await useDocumentNumbers(manager, use);
  return number === undefined ? undefined : refuse('DOCUMENT_NUMBER_USED', { path: 'documentNumber', parameters: { number } });
}
