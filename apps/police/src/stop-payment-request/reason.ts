import { isRefusal, normaliseGrouped, parseFreeText, refuse, type Refusal } from '@lianfang/vocabulary';

/** Longest reason, in characters. */
const LONGEST_REASON = 2_000;

/** Reads a reason as typed: required, in words, not longer than 2,000 characters (workflows 2.0: "empty, contains only case no."). */
export function readReason(text: string | null | undefined, path: string): string | Refusal {
  const reason = parseFreeText(text ?? '', path, LONGEST_REASON);
  if (isRefusal(reason)) return reason.code === 'VALUE_MISSING' ? refuse('REASON_REQUIRED', { path }) : reason;
  return /^[A-Z]?\d+$/i.test(normaliseGrouped(reason)) ? refuse('REASON_ONLY_NUMBER', { path }) : reason;
}
