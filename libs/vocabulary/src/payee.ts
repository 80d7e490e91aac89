import { accountNumberWarnings, maskAccountNumber, parseAccountNumber, type AccountNumber } from './account-number';
import { isBlockchain, parseCryptoAddress, type Blockchain } from './crypto-address';
import { parseFreeText } from './free-text';
import { accountClasses, isPayeeKind, payeeKinds, type AccountClass, type PayeeKind } from './payee-kinds';
import { parseHolderName } from './person-name';
import { isRefusal, refuse, warn, type Refusal, type Warning } from './refusal';
import { isBlank, isMaskedText, maskAllBut, normaliseGrouped, normaliseTyped } from './typed-text';

/** What every payee may carry: the institution's code in the directory and the holder's name; null while unknown. */
interface Known {
  readonly institution: string | null;
  readonly holderName: string | null;
}

/** A payee of a transfer: the situations of `payeeKinds`, each with what identifies it. */
export type Payee = Known &
  (
    | { readonly kind: 'BANK_CARD'; readonly account: AccountNumber; readonly accountClass: AccountClass | null }
    | { readonly kind: 'CORPORATE_ACCOUNT' | 'PASSBOOK'; readonly account: AccountNumber }
    | { readonly kind: 'PAYMENT_ACCOUNT' | 'QR_CODE_OR_ORDER' | 'MERCHANT' | 'ECNY_WALLET' | 'TOP_UP_CARD'; readonly identifier: string }
    | { readonly kind: 'CHAIN_ADDRESS'; readonly chain: Blockchain; readonly address: string; readonly transaction: string | null }
    | { readonly kind: 'CASH_OR_GOLD'; readonly description: string }
  );

/** A payee as it was typed or imported; empty and missing texts mean "not known". */
export interface TypedPayee {
  readonly kind: string;
  /** Account, payment account, order, merchant, wallet, address or card number; for cash and gold what was handed over where. */
  readonly identifier: string;
  readonly institution?: string | null | undefined;
  readonly holderName?: string | null | undefined;
  /** Class of a bank card's account: `I`, `II` or `III`. */
  readonly accountClass?: string | null | undefined;
  /** Chain of an address, as in `TRON`. */
  readonly chain?: string | null | undefined;
  /** Transaction hash on the chain. */
  readonly transaction?: string | null | undefined;
}

/** Shortest and longest identifier by rule, in characters. */
const identifierLengths = { 'payment-account': [3, 64], 'order-number': [4, 64], 'merchant-number': [4, 32], wallet: [6, 32], 'card-serial': [4, 64] } as const;

/** Longest description of a hand-over, in characters. */
const LONGEST_DESCRIPTION = 500;

/**
 * Reads a payee of any kind. All faults come back at once, each with its path below `path`; doubts come as warnings:
 * check digits, an institution still to be found, and a kind that no stop order can reach.
 */
export function parsePayee(typed: TypedPayee, path: string): { payee: Payee; warnings: Warning[] } | Refusal[] {
  const kind = normaliseTyped(typed.kind);
  if (!isPayeeKind(kind)) return [refuse('VALUE_NOT_LISTED', { path: `${path}.kind` })];

  const institution = parseInstitutionCode(typed.institution ?? '', `${path}.institution`);
  const holderName = isBlank(typed.holderName) ? null : parseHolderName(typed.holderName, `${path}.holderName`);
  const identified = identify(kind, typed, path);
  const faults = [institution, holderName, ...(Array.isArray(identified) ? identified : [])].filter(isRefusal);
  if (faults.length > 0 || Array.isArray(identified) || isRefusal(institution) || isRefusal(holderName)) return faults;

  const payee: Payee = { ...identified, institution, holderName };
  return { payee, warnings: payeeWarnings(payee, path) };
}

type Identified = Payee extends infer Each ? (Each extends Payee ? Omit<Each, keyof Known> : never) : never;

function identify(kind: PayeeKind, typed: TypedPayee, path: string): Identified | Refusal[] {
  const at = `${path}.identifier`;
  switch (kind) {
    case 'BANK_CARD':
      return identifyCard(typed, path);
    case 'CORPORATE_ACCOUNT':
    case 'PASSBOOK': {
      const account = parseAccountNumber(typed.identifier, at);
      return isRefusal(account) ? [account] : { kind, account };
    }
    case 'CHAIN_ADDRESS':
      return identifyAddress(typed, path);
    case 'CASH_OR_GOLD': {
      const description = parseFreeText(typed.identifier, at, LONGEST_DESCRIPTION);
      return isRefusal(description) ? [description] : { kind, description };
    }
    default: {
      const identifier = parseIdentifier(typed.identifier, payeeKinds[kind].identifier, at);
      return isRefusal(identifier) ? [identifier] : { kind, identifier };
    }
  }
}

function identifyCard(typed: TypedPayee, path: string): Identified | Refusal[] {
  const account = parseAccountNumber(typed.identifier, `${path}.identifier`);
  const accountClass = parseAccountClass(typed.accountClass ?? '', `${path}.accountClass`);
  if (isRefusal(account) || isRefusal(accountClass)) return [account, accountClass].filter(isRefusal);
  return { kind: 'BANK_CARD', account, accountClass };
}

function identifyAddress(typed: TypedPayee, path: string): Identified | Refusal[] {
  const chain = normaliseTyped(typed.chain ?? '').toUpperCase();
  if (chain === '') return [refuse('CHAIN_MISSING', { path: `${path}.chain` })];
  if (!isBlockchain(chain)) return [refuse('VALUE_NOT_LISTED', { path: `${path}.chain` })];
  const address = parseCryptoAddress(typed.identifier, chain, `${path}.identifier`);
  const transaction = isBlank(typed.transaction) ? null : normaliseGrouped(typed.transaction);
  return isRefusal(address) ? [address] : { kind: 'CHAIN_ADDRESS', chain, address, transaction };
}

function parseIdentifier(text: string, rule: keyof typeof identifierLengths, path: string): string | Refusal {
  const identifier = normaliseGrouped(text);
  const [shortest, longest] = identifierLengths[rule];
  if (identifier === '') return refuse('VALUE_MISSING', { path });
  if (isMaskedText(identifier)) return refuse('ACCOUNT_MASKED', { path });
  if (/^\d(?:\.\d+)?E\+?\d{1,2}$/i.test(identifier)) return refuse('ACCOUNT_CUT_BY_SPREADSHEET', { path });
  if (identifier.length >= shortest && identifier.length <= longest && /^[\w@.+:/?=&%#-]+$/.test(identifier)) return identifier;
  return refuse('PAYEE_IDENTIFIER_FORM', { path, parameters: { shortest: String(shortest), longest: String(longest) } });
}

/** Reads an institution's code of the directory, as in `B001`, in either width and case; null when nothing was typed. */
export function parseInstitutionCode(text: string, path: string): string | null | Refusal {
  const code = normaliseGrouped(text).toUpperCase();
  if (code === '') return null;
  return /^[0-9A-Z]{1,14}$/.test(code) ? code : refuse('INSTITUTION_CODE_FORM', { path });
}

function parseAccountClass(text: string, path: string): AccountClass | null | Refusal {
  const value = normaliseGrouped(text).toUpperCase().replace(/类户?$/, '');
  if (value === '') return null;
  return Object.hasOwn(accountClasses, value) ? (value as AccountClass) : refuse('VALUE_NOT_LISTED', { path });
}

function payeeWarnings(payee: Payee, path: string): Warning[] {
  const { doer, stoppable } = payeeKinds[payee.kind];
  return [
    ...(payee.kind === 'BANK_CARD' ? accountNumberWarnings(payee.account, `${path}.identifier`) : []),
    ...(payee.institution === null && doer !== 'nobody' ? [warn('INSTITUTION_UNKNOWN', `${path}.institution`)] : []),
    ...(stoppable ? [] : [warn('PAYEE_NOT_STOPPABLE', `${path}.kind`)]),
  ];
}

/** The one text by which a payee is indexed, compared and put into an order; null for cash and gold. */
export function payeeIdentifier(payee: Payee): string | null {
  if ('account' in payee) return payee.account.text;
  if ('address' in payee) return payee.address;
  return 'identifier' in payee ? payee.identifier : null;
}

/** For screens: the payee's identifier with all but the last four characters blanked; the description of a hand-over stays. */
export function maskPayee(payee: Payee): string {
  if ('account' in payee) return maskAccountNumber(payee.account);
  const identifier = payeeIdentifier(payee);
  if (identifier !== null) return maskAllBut(identifier, 4);
  return 'description' in payee ? payee.description : '';
}
