import { callers } from '@lianfang/testing';
import { MINUTE, clockCaller } from '@lianfang/vocabulary';
import type { FourFacts } from './four-facts.rules';
import { executionRules, factsAgree, firstRefusal, isClaimedByCaller, isFreeToClaim, isStillValid, nameIsKnown, readNote } from './stop-payment-order.rules';

const now = new Date('2026-05-01T02:10:00.000Z');
const later = new Date(now.getTime() + MINUTE);
const [liaison, colleague] = [callers.liaisonOfB002, { ...callers.liaisonOfB002, id: 'colleague' }];
const order = (over: Partial<Parameters<typeof isFreeToClaim>[0]['order']> = {}) => ({ claimedBy: null, leaseUntil: null, validUntil: later, ...over });
const claimed = order({ claimedBy: liaison.id, leaseUntil: later });
const lapsed = order({ claimedBy: liaison.id, leaseUntil: now });
const agreeing: FourFacts = { account: 'MATCH', holderName: 'MATCH', amount: 'MATCH', time: 'MATCH' };

describe('claiming an order', () => {
  it.each([
    ['nobody holds', order(), colleague, undefined],
    ['a colleague holds', claimed, colleague, 'CLAIMED_BY_ANOTHER'],
    ['one holds oneself', claimed, liaison, undefined],
    ['a colleague held until now', lapsed, colleague, undefined],
  ])('an order that %s', (_what, held, caller, code) => {
    expect(isFreeToClaim({ order: held, caller, now })?.code).toBe(code);
  });

  it('says until when a colleague holds it, in China time, and not who', () => {
    expect(isFreeToClaim({ order: claimed, caller: colleague, now })?.parameters).toEqual({ until: '2026-05-01 10:11:00' });
  });
});

describe('answering an order', () => {
  it.each([
    ['by its holder', claimed, liaison, undefined],
    ['by a colleague', claimed, colleague, 'NOT_CLAIMED_BY_YOU'],
    ['by nobody’s holder', order(), liaison, 'NOT_CLAIMED_BY_YOU'],
    ['after the lease has ended', lapsed, liaison, 'NOT_CLAIMED_BY_YOU'],
    ['by the machine, while nobody holds it', order(), clockCaller('banks'), undefined],
    ['by the machine, while a liaison holds it', claimed, clockCaller('banks'), 'CLAIMED_BY_ANOTHER'],
  ])('%s', (_who, held, caller, code) => {
    expect(isClaimedByCaller({ order: held, caller, now })?.code).toBe(code);
  });
});

describe('executing a stop', () => {
  it('begins no execution at or after the end of the validity', () => {
    expect(isStillValid({ order: order({ validUntil: now }), caller: liaison, now })?.code).toBe('ORDER_NO_LONGER_VALID');
    expect(isStillValid({ order: order(), caller: liaison, now })).toBeUndefined();
  });

  it.each(['account', 'holderName', 'amount', 'time'] as const)('is refused when the %s differs (86-2)', (field) => {
    expect(factsAgree({ facts: { ...agreeing, [field]: 'MISMATCH' } })).toMatchObject({ code: 'FACTS_DIFFER', law: '86-2' });
  });

  it('needs a person for a holder that nobody has named', () => {
    const facts: FourFacts = { ...agreeing, holderName: 'UNKNOWN' };

    expect(nameIsKnown({ facts, nameConfirmed: false })).toMatchObject({ code: 'NAME_NOT_CONFIRMED', path: 'nameConfirmed' });
    expect(nameIsKnown({ facts, nameConfirmed: true })).toBeUndefined();
  });

  it('asks for the claim first, then for the validity, then for the facts', () => {
    const refused = (held: ReturnType<typeof order>, facts: FourFacts) => firstRefusal(executionRules, { order: held, caller: liaison, now, facts, nameConfirmed: false })?.code;
    const differing: FourFacts = { ...agreeing, amount: 'MISMATCH' };

    expect(refused(order({ validUntil: now }), differing)).toBe('NOT_CLAIMED_BY_YOU');
    expect(refused({ ...claimed, validUntil: now }, differing)).toBe('ORDER_NO_LONGER_VALID');
    expect(refused(claimed, differing)).toBe('FACTS_DIFFER');
    expect(refused(claimed, agreeing)).toBeUndefined();
  });
});

describe('declining a stop', () => {
  it.each(['EXEMPT_ACCOUNT', 'NOT_SUPPORTED', 'TECHNICAL'])('for %s says nothing without a note', (reason) => {
    expect(readNote(' ', reason)).toMatchObject({ code: 'NOTE_REQUIRED', path: 'businessNote' });
    expect(readNote(' 备付金账户 ', reason)).toBe('备付金账户');
  });

  it('for a field that differs needs no note', () => {
    expect(readNote(null, 'MISMATCH_NAME')).toBeNull();
  });

  it('is refused when it is longer than a message carries, or holds what cannot be kept', () => {
    expect(readNote('注'.repeat(500), 'TECHNICAL')).toBe('注'.repeat(500));
    expect(readNote('注'.repeat(501), 'TECHNICAL')).toMatchObject({ code: 'VALUE_TOO_LONG', path: 'businessNote', parameters: { longest: '500' } });
    expect(readNote('注\u0000', 'MISMATCH_NAME')).toMatchObject({ code: 'VALUE_UNWRITABLE', path: 'businessNote' });
  });
});
