import type { Institution } from '@lianfang/exchange';
import { isStoppable, payeeKinds, warn, type Warning } from '@lianfang/vocabulary';
import type { StopDraft } from './stop-draft';

/** What the institution's core system is asked for. */
export interface CoreWish {
  readonly draft: Pick<StopDraft, 'payeeKind' | 'holdFen'>;
  readonly institution: Pick<Institution, 'code' | 'capabilities'>;
}

type CapabilityRule = (wish: CoreWish) => Warning | undefined;

const cannot = ({ institution }: CoreWish, path: string, words: { zh: string; en: string }): Warning =>
  warn('CORE_CANNOT', path, { institution: institution.code, cannotZh: words.zh, cannotEn: words.en });

/** An order names its payee by a number; not every core system finds each kind of it (practice A8). */
export const findsThePayee: CapabilityRule = (wish) => {
  const { draft: { payeeKind }, institution: { capabilities } } = wish;
  if (!capabilities || (isStoppable(payeeKind) && capabilities.payeeKinds.includes(payeeKind))) return undefined;
  const { zh, en } = payeeKinds[payeeKind];
  return cannot(wish, 'payeeKind', { zh: `按“${zh}”查找账户`, en: `find an account by its ${en}` });
};

/** Some core systems stop only the whole account, some only an amount (practice C). */
export const holdsTheExtent: CapabilityRule = (wish) => {
  const { draft: { holdFen }, institution: { capabilities } } = wish;
  if (holdFen === null && capabilities?.wholeAccount === false) return cannot(wish, 'wholeAccount', { zh: '全户止付，只能限额止付', en: 'stop a whole account, only hold an amount,' });
  if (holdFen !== null && capabilities?.limitedAmount === false) return cannot(wish, 'amount', { zh: '限额止付，只能全户止付', en: 'hold an amount, only stop the whole account,' });
  return undefined;
};

/** What the directory says about the core systems, in this order; of an institution that has not said it nothing is warned of. */
export const capabilityRules: readonly CapabilityRule[] = [findsThePayee, holdsTheExtent];

/** What the institution's core system cannot do of a draft: a warning, since only the institution decides; the approver reads it. */
export const warnOfCore = (draft: CoreWish['draft'], institution: CoreWish['institution'] | undefined): Warning[] =>
  institution ? capabilityRules.flatMap((rule) => rule({ draft, institution }) ?? []) : [];
