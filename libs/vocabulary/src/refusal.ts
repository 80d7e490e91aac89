import { appealRefusals } from './refusals/appeal';
import { fraudCaseRefusals } from './refusals/fraud-case';
import { generalRefusals } from './refusals/general';
import { stopPaymentOrderRefusals } from './refusals/stop-payment-order';
import { stopPaymentRequestRefusals } from './refusals/stop-payment-request';
import { valueRefusals } from './refusals/value';

/** A refusal's two sentences; `{name}` is replaced by the parameter of that name. Each says what to do next. */
export interface Sentences {
  readonly zh: string;
  readonly en: string;
}

/** Every expected "no" of the system, by code, with its sentences. Each group of codes has one file in `refusals/`. */
export const refusals = {
  ...generalRefusals,
  ...valueRefusals,
  ...fraudCaseRefusals,
  ...stopPaymentRequestRefusals,
  ...stopPaymentOrderRefusals,
  ...appealRefusals,
} as const satisfies Record<string, Sentences>;

/** A refusal's code, as in `AMOUNT_ZERO`. */
export type RefusalCode = keyof typeof refusals;

/** An expected "no": returned, never thrown. */
export interface Refusal {
  readonly code: RefusalCode;
  /** Where in the input, as in `transfers.0.amount`; null when the whole is refused. */
  readonly path: string | null;
  /** Id of a row in docs/law.md that gives the rule. */
  readonly law: string | null;
  readonly parameters: Readonly<Record<string, string>>;
}

/** Makes a refusal. `parameters` fill the sentence; they never hold personal data. */
export function refuse(code: RefusalCode, details: { path?: string; law?: string; parameters?: Record<string, string> } = {}): Refusal {
  return { code, path: details.path ?? null, law: details.law ?? null, parameters: details.parameters ?? {} };
}

/** Whether what a parser or a rule returned is a refusal. */
export const isRefusal = (outcome: unknown): outcome is Refusal =>
  typeof outcome === 'object' && outcome !== null && 'code' in outcome && 'law' in outcome && 'parameters' in outcome;

/** A doubt that does not refuse: stored and shown beside the value, with the sentence of its code. */
export type Warning = Pick<Refusal, 'code' | 'path' | 'parameters'>;

/** Makes a warning. As with refusals, parameters never hold personal data. */
export const warn = (code: RefusalCode, path: string, parameters: Record<string, string> = {}): Warning => ({ code, path, parameters });

/** The refused outcome of an action: one refusal or more. A transaction that ends in one changes nothing. */
export class Refused {
  constructor(readonly refusals: readonly Refusal[]) {
    if (refusals.length === 0) throw new Error('Refused needs at least one refusal');
  }

  static because(...[code, details]: Parameters<typeof refuse>): Refused {
    return new Refused([refuse(code, details)]);
  }
}

/** Whether an action's outcome is a refusal. */
export const isRefused = (outcome: unknown): outcome is Refused => outcome instanceof Refused;

/** The sentence of a refusal (or of a stored warning) in one language. */
export function sentence({ code, parameters }: Pick<Refusal, 'code' | 'parameters'>, language: keyof Sentences): string {
  return refusals[code][language].replace(/\{(\w+)\}/g, (whole, name: string) => parameters[name] ?? whole);
}
