import type { Agency } from '@lianfang/vocabulary';
import type { ParkingReason } from './inbox/admission';

/** What happens in the exchange, for logs and metrics: names, ids and counts, never content. */
export type ExchangeEvent =
  | { readonly event: 'exchange.dispatched'; readonly partner: Agency; readonly messages: number; readonly repeated: boolean }
  | { readonly event: 'exchange.receipted'; readonly partner: Agency; readonly messages: number; readonly milliseconds: number }
  | { readonly event: 'exchange.delivery-failed'; readonly partner: Agency; readonly cause: string; readonly attempts: number }
  | { readonly event: 'exchange.refused-by-partner'; readonly partner: Agency; readonly cause: string; readonly attempts: number }
  | { readonly event: 'exchange.repeating-from'; readonly partner: Agency; readonly seq: number }
  | { readonly event: 'exchange.chains-differ'; readonly partner: Agency; readonly seq: number }
  | { readonly event: 'exchange.noting-failed'; readonly partner: Agency; readonly cause: string }
  | { readonly event: 'exchange.received'; readonly partner: Agency; readonly messages: number; readonly repeated: boolean }
  | { readonly event: 'exchange.out-of-sequence'; readonly partner: Agency; readonly seq: number; readonly expectedSeq: number }
  | { readonly event: 'exchange.refused'; readonly cause: string }
  /** Somebody connected and went away, or was cut off, before its batch was complete. */
  | { readonly event: 'exchange.unfinished' }
  | { readonly event: 'exchange.handled'; readonly partner: Agency; readonly messages: number }
  | { readonly event: 'exchange.handling-failed'; readonly partner: Agency; readonly id: string; readonly type: string; readonly cause: string; readonly attempts: number }
  | { readonly event: 'exchange.parked'; readonly partner: Agency; readonly id: string; readonly type: string; readonly reason: ParkingReason }
  | { readonly event: 'exchange.deadline-fired'; readonly thing: string; readonly action: string; readonly lateMs: number }
  | { readonly event: 'exchange.deadline-failed'; readonly thing: string; readonly action: string; readonly cause: string; readonly attempts: number }
  | { readonly event: 'exchange.step-failed'; readonly step: string; readonly cause: string };

/** The name of an event, as in `exchange.parked`. */
export type ExchangeEventName = ExchangeEvent['event'];

/** Events that need a person. */
const alarms: ReadonlySet<ExchangeEventName> = new Set(['exchange.refused-by-partner', 'exchange.chains-differ', 'exchange.refused', 'exchange.parked', 'exchange.step-failed']);

const warnings: ReadonlySet<ExchangeEventName> = new Set(['exchange.delivery-failed', 'exchange.unfinished', 'exchange.out-of-sequence', 'exchange.repeating-from', 'exchange.noting-failed', 'exchange.handling-failed', 'exchange.deadline-failed']);

/** A structured log, as pino is one. */
export interface ExchangeLog {
  info(fields: object, event: string): void;
  warn(fields: object, event: string): void;
  error(fields: object, event: string): void;
}

/** Writes an event at the level that it deserves. */
export function logEvent(log: ExchangeLog, { event, ...fields }: ExchangeEvent): void {
  if (alarms.has(event)) return log.error(fields, event);
  if (warnings.has(event)) return log.warn(fields, event);
  log.info(fields, event);
}

/** What kind of error it was, without its text: an error's text can carry personal data, its class and code do not. */
export function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const code: unknown = Reflect.get(error, 'code');
  const reason: unknown = Reflect.get(error, 'reason');
  return [error.name, ...[code, reason].filter((detail) => typeof detail === 'string' && /^[\w.-]{1,60}$/.test(detail))].join(' ');
}
