import { normaliseGrouped, refuse, type Refusal } from '@lianfang/vocabulary';

/** Longest reason, in characters. */
const LONGEST_REASON = 2_000;

/** Reads a reason as typed: required, in words, not longer than 2,000 characters (workflows 2.0: "empty, contains only case no."). */
export function readReason(text: string | null | undefined, path: string): string | Refusal {
  const reason = (text ?? '').normalize('NFC').trim();
  if (reason === '') return refuse('REASON_REQUIRED', { path });
  if (/^[A-Z]?\d+$/i.test(normaliseGrouped(reason))) return refuse('REASON_ONLY_NUMBER', { path });
  return reason.length > LONGEST_REASON ? refuse('VALUE_TOO_LONG', { path, parameters: { longest: String(LONGEST_REASON) } }) : reason;
}
