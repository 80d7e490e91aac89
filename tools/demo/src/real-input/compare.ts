import type { System } from '@lianfang/setup';
import { HOUR } from '@lianfang/vocabulary';
import type { RequestSeen } from '../desks/stop-desk';
import { yuan } from '../ledger/ledger-files';
import { lookInside } from '../look-inside';
import { closingBalance, outflowsSince, type CsvLedger, type CsvMovement } from './csv-ledger';

/** One transfer of the CSV beside what the system made of it. */
export interface Comparison {
  readonly line: number;
  readonly institution: string;
  /** In yuan. */
  readonly amount: string;
  readonly balance: string;
  readonly outflows: number;
  readonly audit: number;
  /** What differs; empty when everything agrees. */
  readonly differences: readonly string[];
}

/** Compares a request with the CSV: state, institution, balance and hold, term, every outflow, and the steps in both agencies' records. */
export async function compare(system: System, ledger: CsvLedger, { transfer, request }: { readonly transfer: CsvMovement; readonly request: RequestSeen }): Promise<Comparison> {
  const institution = ledger.accounts.get(transfer.to)?.institution ?? '';
  const balance = closingBalance(ledger, transfer.to);
  const outflows = outflowsSince(ledger, transfer.to, transfer.at);
  const steps = await loadSteps(system, request.id);
  const facts = await loadFacts(system, request.id);
  const differences = [
    differs('state', request.state, 'STOPPED'),
    differs('institution', request.institution, institution),
    differs('amount in the order', facts, `${transfer.fen} ${new Date(transfer.at).toISOString()}`),
    differs('balance', String(request.balance), String(balance)),
    differs('held', String(request.held), String(balance)),
    differs('hours', String(((request.expiresAt?.getTime() ?? 0) - (request.startedAt?.getTime() ?? 0)) / HOUR), '48'),
    differs('outflows', told(request), outflows.map(toldOfCsv).sort().join('; ')),
    differs('audit', steps.join(), expectedSteps.join()),
  ].flatMap((difference) => difference ?? []);
  return { line: transfer.line, institution, amount: yuan(transfer.fen), balance: yuan(balance), outflows: outflows.length, audit: steps.length, differences };
}

const differs = (what: string, found: string, expected: string): string | undefined => (found === expected ? undefined : `${what}: found ${cut(found)}, the CSV says ${cut(expected)}`);
const cut = (text: string): string => (text.length > 300 ? `${text.slice(0, 300)} …` : text);

/** Reference (file and line), instant, fen and the last four of the receiving account; the reference tells the row of the CSV. */
const told = ({ outflows }: RequestSeen): string => outflows.map(({ reference, at, amount, accountNumber }) => `${reference} ${at.toISOString()} ${amount} ${accountNumber?.masked.slice(-4) ?? ''}`).sort().join('; ');
const toldOfCsv = ({ file, line, at, fen, to }: CsvMovement): string => `finbench:${file.includes('Withdraw') ? 'withdrawal' : 'transfer'}:${line} ${new Date(at).toISOString()} ${fen} ${to.slice(-4)}`;

const expectedSteps = [
  'police PROPOSE', 'police APPROVE', 'police DELIVER', 'police STOP',
  'banks RECEIVE', 'banks BEGIN_EXECUTION', 'banks RECORD_STOP',
] as const;

/** The steps of a request and its order that stand in both audit trails, with their changes of state, in order. */
async function loadSteps(system: System, id: string): Promise<string[]> {
  const sql = `select transition.action from transition join audit_entry entry on entry.thing_id = transition.thing_id and entry.kind = 'TRANSITION' and entry.id = transition.id
               where transition.thing_id = $1 order by transition.version`;
  const steps: string[] = [];
  for (const app of ['police', 'banks'] as const) for (const { action } of await lookInside<{ action: string }>(system, app, sql, [id])) steps.push(`${app} ${action}`);
  return steps;
}

/** Amount and time as the bank's own record has them: what was sent is what the CSV says. */
async function loadFacts(system: System, id: string): Promise<string> {
  const [row] = await lookInside<{ fact_amount: string; transferred_at: Date }>(system, 'banks', 'select fact_amount, transferred_at from stop_payment_order where id = $1', [id]);
  return `${row?.fact_amount ?? 'none'} ${row?.transferred_at.toISOString() ?? ''}`;
}
