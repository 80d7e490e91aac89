import { inventedCard, inventedId, inventedPhone } from './invented-numbers';

/** An invented person with everything a report asks for. */
export interface InventedPerson {
  readonly name: string;
  /** 18 characters with a right check character, region never assigned. */
  readonly idNumber: string;
  /** Eleven digits. */
  readonly phone: string;
  /** A card of 19 digits and the code of the institution that issued it. */
  readonly account: string;
  readonly institution: string;
}

/** Prefixes of the demo institutions' cards, as an importable prefix table would hold them. */
export const inventedPrefixes = { B001: '990001', B002: '990002', B003: '990003', P001: '990099' } as const;

/** A demo institution's code. */
export type InventedInstitution = keyof typeof inventedPrefixes;

/** A person made from a number: the same number gives the same person. Names say plainly that they are invented. */
export function inventPerson(seed: number, institution: InventedInstitution = 'B001'): InventedPerson {
  const year = 1950 + (seed % 50);
  return {
    name: `${surnames.charAt(seed % surnames.length)}虚构${numerals.charAt(Math.floor(seed / 10) % 10)}${numerals.charAt(seed % 10)}`,
    idNumber: inventedId({ birth: `${year}0${1 + (seed % 9)}1${seed % 10}`, seed: 100 + (seed % 900) }),
    phone: inventedPhone(seed),
    account: inventedCard(inventedPrefixes[institution], seed),
    institution,
  };
}

const surnames = '甲乙丙丁戊己庚辛壬癸';
const numerals = '零一二三四五六七八九';

/** People by the part they play, the same in every spec. */
export const people = {
  /** 被害人, whose money left. */
  victim: inventPerson(11, 'B002'),
  secondVictim: inventPerson(12, 'B003'),
  /** Reports for the victim. */
  daughter: inventPerson(13, 'B002'),
  /** 14 years old in 2026: contact is the guardian. */
  minor: { ...inventPerson(14), idNumber: inventedId({ birth: '20120105', seed: 140 }) },
  /** Holders of accounts that received the money, layer by layer. */
  holder: inventPerson(21, 'B001'),
  secondHolder: inventPerson(22, 'B002'),
  thirdHolder: inventPerson(23, 'B003'),
  wallet: inventPerson(29, 'P001'),
  /** Whose wage account is exempt from stops. */
  wageEarner: inventPerson(31, 'B001'),
} as const satisfies Record<string, InventedPerson>;
