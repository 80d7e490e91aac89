import { isRefusal, parseInstitutionCode, parsePayee, payeeIdentifier, refuse, type Refusal } from '@lianfang/vocabulary';
import type { PoliceGround } from '../action-context';
import type { StopCase } from './stop-payment-case.query';

/** An account as typed. */
export interface TypedOwnAccount {
  readonly accountNumber: string;
  readonly institution?: string | null;
}

/** An account that can be protected. */
export interface OwnAccount {
  readonly position: number;
  readonly number: string;
  readonly index: Buffer;
  readonly institution: string;
  readonly isStated: boolean;
  readonly holderName: string;
  readonly kind: 'BANK_CARD' | 'PAYMENT_ACCOUNT';
}

/** The accounts from which victims paid, with their holders. */
export const ownAccounts = ({ transfers }: StopCase): Map<string, string> =>
  new Map([...transfers.values()].flatMap(({ layer, payer }) => (layer === 1 && payer?.account ? [[payer.account, payer.name]] : [])));

/** What reading an account needs to know. */
export interface AccountGround {
  readonly ground: Pick<PoliceGround, 'directory' | 'keyring'>;
  readonly stopCase: StopCase;
  readonly prefixes: ReadonlyMap<string, string>;
}

/** Reads one account; all of its faults come back together, with paths below `accounts.<position>`. */
export function readOwnAccount({ accountNumber, institution: typed }: TypedOwnAccount, position: number, { ground, stopCase, prefixes }: AccountGround): OwnAccount | Refusal[] {
  const path = `accounts.${position}`;
  const stated = parseInstitutionCode(typed ?? '', `${path}.institution`);
  const institution = isRefusal(stated) ? null : (stated ?? prefixes.get(accountNumber) ?? null);
  const listed = ground.directory.findInstitution(institution ?? '');
  const kind = listed?.kind === 'PAYMENT_INSTITUTION' ? 'PAYMENT_ACCOUNT' : 'BANK_CARD';
  const holderName = ownAccounts(stopCase).get(accountNumber) ?? stopCase.payer?.name ?? null;
  const payee = parsePayee({ kind, identifier: accountNumber, holderName }, path);
  const faults = [
    ...(isRefusal(stated) ? [stated] : []),
    ...(Array.isArray(payee) ? payee.map((fault) => ({ ...fault, path: `${path}.accountNumber` })) : []),
    ...(holderName === null ? [refuse('PROTECTIVE_HOLD_HOLDER_UNKNOWN', { path: 'caseId' })] : []),
    ...(institution === null && !isRefusal(stated) ? [refuse('INSTITUTION_UNKNOWN', { path: `${path}.institution` })] : []),
    ...(institution !== null && !listed ? [refuse('INSTITUTION_NOT_LISTED', { path: `${path}.institution`, parameters: { institution } })] : []),
  ];
  if (faults.length > 0 || Array.isArray(payee) || institution === null || holderName === null) return faults;
  const number = payeeIdentifier(payee.payee) ?? '';
  return { position, number, index: ground.keyring.index('account-number', number), institution, isStated: !isRefusal(stated) && stated !== undefined && stated !== null, holderName, kind };
}

/** What speaks against the hold of one account. */
export function refuseOwnAccount({ number, index, position }: OwnAccount, { stopCase, standing, twin }: { stopCase: StopCase; standing: ReadonlySet<string>; twin: number }): Refusal[] {
  const path = `accounts.${position}`;
  const tookMoney = [...stopCase.transfers.values()].some(({ payeeNumber }) => payeeNumber === number);
  return [
    ...(twin < position ? [refuse('ACCOUNT_TWICE_IN_BATCH', { path, parameters: { position: String(twin + 1) } })] : []),
    ...(tookMoney ? [refuse('PROTECTIVE_HOLD_OF_PAYEE', { path })] : []),
    ...(standing.has(index.toString('hex')) ? [refuse('PROTECTIVE_HOLD_STANDS', { path })] : []),
  ];
}
