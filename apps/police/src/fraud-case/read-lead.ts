import {
  accountNumberWarnings, normaliseTyped, parseAccountNumber, parseFreeText, parsePhoneNumber, refuse, sourcePlatforms, type Refusal,
  type SourcePlatform,
} from '@lianfang/vocabulary';
import { LeadKind } from './case-codes';
import type { CaseLeadInput } from './case-transfer.input';
import { readCode, type Findings } from './findings';

/** A lead as read from a report: every value trusted, nothing sealed yet. */
export interface ReadLead {
  readonly kind: LeadKind;
  /** In the form in which it is compared and indexed. */
  readonly value: string;
  readonly platform: SourcePlatform | null;
  readonly note: string | null;
  readonly correctsId: string | null;
}

const LONGEST_NOTE = 500;
const LONGEST_VALUE = 200;
const LONGEST_URL = 2_000;

/** Reads one lead. Refusals and doubts go to `findings`. */
export function readLead(input: CaseLeadInput, path: string, findings: Findings): ReadLead | undefined {
  const kind = findings.keep(readCode(LeadKind, input.kind, `${path}.kind`));
  const value = kind && findings.keep(readValue(kind, input.value, { path: `${path}.value`, findings }));
  const platform = findings.keepOptional(input.platform, (text) => readCode(sourcePlatforms, text, `${path}.platform`));
  const note = findings.keepOptional(input.note, (text) => parseFreeText(text, `${path}.note`, LONGEST_NOTE));
  if (kind === undefined || value === undefined || platform === undefined || note === undefined) return undefined;
  return { kind, value, platform, note, correctsId: input.correctsId ?? null };
}

function readValue(kind: LeadKind, text: string, { path, findings }: { path: string; findings: Findings }): string | Refusal {
  switch (kind) {
    case 'ACCOUNT': {
      const account = parseAccountNumber(text, path);
      if (!('main' in account)) return account;
      findings.doubt(...accountNumberWarnings(account, path));
      return account.text;
    }
    case 'PHONE': {
      const phone = parsePhoneNumber(text, path);
      return 'number' in phone ? phone.number : phone;
    }
    case 'DOMAIN':
      return readDomain(text, path);
    case 'URL':
      return readUrl(text, path);
    case 'PLATFORM_ACCOUNT':
    case 'APP':
      return parseFreeText(text, path, LONGEST_VALUE);
    default:
      return kind satisfies never;
  }
}

/** Small letters, no final dot, punycode: `WWW.Example.com.` and `www.example.com` are one. */
function readDomain(text: string, path: string): string | Refusal {
  const typed = normaliseTyped(text).replace(/\.$/, '');
  if (typed === '') return refuse('VALUE_MISSING', { path });
  if (/[\s/@:?#]/.test(typed) || !URL.canParse(`http://${typed}`)) return refuse('LEAD_DOMAIN_FORM', { path });
  const { hostname } = new URL(`http://${typed}`);
  return /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{2,59})$/.test(hostname) ? hostname : refuse('LEAD_DOMAIN_FORM', { path });
}

function readUrl(text: string, path: string): string | Refusal {
  const typed = normaliseTyped(text);
  if (typed === '') return refuse('VALUE_MISSING', { path });
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(typed) ? typed : `http://${typed}`;
  if (whole.length > LONGEST_URL || /\s/.test(whole) || !URL.canParse(whole) || !new URL(whole).hostname.includes('.')) return refuse('LEAD_URL_FORM', { path });
  return new URL(whole).href;
}
