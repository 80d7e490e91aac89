import { newId } from '@lianfang/database';
import { callers, people } from '@lianfang/testing';
import { isRefused, sentence, type Caller } from '@lianfang/vocabulary';
import { acknowledge, approve, countOf, deliver, notExecuted, ordered, propose, proposed, requestsOf, stopped } from '../testing/bank-answers';
import { newHolder, openScene, placeCase, refusalsOf, succeeded, type Scene } from '../testing/stop-payment-scene';
import { proposeStopPayments } from './propose-stop-payments.actions';
import type { StopPaymentItem, TypedStopPayee } from './read-stop-item';

let scene: Scene;
beforeAll(async () => void (scene = await openScene()));
afterAll(() => scene?.close());

const typed = (over: Partial<TypedStopPayee> = {}): TypedStopPayee => {
  const holder = newHolder();
  return { kind: 'BANK_CARD', accountNumber: holder.account, holderName: holder.name, amount: '30000.00', transferredAt: '2026-05-06 11:30:00', ...over };
};
const withPayee = (over: Partial<TypedStopPayee> = {}, item: Partial<StopPaymentItem> = {}): StopPaymentItem => ({ payee: typed(over), ...item });

describe('a batch of stops', () => {
  it('of five payees at three banks becomes five requests, each at the institution of its prefix', async () => {
    const holders = [newHolder('B001'), newHolder('B002'), newHolder('B003'), newHolder('B001'), newHolder('B002')];

    const { batch, requests } = await proposed(scene, { holders });

    expect(requests.map(({ institution, institutionSource }) => `${institution} ${institutionSource}`).sort()).toEqual(['B001 PREFIX', 'B001 PREFIX', 'B002 PREFIX', 'B002 PREFIX', 'B003 PREFIX']);
    expect(batch).toMatchObject({ preparedBy: 'OFFICER', requiredLevel: 'COUNTY', layer: 1, refusedItems: [], decision: null });
    expect(requests.every(({ state, ordinal, version }) => state === 'PROPOSED' && ordinal === 1 && version === 1)).toBe(true);
  });

  it('keeps its good rows when one is bad, and says why the bad one was refused', async () => {
    const placed = await placeCase(scene);

    const batch = succeeded(await propose(scene, placed.id, { items: [withPayee(), withPayee({ amount: '3万' }), withPayee()] }));

    expect(await requestsOf(scene, batch)).toHaveLength(2);
    expect(batch.refusedItems).toEqual([{ position: 1, refusals: [expect.objectContaining({ code: 'AMOUNT_WITH_UNIT', path: 'items.1.payee.amount' })] }]);
  });

  it('is refused as a whole when no row is left, with every fault of every row', async () => {
    const placed = await placeCase(scene);

    const outcome = await propose(scene, placed.id, { items: [withPayee({ amount: '0', accountNumber: '6222****0001' }), withPayee({ transferredAt: '明天' })] });

    expect(refusalsOf(outcome)).toEqual(['ACCOUNT_MASKED at items.0.payee.accountNumber', 'AMOUNT_ZERO at items.0.payee.amount', 'TIME_NOT_READ at items.1.payee.transferredAt']);
  });

  it('is carried out once per key, and its key refuses other content', async () => {
    const placed = await placeCase(scene);
    const input = { idempotencyKey: newId(), caseId: placed.id, reason: '冒充客服', items: [withPayee()] };

    const batches = await Promise.all([1, 2, 3].map(() => proposeStopPayments(scene.by(callers.officer), input)));
    const other = await proposeStopPayments(scene.by(callers.officer), { ...input, reason: '另一理由' });

    expect(new Set(batches.map((batch) => succeeded(batch).id)).size).toBe(1);
    expect(await countOf(scene, 'select count(*) from stop_payment_request where case_id = $1', [placed.id])).toBe(1);
    expect(refusalsOf(other)).toEqual(['KEY_USED_FOR_OTHER_CONTENT at idempotencyKey']);
  });

  it('stops mule cards of layers 1 and 2 whole, and only the amount of merchants, corporate accounts and deep layers', async () => {
    const placed = await placeCase(scene);
    const items = [withPayee(), withPayee({ layer: 2 }), withPayee({ layer: 3 }), withPayee({ kind: 'CORPORATE_ACCOUNT' }), withPayee({ kind: 'MERCHANT', accountNumber: newHolder('P001').account })];

    const requests = await requestsOf(scene, succeeded(await propose(scene, placed.id, { items })));

    expect(requests.map(({ payeeKind, layer, wholeAccount, amountFen }) => [payeeKind, layer, wholeAccount, amountFen])).toEqual([
      ['BANK_CARD', 1, true, null], ['BANK_CARD', 2, true, null], ['BANK_CARD', 3, false, 3_000_000n], ['CORPORATE_ACCOUNT', 1, false, 3_000_000n], ['MERCHANT', 1, false, 3_000_000n],
    ]);
  });

  it('keeps account numbers and names out of plain columns', async () => {
    const holder = newHolder();
    const { requests } = await proposed(scene, { holders: [holder] });

    const rows = await countOf(scene, `select count(*) from stop_payment_request request where id = $1 and position($2 in request::text) + position($3 in request::text) = 0`, [requests[0]?.id, holder.account, holder.name]);

    expect(rows).toBe(1);
    expect(requests[0]?.accountNumberSealed.open()).toBe(holder.account);
  });
});

describe('a stated institution', () => {
  const warningsOf = async (over: Partial<StopPaymentItem>) => {
    const placed = await placeCase(scene);
    const [request] = await requestsOf(scene, succeeded(await propose(scene, placed.id, { items: [withPayee({}, over)] })));
    return { institution: request?.institution, warnings: request?.storedWarnings };
  };

  it("that is not the number prefix's is kept, with a warning that the approver reads", async () => {
    const { institution, warnings } = await warningsOf({ institution: 'b003' });

    expect({ institution, warnings }).toEqual({ institution: 'B003', warnings: [{ code: 'INSTITUTION_DIFFERS_FROM_PREFIX', path: 'institution', parameters: { stated: 'B003', found: 'B001' } }] });
    expect(warnings?.map((warning) => sentence(warning, 'en'))).toEqual(['The stated institution B003 is not that of the number prefix, B001; check the voucher, and return the request if it is wrong.']);
  });

  it('of a transfer of the case is compared too', async () => {
    const placed = await placeCase(scene, { holders: [newHolder('B001')], transfer: { payeeInstitution: 'B002' } });

    const [request] = await requestsOf(scene, succeeded(await propose(scene, placed.id, { items: [{ transferId: placed.transferIds[0] ?? '' }] })));

    expect([request?.institution, request?.storedWarnings.map(({ code }) => code)]).toEqual(['B002', ['INSTITUTION_DIFFERS_FROM_PREFIX']]);
  });

  it('that is the one of the prefix, or of a number that no prefix tells, is no doubt', async () => {
    expect(await warningsOf({ institution: 'B001' })).toEqual({ institution: 'B001', warnings: [] });
    expect(await warningsOf({ payee: typed({ kind: 'PASSBOOK', accountNumber: '88111100000000000' }), institution: 'B001' })).toEqual({ institution: 'B001', warnings: [] });
  });
});

describe('a core system that cannot do what is asked', () => {
  it('is told to the approver by the directory, and the proposal stands', async () => {
    const placed = await placeCase(scene);
    const items = [withPayee({ kind: 'QR_CODE_OR_ORDER', accountNumber: 'ORDER20260506001' }, { institution: 'P001', amount: '100' }), withPayee()];

    const requests = await requestsOf(scene, succeeded(await propose(scene, placed.id, { items })));

    expect(requests.map(({ institution, storedWarnings }) => [institution, storedWarnings.map(({ code, path }) => `${code} at ${path}`)])).toEqual([
      ['P001', ['CORE_CANNOT at payeeKind', 'CORE_CANNOT at amount']],
      ['B001', []],
    ]);
  });
});

describe('a row of a proposal is refused', () => {
  const rows: [string, () => StopPaymentItem, string][] = [
    ['with neither transfer nor payee', () => ({}), 'TRANSFER_OR_PAYEE at items.0'],
    ['with both a transfer and a payee', () => ({ transferId: newId(), payee: typed() }), 'TRANSFER_OR_PAYEE at items.0'],
    ['for a transfer of another case', () => ({ transferId: newId() }), 'TRANSFER_NOT_OF_CASE at items.0.transferId'],
    ['without a name unless the name is said to be unknown', () => withPayee({ holderName: '' }), 'NAME_OR_UNKNOWN at items.0.payee.holderName'],
    ['with a name that is also said to be unknown', () => withPayee({ nameUnknown: true }), 'NAME_AND_UNKNOWN at items.0.payee.nameUnknown'],
    ['with a masked account number', () => withPayee({ accountNumber: '9900****1234' }), 'ACCOUNT_MASKED at items.0.payee.accountNumber'],
    ['with a number that a spreadsheet cut', () => withPayee({ accountNumber: '9.90001E+18' }), 'ACCOUNT_CUT_BY_SPREADSHEET at items.0.payee.accountNumber'],
    ['with an amount of zero', () => withPayee({ amount: '0' }), 'AMOUNT_ZERO at items.0.payee.amount'],
    ['with an amount in 万元', () => withPayee({ amount: '3万元' }), 'AMOUNT_WITH_UNIT at items.0.payee.amount'],
    ['with a negative amount', () => withPayee({ amount: '-1' }), 'AMOUNT_NEGATIVE at items.0.payee.amount'],
    ['with a transfer in the future', () => withPayee({ transferredAt: '2026-05-07 12:00:00' }), 'TIME_IN_FUTURE at items.0.payee.transferredAt'],
    ['with an unknown kind of payee', () => withPayee({ kind: 'PIGEON' }), 'VALUE_NOT_LISTED at items.0.payee.kind'],
    ['for an address on a blockchain, with advice', () => withPayee({ kind: 'CHAIN_ADDRESS' }), 'PAYEE_CANNOT_BE_STOPPED at items.0.payee.kind'],
    ['for cash handed over, with advice', () => withPayee({ kind: 'CASH_OR_GOLD' }), 'PAYEE_CANNOT_BE_STOPPED at items.0.payee.kind'],
    ['for a top-up card, with advice', () => withPayee({ kind: 'TOP_UP_CARD' }), 'PAYEE_CANNOT_BE_STOPPED at items.0.payee.kind'],
    ['when no prefix tells the institution and none is stated', () => withPayee({ accountNumber: '8811110000000000015' }), 'INSTITUTION_UNKNOWN at items.0.institution'],
    ['for an institution that the directory does not list, as a branch', () => withPayee({}, { institution: '102100000030' }), 'INSTITUTION_NOT_LISTED at items.0.institution'],
    ['with a whole account and an amount', () => withPayee({}, { wholeAccount: true, amount: '100' }), 'HOLD_AMBIGUOUS at items.0.amount'],
    ['with an amount above what was paid in', () => withPayee({}, { amount: '30000.01' }), 'HOLD_ABOVE_TRANSFER at items.0.amount'],
    ['with an unknown channel', () => withPayee({}, { channel: 'PIGEON' }), 'VALUE_NOT_LISTED at items.0.channel'],
    ['with a channel that only the language knows', () => withPayee({}, { channel: 'toString' }), 'VALUE_NOT_LISTED at items.0.channel'],
    ['for a layer that is none', () => withPayee({ layer: 0 }), 'ACCOUNT_LEVEL_RANGE at items.0.payee.layer'],
    ['with a name that is a program', () => withPayee({ holderName: '<script>alert(1)</script>' }), 'NAME_BAD_CHARACTER at items.0.payee.holderName'],
    ['for a transfer in the future', () => withPayee({ transferredAt: '2026-05-06 12:00:01' }), 'TIME_IN_FUTURE at items.0.payee.transferredAt'],
    ['with an application number that is too long', () => withPayee({}, { externalApplicationNumber: '1'.repeat(37) }), 'EXTERNAL_NUMBER_FORM at items.0.externalApplicationNumber'],
    ['with a document number in square brackets', () => withPayee({}, { legalDocumentNumber: '虚公止字[2026]1号' }), 'DOCUMENT_NUMBER_BRACKETS at items.0.legalDocumentNumber'],
    ["with last year's document number", () => withPayee({}, { legalDocumentNumber: '虚公止字〔2025〕1号' }), 'DOCUMENT_NUMBER_YEAR at items.0.legalDocumentNumber'],
    ['with an MD5 in place of a SHA-256', () => withPayee({}, { legalDocumentHash: 'ab'.repeat(16) }), 'HASH_NOT_SHA256 at items.0.legalDocumentHash'],
    ["for the victim's own paying account, with the protective measure named", () => withPayee({ accountNumber: people.victim.account }), 'PAYING_ACCOUNT at items.0'],
  ];

  it.each(rows)('%s', async (_, itemOf, refusal) => {
    const placed = await placeCase(scene);

    const outcome = await propose(scene, placed.id, { items: [itemOf()] });

    expect(refusalsOf(outcome)).toEqual([refusal]);
    if (isRefused(outcome)) for (const language of ['zh', 'en'] as const) expect(outcome.refusals.map((refusal) => sentence(refusal, language)).join()).not.toMatch(/[{}]/);
  });

  it('when a row above it names the same account', async () => {
    const placed = await placeCase(scene);
    const item = withPayee();

    const batch = succeeded(await propose(scene, placed.id, { items: [item, item] }));

    expect(batch.refusedItems).toEqual([{ position: 1, refusals: [expect.objectContaining({ code: 'ACCOUNT_TWICE_IN_BATCH', parameters: { position: '1' } })] }]);
  });

  it('when its application number was used before (重复提交)', async () => {
    const placed = await placeCase(scene);
    const externalApplicationNumber = newId();
    succeeded(await propose(scene, placed.id, { items: [withPayee({}, { externalApplicationNumber })] }));

    const outcome = await propose(scene, placed.id, { items: [withPayee({}, { externalApplicationNumber })] });

    expect(refusalsOf(outcome)).toEqual(['EXTERNAL_NUMBER_USED at items.0.externalApplicationNumber']);
  });
});

describe('a proposal is refused', () => {
  it.each<[string, Parameters<typeof placeCase>[1], string]>([
    ['before the case is accepted', { over: { state: 'REPORTED', acceptedAt: null, acceptedById: null } }, 'CASE_NOT_ACCEPTED at caseId'],
    ['when the case was not opened', { over: { state: 'NOT_OPENED' } }, 'CASE_ENDED at caseId'],
    ['when the form is overdue', { over: { formState: 'OVERDUE', formSignedAt: null, formDueAt: new Date('2026-05-05T00:00:00Z') } }, 'FORM_MISSING at caseId'],
    ['when the catch-up time is over, even before the clock has noticed', { over: { formState: 'DUE', formSignedAt: null, formDueAt: new Date('2026-05-06T03:59:59Z') } }, 'FORM_MISSING at caseId'],
  ])('%s', async (_, wishes, refusal) => {
    const placed = await placeCase(scene, wishes);

    expect(refusalsOf(await propose(scene, placed.id, { items: [{ transferId: placed.transferIds[0] ?? '' }] }))).toEqual([refusal]);
  });

  it('not while the catch-up time of a report by phone runs', async () => {
    const placed = await placeCase(scene, { holders: [newHolder()], over: { formState: 'DUE', formSignedAt: null, formDueAt: new Date('2026-05-07T00:00:00Z') } });

    succeeded(await propose(scene, placed.id, { items: [{ transferId: placed.transferIds[0] ?? '' }] }));
  });

  it.each([['', 'REASON_REQUIRED at reason'], ['止付\u0000', 'VALUE_UNWRITABLE at reason'], ['A990101000000202605000001', 'REASON_ONLY_NUMBER at reason']])('with the reason "%s"', async (reason, refusal) => {
    const placed = await placeCase(scene);

    expect(refusalsOf(await propose(scene, placed.id, { items: [withPayee()], reason }))).toEqual([refusal]);
  });

  it('without a row, and with more rows than one approver can read', async () => {
    const placed = await placeCase(scene);
    const strict = scene.withSettings({ stopPayment: { mostItems: 1 } });

    expect(refusalsOf(await propose(scene, placed.id, { items: [] }))).toEqual(['BATCH_EMPTY at items']);
    expect(refusalsOf(await propose(strict, placed.id, { items: [withPayee(), withPayee()] }))).toEqual(['BATCH_TOO_LONG at items']);
  });

  it.each<[string, Caller, string]>([
    ['from another region, which does not even see the case', callers.officerElsewhere, 'NOT_FOUND at caseId'],
    ['from another unit', callers.officerOfStation, 'OUTSIDE_YOUR_SCOPE'],
    ['from a role that takes reports only', callers.intakeOfficer, 'NOT_ALLOWED'],
    ['from a leader, who approves', callers.leader, 'NOT_ALLOWED'],
    ['from an auditor', callers.policeAuditor, 'NOT_ALLOWED'],
  ])('%s', async (_, caller, refusal) => {
    const placed = await placeCase(scene);

    expect(refusalsOf(await propose(scene, placed.id, { items: [withPayee()] }, caller))).toEqual([refusal]);
  });

  it('for an id that is none', async () => {
    expect(refusalsOf(await propose(scene, 'no-id', { items: [withPayee()] }))).toEqual(['NOT_FOUND at caseId']);
  });
});

describe('stops of one account by one unit (86-5)', () => {
  const again = async (holder: ReturnType<typeof newHolder>) => {
    const placed = await placeCase(scene, { holders: [holder] });
    return propose(scene, placed.id, { items: [{ transferId: placed.transferIds[0] ?? '' }] });
  };

  it('are two: the third is refused, whichever case it comes from', async () => {
    const holder = newHolder();
    succeeded(await again(holder));
    const second = succeeded(await again(holder));

    expect((await requestsOf(scene, second))[0]?.ordinal).toBe(2);
    expect(refusalsOf(await again(holder))).toEqual(['THIRD_STOP at items.0']);
  });

  it('count only when they are executed: what was not executed leaves its place free', async () => {
    const holder = newHolder();
    const { request } = await ordered(scene, { holders: [holder] });
    succeeded(await again(holder));
    await deliver(scene, notExecuted(scene, request.id));

    succeeded(await again(holder));

    expect(refusalsOf(await again(holder))).toEqual(['THIRD_STOP at items.0']);
  });

  it('are proposed once while one waits in the same case, and again by request only', async () => {
    const { placed, request } = await ordered(scene, { holders: [newHolder()] });
    const items = [{ transferId: placed.transferIds[0] ?? '' }];

    expect(refusalsOf(await propose(scene, placed.id, { items }))).toEqual(['STOP_UNDER_WAY at items.0']);
    await acknowledge(scene, request.id);
    await deliver(scene, stopped(scene, request.id));
    expect(refusalsOf(await propose(scene, placed.id, { items }))).toEqual(['SECOND_STOP_BY_REQUEST at items.0']);
  });

  it('stay two when three proposals come at one moment', async () => {
    const holder = newHolder();
    const cases = await Promise.all([1, 2, 3, 4].map(() => placeCase(scene, { holders: [holder] })));

    const outcomes = await Promise.all(cases.map((placed) => propose(scene, placed.id, { items: [{ transferId: placed.transferIds[0] ?? '' }] })));

    expect(outcomes.filter((outcome) => !isRefused(outcome))).toHaveLength(2);
  });

  it('are guarded by the database too', async () => {
    const { requests } = await proposed(scene, { holders: [newHolder()] });

    await expect(countOf(scene, `insert into account_stop select gen_random_uuid(), account_index, case_id, unit_code, unit_name, duty_phone, region_code, ordinal, counting, stopped_at, created_at
      from account_stop where id = $1 returning 1 as count`, [requests[0]?.id])).rejects.toThrow(/account_stop_twice/);
  });
});

describe('a second unit after the same account', () => {
  it('has its own two stops, needs a city leader with a reason, and both units learn of each other', async () => {
    const holder = newHolder();
    const { request } = await ordered(scene, { holders: [holder] });
    await deliver(scene, stopped(scene, request.id));

    const { batch, requests } = await proposed(scene, { holders: [holder], officer: callers.officerOfNeighbour });

    expect(batch.requiredLevel).toBe('CITY');
    expect(requests[0]).toMatchObject({ ordinal: 1, sharedWithOtherUnit: true, storedWarnings: [{ code: 'OTHER_UNIT_ON_ACCOUNT', parameters: { unit: '虚构单位990101', phone: '0990-990101' } }] });
    expect(await countOf(scene, `select count(*) from notice where kind = 'OTHER_UNIT' and request_id = $1 and lines->0->'parameters'->>'phone' = '0990-990102'`, [request.id])).toBe(1);
    expect(refusalsOf(await approve(scene, batch, {}, { ...callers.leader, id: newId(), unit: '990102000000', region: '990102' }))).toEqual(['LEVEL_TOO_LOW', 'OTHER_UNIT_NEEDS_REASON at reason']);
    expect(refusalsOf(await approve(scene, batch, {}, callers.leaderOfCity))).toEqual(['OTHER_UNIT_NEEDS_REASON at reason']);
    expect(succeeded(await approve(scene, batch, { reason: '另有被害人，资金独立' }, callers.leaderOfCity)).decision).toBe('APPROVED');
  });

  it('learns nothing but unit and duty phone: the other region sees neither case nor request', async () => {
    const { placed, request } = await ordered(scene, { holders: [newHolder()] });

    const seen = await scene.database.runtime.asCaller(callers.officerElsewhere, async (manager) => ({
      requests: await manager.query('select 1 from stop_payment_request where id = $1', [request.id]),
      cases: await manager.query('select 1 from fraud_case where id = $1', [placed.id]),
      batches: await manager.query('select 1 from stop_payment_batch where case_id = $1', [placed.id]),
    }));

    expect(seen).toEqual({ requests: [], cases: [], batches: [] });
  });
});
