import { formatMoney, moneyOf, refuse, type PayeeKind, type Refusal } from '@lianfang/vocabulary';
import type { StopPaymentSettings } from './stop-payment-settings';

/** What flowed out of a stopped account into one other account. */
export interface ChasedAccount {
  readonly layer: number;
  /** Sum of the outflows into it, in fen. */
  readonly sumFen: bigint;
  /** Its holder as the bank names it; null when unknown. */
  readonly holderName: string | null;
  readonly isPaymentInstitution: boolean;
  /** Whether the case has, or had proposed from the same transaction, a stop of it. */
  readonly isCovered: boolean;
}

type ChaseRule = (account: ChasedAccount, limits: StopPaymentSettings['chase']) => Refusal | undefined;

/** Words that only organisations and reserve accounts carry in their names. */
const ORGANISATION = /公司|集团|企业|合作社|商行|商店|商场|超市|经营部|工作室|中心|医院|学校|委员会|[厂店院局]$|ltd|inc\b|co\./i;
const RESERVE = /备付金|清算|待结算/;

/** The chase follows the money down to a layer, no further by itself. */
export const isWithinLayers: ChaseRule = ({ layer }, { deepestLayer }) => (layer > deepestLayer ? refuse('CHASE_LAYER_LIMIT', { parameters: { limit: String(deepestLayer) } }) : undefined);

/** Small change is not followed: stopping hundreds of strangers for it is an abuse (mission, guard against fan-outs). */
export const isWorthFollowing: ChaseRule = ({ sumFen }, { leastFen }) =>
  sumFen < BigInt(leastFen) ? refuse('CHASE_AMOUNT_LIMIT', { parameters: { limit: formatMoney(moneyOf(BigInt(leastFen)), 'en').slice(1) } }) : undefined;

/** An account is proposed once per case and transaction. */
export const isNotCovered: ChaseRule = ({ isCovered }) => (isCovered ? refuse('CHASE_ALREADY_COVERED') : undefined);

/** Never automatic for merchants and reserve accounts (practice F). */
export const needsNoPerson: ChaseRule = ({ holderName, isPaymentInstitution }) => {
  const isMerchant = isPaymentInstitution && isOrganisation(holderName);
  return isMerchant || RESERVE.test(holderName ?? '') ? refuse('CHASE_NEEDS_A_PERSON') : undefined;
};

/** What an account must fulfil so that the machine proposes its stop, in order. */
export const chaseRules: readonly ChaseRule[] = [isWithinLayers, isNotCovered, isWorthFollowing, needsNoPerson];

/** The first rule's "no", or nothing. */
export function refuseChase(account: ChasedAccount, limits: StopPaymentSettings['chase']): Refusal | undefined {
  for (const rule of chaseRules) {
    const refusal = rule(account, limits);
    if (refusal) return refusal;
  }
  return undefined;
}

/** What kind of payee an outflow's account is, as far as institution and name tell: it decides between whole account and amount. */
export function kindOfOutflow({ holderName, isPaymentInstitution }: Pick<ChasedAccount, 'holderName' | 'isPaymentInstitution'>): PayeeKind {
  if (isPaymentInstitution) return 'PAYMENT_ACCOUNT';
  return isOrganisation(holderName) ? 'CORPORATE_ACCOUNT' : 'BANK_CARD';
}

const isOrganisation = (name: string | null): boolean => ORGANISATION.test(name ?? '');
