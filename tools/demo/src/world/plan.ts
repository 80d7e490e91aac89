import type { InventedInstitution } from '@lianfang/testing';

/** What the world's people do with one report, from the first word to where it stands now. */
export interface CasePlan {
  /** From 1; makes the victim, the accounts and the keys of all submissions. */
  readonly number: number;
  /** When it was reported, in hours before the world's present. */
  readonly hoursAgo: 60 | 42 | 0;
  readonly unit: 'chaoyang' | 'chaoyang-second' | 'huqiu';
  /** By phone without a form, or at the station with a signed one. */
  readonly lane: 'PHONE' | 'FORM';
  readonly kind: keyof typeof kinds;
  /** Where the victim's payments went, first layer. */
  readonly payees: readonly (InventedInstitution | 'SHOP' | 'EXEMPT')[];
  /** Layers that the money ran through. */
  readonly depth: number;
  readonly decision: 'REPORTED' | 'ACCEPTED' | 'VERIFYING' | 'CASE_OPENED' | 'NOT_OPENED' | 'MERGED';
  readonly stops: 'NONE' | 'PROPOSED' | 'CANCELLED' | 'RETURNED' | 'ORDERED';
  /** What liaisons who work by hand do with the orders; the machine of B001 needs nobody. */
  readonly desk: 'EXECUTE' | 'DECLINE' | 'LEAVE';
  /** Whether the layers that the machine proposes are approved, too. */
  readonly chases?: boolean;
  /** Whether the stops are released before their term. */
  readonly releases?: boolean;
}

/** Kinds of fraud as the world tells them. */
export const kinds = {
  POLICE: { crimeType: 'T01', channel: 'PHONE', vector: 'OTHER', chainCodes: ['L1.01'], narrative: '对方自称办案人员，要求把存款转入“安全账户”。' },
  SERVICE: { crimeType: 'T02', channel: 'PHONE', vector: 'FRAUD_APP', chainCodes: ['L1.01', 'L3.08.05'], narrative: '对方自称客服，以退款为由要求屏幕共享并转账。' },
  LOAN: { crimeType: 'T04', channel: 'SMS', vector: 'FRAUD_APP', chainCodes: ['L1.02', 'L3.02'], narrative: '下载贷款软件后被要求缴纳保证金和解冻费。' },
  INVESTMENT: { crimeType: 'T05', channel: 'NETWORK', vector: 'FAKE_WEBSITE', chainCodes: ['L1.04', 'L3.01'], narrative: '网友推荐投资网站，先小额返利，后无法提现。' },
  TASKS: { crimeType: 'T07', channel: 'NETWORK', vector: 'FRAUD_APP', chainCodes: ['L1.04', 'L3.03'], narrative: '兼职刷单，多次垫付后被要求继续转账。' },
} as const;

const orders: Pick<CasePlan, 'decision' | 'stops' | 'desk'> = { decision: 'ACCEPTED', stops: 'ORDERED', desk: 'EXECUTE' };

/** The thirty reports of the world: every state of a case, every state of a stop, short clocks and clocks that have run out. */
export const plans: readonly CasePlan[] = [
  { number: 1, hoursAgo: 60, unit: 'chaoyang', lane: 'FORM', kind: 'INVESTMENT', payees: ['B001', 'B002', 'B003'], depth: 4, ...orders, decision: 'CASE_OPENED' },
  { number: 2, hoursAgo: 60, unit: 'chaoyang', lane: 'PHONE', kind: 'POLICE', payees: ['B001', 'P001'], depth: 3, ...orders },
  { number: 3, hoursAgo: 60, unit: 'huqiu', lane: 'FORM', kind: 'TASKS', payees: ['B002'], depth: 2, ...orders },
  { number: 4, hoursAgo: 60, unit: 'huqiu', lane: 'PHONE', kind: 'SERVICE', payees: ['B003'], depth: 3, decision: 'ACCEPTED', stops: 'NONE', desk: 'LEAVE' },
  { number: 5, hoursAgo: 60, unit: 'chaoyang', lane: 'FORM', kind: 'LOAN', payees: ['B001'], depth: 2, ...orders, decision: 'NOT_OPENED' },
  { number: 6, hoursAgo: 60, unit: 'chaoyang-second', lane: 'FORM', kind: 'TASKS', payees: ['B003', 'B001'], depth: 3, ...orders, desk: 'DECLINE' },
  { number: 7, hoursAgo: 60, unit: 'chaoyang', lane: 'FORM', kind: 'INVESTMENT', payees: ['B002'], depth: 3, decision: 'MERGED', stops: 'NONE', desk: 'LEAVE' },
  { number: 8, hoursAgo: 60, unit: 'huqiu', lane: 'FORM', kind: 'INVESTMENT', payees: ['B001', 'B003'], depth: 4, ...orders, decision: 'CASE_OPENED' },
  { number: 9, hoursAgo: 42, unit: 'chaoyang', lane: 'FORM', kind: 'POLICE', payees: ['B001'], depth: 4, ...orders, decision: 'CASE_OPENED', chases: true },
  { number: 10, hoursAgo: 42, unit: 'chaoyang', lane: 'FORM', kind: 'SERVICE', payees: ['B001'], depth: 3, ...orders },
  { number: 11, hoursAgo: 42, unit: 'huqiu', lane: 'FORM', kind: 'TASKS', payees: ['B003', 'P001'], depth: 3, ...orders },
  { number: 12, hoursAgo: 42, unit: 'huqiu', lane: 'PHONE', kind: 'POLICE', payees: ['B001'], depth: 2, ...orders },
  { number: 13, hoursAgo: 42, unit: 'chaoyang', lane: 'FORM', kind: 'LOAN', payees: ['B002'], depth: 2, ...orders, releases: true },
  { number: 14, hoursAgo: 42, unit: 'chaoyang-second', lane: 'FORM', kind: 'INVESTMENT', payees: ['B001', 'B003'], depth: 4, ...orders, decision: 'CASE_OPENED' },
  { number: 15, hoursAgo: 42, unit: 'chaoyang', lane: 'FORM', kind: 'TASKS', payees: ['EXEMPT'], depth: 1, ...orders, decision: 'VERIFYING' },
  { number: 16, hoursAgo: 42, unit: 'huqiu', lane: 'FORM', kind: 'LOAN', payees: ['B002'], depth: 2, ...orders, desk: 'DECLINE' },
  { number: 17, hoursAgo: 0, unit: 'chaoyang', lane: 'PHONE', kind: 'POLICE', payees: ['B001', 'B002', 'B003', 'P001'], depth: 4, ...orders },
  { number: 18, hoursAgo: 0, unit: 'chaoyang', lane: 'PHONE', kind: 'SERVICE', payees: ['B002'], depth: 2, ...orders, desk: 'LEAVE' },
  { number: 19, hoursAgo: 0, unit: 'chaoyang', lane: 'FORM', kind: 'TASKS', payees: ['B001', 'B002'], depth: 3, decision: 'ACCEPTED', stops: 'PROPOSED', desk: 'LEAVE' },
  { number: 20, hoursAgo: 0, unit: 'chaoyang', lane: 'PHONE', kind: 'LOAN', payees: ['B003'], depth: 2, decision: 'REPORTED', stops: 'NONE', desk: 'LEAVE' },
  { number: 21, hoursAgo: 0, unit: 'chaoyang', lane: 'FORM', kind: 'INVESTMENT', payees: ['B003', 'P001'], depth: 3, decision: 'ACCEPTED', stops: 'RETURNED', desk: 'LEAVE' },
  { number: 22, hoursAgo: 0, unit: 'chaoyang', lane: 'FORM', kind: 'TASKS', payees: ['B002'], depth: 2, decision: 'ACCEPTED', stops: 'CANCELLED', desk: 'LEAVE' },
  { number: 23, hoursAgo: 0, unit: 'huqiu', lane: 'PHONE', kind: 'POLICE', payees: ['B001', 'B003'], depth: 3, ...orders, desk: 'LEAVE' },
  { number: 24, hoursAgo: 0, unit: 'huqiu', lane: 'FORM', kind: 'SERVICE', payees: ['B002'], depth: 2, decision: 'REPORTED', stops: 'NONE', desk: 'LEAVE' },
  { number: 25, hoursAgo: 0, unit: 'huqiu', lane: 'FORM', kind: 'INVESTMENT', payees: ['B001'], depth: 4, ...orders },
  { number: 26, hoursAgo: 0, unit: 'huqiu', lane: 'PHONE', kind: 'TASKS', payees: ['P001'], depth: 2, decision: 'ACCEPTED', stops: 'PROPOSED', desk: 'LEAVE' },
  { number: 27, hoursAgo: 0, unit: 'chaoyang-second', lane: 'FORM', kind: 'LOAN', payees: ['B001'], depth: 2, decision: 'VERIFYING', stops: 'NONE', desk: 'LEAVE' },
  { number: 28, hoursAgo: 0, unit: 'chaoyang', lane: 'PHONE', kind: 'INVESTMENT', payees: ['B001', 'SHOP'], depth: 3, ...orders },
  { number: 29, hoursAgo: 0, unit: 'chaoyang', lane: 'FORM', kind: 'SERVICE', payees: ['B003'], depth: 3, ...orders, desk: 'LEAVE' },
  { number: 30, hoursAgo: 0, unit: 'chaoyang', lane: 'PHONE', kind: 'POLICE', payees: ['B001'], depth: 3, ...orders, chases: true },
];

/** The case that carries the merged ones on. */
export const CARRIES_ON = 1;

/** A step with one key per case: taken a second time it changes nothing, so that a loading that was broken off can be taken up. */
export const keyOf = (number: number, step: string): { readonly idempotencyKey: string } => ({ idempotencyKey: `demo:${number}:${step}` });
