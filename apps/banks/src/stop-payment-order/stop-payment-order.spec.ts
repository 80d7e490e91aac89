import { callers, people } from '@lianfang/testing';
import { HOUR, MINUTE, Refused, clockCaller, isRefused, moneyOf, type Caller } from '@lianfang/vocabulary';
import { CoreUnavailable, type CoreBanking } from '../core-banking/core-banking';
import { setLedgerAccountStatus } from '../core-banking/ledger-account';
import { postTransfer } from '../core-banking/ledger-posting';
import { openBankBench, transferredAt, type BankBench } from '../testing/bank-bench';
import { claimStopPaymentOrder, declineStopPayment, executeStopPayment, unclaimStopPaymentOrder } from './stop-payment-order.actions';
import { continueAtCore, type CoreDesk } from './core-work';
import { lockOrder, recordFailure } from './order-steps';
import { StopPaymentOrder } from './stop-payment-order.entity';
import { DeclineReason } from './stop-payment-order.input';

let bench: BankBench;
let submissions = 0;

beforeAll(async () => {
  bench = await openBankBench();
});
afterAll(() => bench?.database.drop());
afterEach(() => bench.clock.set(new Date(transferredAt.getTime() + 10 * MINUTE)));

const liaison = callers.liaisonOfB002;
const colleague: Caller = { ...callers.liaisonOfB002, id: '00000000-0000-4000-8000-000000000999', name: '同事' };
const inputFor = (order: StopPaymentOrder) => ({ id: order.id, version: order.version, idempotencyKey: `spec-${(submissions += 1)}` });
const codeOf = (outcome: unknown): string | undefined => (isRefused(outcome) ? outcome.refusals[0]?.code : undefined);

function done(outcome: StopPaymentOrder | Refused): StopPaymentOrder {
  if (isRefused(outcome)) throw new Error(`refused: ${outcome.refusals.map((refusal) => refusal.code).join(', ')}`);
  return outcome;
}

const claim = async (order: StopPaymentOrder, caller = liaison) => done(await claimStopPaymentOrder(bench.as(caller), inputFor(order)));
const execute = (order: StopPaymentOrder, over: { caller?: Caller; nameConfirmed?: boolean; desk?: CoreDesk } = {}) =>
  executeStopPayment(bench.as(over.caller ?? liaison), { ...inputFor(order), nameConfirmed: over.nameConfirmed ?? false }, over.desk ?? bench.desk);

/** Whether money can leave an account. */
const canPay = async (ref: string): Promise<string> =>
  (await postTransfer(bench.ledger, { reference: `try-${(submissions += 1)}`, from: { ref }, to: 'CASH', amount: moneyOf(1n), kind: 'WITHDRAWAL' })).outcome;

/** A desk whose core system is silent for its first `faults` commands and reads, as a network that fails. */
function silentDesk(faults: number, when: 'before' | 'after' = 'before'): CoreDesk {
  let left = faults;
  const failing = (core: CoreBanking): CoreBanking => ({
    ...core,
    hold: async (command) => {
      if (left <= 0) return core.hold(command);
      left -= 1;
      if (when === 'after') await core.hold(command);
      return { outcome: 'UNCERTAIN', cause: 'no answer' };
    },
    release: async (orderId) => {
      if (left <= 0) return core.release(orderId);
      left -= 1;
      if (when === 'after') await core.release(orderId);
      return { outcome: 'UNCERTAIN', cause: 'no answer' };
    },
  });
  return { ...bench.desk, coreOf: (institution) => failing(bench.desk.coreOf(institution)) };
}

describe('a straight-through institution', () => {
  it('stops at once when all four facts agree, and tells balance, start, end and outflows', async () => {
    const account = await bench.openMuleAccount('B001');
    await postTransfer(bench.ledger, { reference: `out-${account.number}`, from: { ref: account.ref }, to: { number: people.secondHolder.account, holderName: people.secondHolder.name, institution: 'B003' }, amount: moneyOf(1_000_000n), at: new Date(transferredAt.getTime() + MINUTE) });
    const order = await bench.receive(account);

    await bench.work();

    const stopped = await bench.load(order.id);
    expect(stopped).toMatchObject({ state: 'STOPPED', execution: 'STRAIGHT_THROUGH', heldAmount: 2_000_000n, balanceAmount: 2_000_000n });
    expect(stopped.expiresAt?.getTime()).toBe((stopped.startedAt?.getTime() ?? 0) + 48 * HOUR);
    const [message] = await bench.posted(order.id);
    expect(message).toMatchObject({
      type: 'stop-payment.stopped.v1',
      data: { held: { fen: '2000000' }, balance: { fen: '2000000' }, wholeAccount: true, outflows: [{ amount: { fen: '1000000' }, accountNumber: people.secondHolder.account, institution: 'B003' }] },
    });
  });

  it.each([
    ['name', { holderName: '另一人' }, 'MISMATCH_NAME'],
    ['account', { accountNumber: '9900010000000000999' }, 'NOT_FOUND'],
    ['amount', { amount: { fen: '2999999', currency: 'CNY' } }, 'MISMATCH_AMOUNT'],
    ['currency', { amount: { fen: '3000000', currency: 'USD' } }, 'MISMATCH_AMOUNT'],
    ['time', { transferredAt: new Date(transferredAt.getTime() + 6 * MINUTE).toISOString() }, 'MISMATCH_TIME'],
  ])('answers which field differs: the %s', async (_field, facts, reason) => {
    const order = await bench.receive(await bench.openMuleAccount('B001'), { facts });

    await bench.work();

    expect(await bench.load(order.id)).toMatchObject({ state: 'NOT_EXECUTED', notExecutedReason: reason, execution: null });
    expect(await bench.posted(order.id)).toMatchObject([{ type: 'stop-payment.not-executed.v1', data: { reason } }]);
  });

  it('tells what is held in the currency of the core system, whatever the order says', async () => {
    const order = await bench.receive(await bench.openMuleAccount('B001'));
    const dollars = (core: CoreBanking): CoreBanking => ({
      ...core,
      hold: async (command) => {
        const answer = await core.hold(command);
        return answer.outcome === 'HELD' ? { ...answer, held: moneyOf(7n, 'USD'), balance: moneyOf(9n, 'USD') } : answer;
      },
    });

    await bench.work({ ...bench.desk, coreOf: (institution) => dollars(bench.desk.coreOf(institution)) });

    expect(await bench.load(order.id)).toMatchObject({ state: 'STOPPED', currency: 'CNY', heldCurrency: 'USD' });
    expect(await bench.posted(order.id)).toMatchObject([{ data: { held: { fen: '7', currency: 'USD' }, balance: { fen: '9', currency: 'USD' } } }]);
  });

  it('leaves an order without a holder to a person', async () => {
    const order = await bench.receive(await bench.openMuleAccount('B001'), { facts: { holderName: null } });

    await bench.work();

    expect(await bench.load(order.id)).toMatchObject({ state: 'RECEIVED', facts: { holderName: 'UNKNOWN', account: 'MATCH', amount: 'MATCH', time: 'MATCH' } });
  });

  it('executes nothing after the validity of the order', async () => {
    const order = await bench.receive(await bench.openMuleAccount('B001'), { validUntil: bench.clock.now().toISOString() });

    await bench.work();

    expect(await bench.load(order.id)).toMatchObject({ state: 'NOT_EXECUTED', notExecutedReason: 'ORDER_EXPIRED' });
  });

  it('answers a core system that cannot hold an amount with NOT_SUPPORTED', async () => {
    bench.chosen.set('P001', { straightThrough: true, timeTolerance: 5 * MINUTE, nameUnknown: 'BY_HAND' });
    const order = await bench.receive(await bench.openMuleAccount('P001'), { hold: { amount: { fen: '3000000', currency: 'CNY' } } });

    await bench.work();

    expect(await bench.load(order.id)).toMatchObject({ state: 'NOT_EXECUTED', notExecutedReason: 'NOT_SUPPORTED' });
  });
});

describe('what kind of payee an order names', () => {
  it.each([
    ['a payment institution that works by hand', 'P001', 'QR_CODE_OR_ORDER', 'ORD-2026-000001'],
    ['a payment institution that works by hand', 'P001', 'MERCHANT', '990001202605001'],
    ['a bank that executes straight through', 'B001', 'ECNY_WALLET', 'W-0000001'],
  ] as const)('is answered NOT_SUPPORTED at once by %s whose core system finds none by it (%s, %s)', async (_who, institution, payeeKind, accountNumber) => {
    bench.chosen.delete('P001');
    const order = await bench.receive(await bench.openMuleAccount(institution), { facts: { payeeKind, accountNumber } });

    await bench.work();

    expect(await bench.load(order.id)).toMatchObject({ payeeKind, accountLastFour: accountNumber.slice(-4), state: 'NOT_EXECUTED', notExecutedReason: 'NOT_SUPPORTED', facts: null });
    expect(await bench.posted(order.id)).toMatchObject([{ type: 'stop-payment.not-executed.v1', data: { reason: 'NOT_SUPPORTED' } }]);
  });

  it('is answered so too when a liaison is faster than the machine', async () => {
    const order = await claim(await bench.receive(await bench.openMuleAccount(), { facts: { payeeKind: 'MERCHANT' } }));

    expect(done(await execute(order, { nameConfirmed: true }))).toMatchObject({ state: 'NOT_EXECUTED', notExecutedReason: 'NOT_SUPPORTED' });
  });

  it('reaches the core system that finds accounts by it', async () => {
    const asked: unknown[] = [];
    const order = await bench.receive(await bench.openMuleAccount('B001'), { facts: { payeeKind: 'MERCHANT' } });
    const finding = (core: CoreBanking): CoreBanking => ({
      ...core,
      capabilities: { ...core.capabilities, payeeKinds: ['MERCHANT'] },
      findAccount: (number, kind) => (asked.push(kind), core.findAccount(number, kind)),
    });

    await bench.work({ ...bench.desk, coreOf: (institution) => finding(bench.desk.coreOf(institution)) });

    expect(await bench.load(order.id)).toMatchObject({ state: 'STOPPED' });
    expect(new Set(asked)).toEqual(new Set(['MERCHANT']));
  });

  it('is an account where the order comes in the version before, which does not say it', async () => {
    const order = await bench.receiveBefore(await bench.openMuleAccount('B001'));

    await bench.work();

    expect(await bench.load(order.id)).toMatchObject({ payeeKind: null, state: 'STOPPED' });
  });
});

describe('a stop by hand', () => {
  it('is matched on arrival, and waits for a liaison', async () => {
    const order = await bench.receive(await bench.openMuleAccount());

    await bench.work();

    expect(await bench.load(order.id)).toMatchObject({ state: 'RECEIVED', facts: { account: 'MATCH', holderName: 'MATCH', amount: 'MATCH', time: 'MATCH' } });
    expect(await bench.posted(order.id)).toEqual([]);
  });

  it('goes to who claims it: of two at the same moment one gets it', async () => {
    const order = await bench.receive(await bench.openMuleAccount());

    const outcomes = await Promise.all([claimStopPaymentOrder(bench.as(liaison), inputFor(order)), claimStopPaymentOrder(bench.as(colleague), inputFor(order))]);

    expect(outcomes.filter(isRefused).map(codeOf)).toEqual(['CLAIMED_BY_ANOTHER']);
    expect((await bench.load(order.id)).version).toBe(2);
  });

  it('is free again when the lease has ended, not before', async () => {
    const order = await claim(await bench.receive(await bench.openMuleAccount()));

    await bench.fire('LAPSE_CLAIM', order.id);
    expect(await bench.load(order.id)).toMatchObject({ claimedBy: liaison.id });

    bench.clock.advance(10 * MINUTE);
    await bench.fire('LAPSE_CLAIM', order.id);
    expect(await bench.load(order.id)).toMatchObject({ claimedBy: null, leaseUntil: null, state: 'RECEIVED' });
    expect(codeOf(await claimStopPaymentOrder(bench.as(colleague), inputFor(await bench.load(order.id))))).toBeUndefined();
  });

  it('is given back by hand', async () => {
    const order = await claim(await bench.receive(await bench.openMuleAccount()));

    expect(done(await unclaimStopPaymentOrder(bench.as(liaison), inputFor(order)))).toMatchObject({ claimedBy: null, claimedByName: null });
  });

  it('is executed by its holder only', async () => {
    const order = await bench.receive(await bench.openMuleAccount());
    expect(codeOf(await execute(order))).toBe('NOT_CLAIMED_BY_YOU');

    const claimed = await claim(order, colleague);
    expect(codeOf(await execute(claimed))).toBe('NOT_CLAIMED_BY_YOU');
    expect(done(await execute(claimed, { caller: colleague }))).toMatchObject({ state: 'STOPPED', execution: 'BY_HAND', claimedBy: null });
  });

  it('is not executed when a fact differs, and the refusal names it', async () => {
    const order = await claim(await bench.receive(await bench.openMuleAccount(), { facts: { holderName: '另一人' } }));

    const outcome = await execute(order);

    expect(isRefused(outcome) && outcome.refusals).toMatchObject([{ code: 'FACTS_DIFFER', law: '86-2', parameters: { field: 'MISMATCH_NAME' } }]);
    expect(await bench.load(order.id)).toMatchObject({ state: 'RECEIVED', claimedBy: liaison.id });
  });

  it('without a holder in the order needs the liaison to have checked the name', async () => {
    const order = await claim(await bench.receive(await bench.openMuleAccount(), { facts: { holderName: null } }));

    expect(codeOf(await execute(order))).toBe('NAME_NOT_CONFIRMED');
    expect(done(await execute(order, { nameConfirmed: true })).state).toBe('STOPPED');
  });

  it('is declined with a reason; an exempt account needs a note', async () => {
    const order = await claim(await bench.receive(await bench.openMuleAccount()));

    expect(codeOf(await declineStopPayment(bench.as(liaison), { ...inputFor(order), reason: DeclineReason.EXEMPT_ACCOUNT }))).toBe('NOTE_REQUIRED');
    const declined = done(await declineStopPayment(bench.as(liaison), { ...inputFor(order), reason: DeclineReason.EXEMPT_ACCOUNT, businessNote: '农民工工资专户' }));

    expect(declined).toMatchObject({ state: 'NOT_EXECUTED', notExecutedReason: 'EXEMPT_ACCOUNT', claimedBy: null });
    expect(await bench.posted(order.id)).toMatchObject([{ data: { reason: 'EXEMPT_ACCOUNT', businessNote: '农民工工资专户' } }]);
  });

  it('is carried out once when it is submitted twice, and refused when the key comes back with other content', async () => {
    const order = await claim(await bench.receive(await bench.openMuleAccount()));
    const input = { ...inputFor(order), nameConfirmed: false };

    const first = done(await executeStopPayment(bench.as(liaison), input, bench.desk));
    const second = done(await executeStopPayment(bench.as(liaison), input, bench.desk));

    expect([first.state, second.state, second.version]).toEqual(['STOPPED', 'STOPPED', first.version]);
    expect(await bench.posted(order.id)).toHaveLength(1);
    expect(codeOf(await executeStopPayment(bench.as(liaison), { ...input, nameConfirmed: true }, bench.desk))).toBe('KEY_USED_FOR_OTHER_CONTENT');
  });

  it('is refused when the order has changed since it was seen', async () => {
    const order = await claim(await bench.receive(await bench.openMuleAccount()));

    expect(codeOf(await executeStopPayment(bench.as(liaison), { ...inputFor(order), version: order.version - 1, nameConfirmed: false }, bench.desk))).toBe('CHANGED_MEANWHILE');
  });

  it('says so when the core system does not answer, and changes nothing', async () => {
    const order = await claim(await bench.receive(await bench.openMuleAccount()));
    const away: CoreDesk = { ...bench.desk, coreOf: (institution) => ({ ...bench.desk.coreOf(institution), findAccount: () => Promise.reject(new CoreUnavailable('down')) }) };

    expect(codeOf(await execute(order, { desk: away }))).toBe('CORE_UNREACHABLE');
    expect(await bench.load(order.id)).toMatchObject({ state: 'RECEIVED', version: order.version });
  });
});

describe('a legal document that follows its order', () => {
  const number = '虚公（刑）止字〔2026〕12号';
  const shown = { legalDocumentNumber: number, legalDocumentSha256: 'ab'.repeat(32), externalMessageNumber: 'MSG-0001' };

  it('stands on the order in whatever state it is, and a repeat changes nothing', async () => {
    const waiting = await bench.receive(await bench.openMuleAccount());
    const stopped = await bench.receive(await bench.openMuleAccount('B001'));
    await bench.work();

    for (const { id } of [waiting, stopped, stopped]) await bench.followWithDocument(id, number);

    expect(await bench.load(waiting.id)).toMatchObject({ ...shown, state: 'RECEIVED', version: waiting.version });
    expect(await bench.load(stopped.id)).toMatchObject({ ...shown, state: 'STOPPED' });
    const facts = await bench.database.worker.asCaller(clockCaller('banks'), (manager) =>
      manager.query<unknown[]>(`select from audit_entry where thing_id = $1 and kind = 'FACT' and body::jsonb ->> 'fact' = 'LEGAL_DOCUMENT_RECEIVED'`, [stopped.id]),
    );
    expect(facts).toHaveLength(1);
  });

  it('is not exchanged for another, and waits for its order', async () => {
    const order = await bench.receive(await bench.openMuleAccount(), { legalDocument: { number, sha256: null } });

    await bench.followWithDocument(order.id, number);
    expect(await bench.load(order.id)).toMatchObject({ legalDocumentNumber: number, legalDocumentSha256: null });
    await expect(bench.followWithDocument(order.id, '虚公（刑）止字〔2026〕13号')).rejects.toThrow('has another legal document already');
    await expect(bench.followWithDocument('0198c0de-0000-7000-8000-000000000009', number)).rejects.toThrow('which this bank has not received');
  });
});

describe('who sees and answers an order', () => {
  it('is another institution nobody', async () => {
    const order = await bench.receive(await bench.openMuleAccount());

    expect(codeOf(await claimStopPaymentOrder(bench.as(callers.liaisonOfB003), inputFor(order)))).toBe('NOT_FOUND');
    expect(codeOf(await execute(order, { caller: callers.liaisonOfB003 }))).toBe('NOT_FOUND');
  });

  it.each([
    ['an analyst', callers.analystOfB002],
    ['an auditor', callers.auditorOfB002],
    ['the police who asked', { ...callers.officer, region: '990101' }],
  ])('is %s as a reader, who may not claim', async (_who, caller) => {
    const order = await bench.receive(await bench.openMuleAccount());
    const seen = await bench.database.runtime.asCaller(caller, (manager) => manager.countBy(StopPaymentOrder, { id: order.id }));

    expect(seen).toBe(1);
    expect(isRefused(await claimStopPaymentOrder(bench.as(caller), inputFor(order)).catch(() => Refused.because('NOT_ALLOWED')))).toBe(true);
  });

  it('is the police of another region nobody', async () => {
    const order = await bench.receive(await bench.openMuleAccount());

    expect(await bench.database.runtime.asCaller(callers.officerElsewhere, (manager) => manager.countBy(StopPaymentOrder, { id: order.id }))).toBe(0);
  });
});

describe('a core system that leaves it open', () => {
  it.each(['before', 'after'] as const)('is called again until it answers, and holds once (its answer lost %s the hold)', async (when) => {
    const account = await bench.openMuleAccount('B001');
    const order = await bench.receive(account);

    await bench.work(silentDesk(1, when));
    expect(await bench.load(order.id)).toMatchObject({ state: 'EXECUTING' });
    bench.clock.advance(MINUTE);
    await bench.work();

    const stopped = await bench.load(order.id);
    expect(stopped).toMatchObject({ state: 'STOPPED', heldAmount: 3_000_000n });
    expect(await bench.posted(order.id)).toHaveLength(1);
  });

  it('counts the 48 hours from its own start, however late the answer is recorded', async () => {
    const order = await bench.receive(await bench.openMuleAccount('B001'));
    const startedAt = bench.clock.now();

    await bench.work(silentDesk(1, 'after'));
    bench.clock.advance(HOUR);
    await bench.work();

    const stopped = await bench.load(order.id);
    expect([stopped.startedAt, stopped.expiresAt]).toEqual([startedAt, new Date(startedAt.getTime() + 48 * HOUR)]);
  });

  it('holds nothing when a refused order is submitted once more after the account has opened again', async () => {
    const account = await bench.openMuleAccount();
    const order = await claim(await bench.receive(account));
    const input = { ...inputFor(order), nameConfirmed: false };
    await setLedgerAccountStatus(bench.ledger, account.ref, 'FROZEN');
    const refused = done(await executeStopPayment(bench.as(liaison), input, bench.desk));
    await setLedgerAccountStatus(bench.ledger, account.ref, 'ACTIVE');

    const again = done(await executeStopPayment(bench.as(liaison), input, bench.desk));

    expect([refused, again]).toMatchObject([{ state: 'NOT_EXECUTED', notExecutedReason: 'ALREADY_FROZEN', technicalCause: null }, { state: 'NOT_EXECUTED' }]);
    expect(await canPay(account.ref)).toBe('POSTED');
  });

  it('lets a hold that comes too late end at once, when another hand has recorded that there is none', async () => {
    const account = await bench.openMuleAccount('B001');
    const order = await bench.receive(account);
    await bench.work(silentDesk(1));
    const late = await bench.load(order.id);
    await bench.database.worker.asCaller(clockCaller('banks'), async (manager) => {
      const locked = await lockOrder(manager, order.id);
      if (locked) await recordFailure(manager, locked, { actor: { caller: clockCaller('banks'), now: bench.clock.now() }, refused: 'CLOSED' });
    });

    await continueAtCore(bench.machine(), late);

    expect(await bench.load(order.id)).toMatchObject({ state: 'NOT_EXECUTED' });
    expect(await canPay(account.ref)).toBe('POSTED');
  });

  it('answers with the order as it is when it falls silent after the execution has begun', async () => {
    const order = await claim(await bench.receive(await bench.openMuleAccount()));
    const input = { ...inputFor(order), nameConfirmed: false };
    const silentInTheMiddle: CoreDesk = { ...bench.desk, coreOf: (institution) => ({ ...bench.desk.coreOf(institution), hold: () => Promise.reject(new CoreUnavailable('down')) }) };
    const away: CoreDesk = { ...bench.desk, coreOf: (institution) => ({ ...bench.desk.coreOf(institution), findAccount: () => Promise.reject(new CoreUnavailable('down')) }) };

    const first = done(await executeStopPayment(bench.as(liaison), input, silentInTheMiddle));
    const repeat = done(await executeStopPayment(bench.as(liaison), input, away));

    expect([first.state, repeat.state]).toEqual(['EXECUTING', 'EXECUTING']);
  });

  it('leaves no hold behind when the account is gone at the second call', async () => {
    const account = await bench.openMuleAccount('B001');
    const order = await bench.receive(account);
    await bench.work(silentDesk(1, 'after'));
    const gone: CoreDesk = { ...bench.desk, coreOf: (institution) => ({ ...bench.desk.coreOf(institution), findAccount: async () => undefined }) };

    bench.clock.advance(MINUTE);
    await bench.work(gone);

    expect(await bench.load(order.id)).toMatchObject({ state: 'NOT_EXECUTED', notExecutedReason: 'NOT_FOUND' });
    expect((await postTransfer(bench.ledger, { reference: `gone-${order.id.slice(0, 8)}`, from: { ref: account.ref }, to: 'CASH', amount: moneyOf(1n), kind: 'WITHDRAWAL' })).outcome).toBe('POSTED');
  });

  it('leaves an order of a liaison EXECUTING, and the machine finishes it', async () => {
    const order = await claim(await bench.receive(await bench.openMuleAccount()));

    expect(done(await execute(order, { desk: silentDesk(1) })).state).toBe('EXECUTING');
    bench.clock.advance(MINUTE);
    await bench.work();

    expect(await bench.load(order.id)).toMatchObject({ state: 'STOPPED', execution: 'BY_HAND' });
  });

  it('does not keep other orders from being worked on', async () => {
    const [stuck, fine] = [await bench.receive(await bench.openMuleAccount('B001')), await bench.receive(await bench.openMuleAccount('B001'))];
    const faults: string[] = [];
    const broken: CoreDesk = {
      ...bench.desk,
      coreOf: (institution) => {
        const core = bench.desk.coreOf(institution);
        return { ...core, hold: (command) => (command.orderId === stuck.id ? Promise.reject(new Error('broken')) : core.hold(command)) };
      },
    };

    await bench.work(broken, (id) => faults.push(id));

    expect(faults).toEqual([stuck.id]);
    expect([(await bench.load(stuck.id)).state, (await bench.load(fine.id)).state]).toEqual(['EXECUTING', 'STOPPED']);
  });
});

describe('the end of a stop', () => {
  const stoppedOrder = async () => {
    const account = await bench.openMuleAccount('B001');
    const order = await bench.receive(account);
    await bench.work();
    return { account, order: await bench.load(order.id) };
  };


  it('comes with the 48 hours: the core system releases, and the police hear it', async () => {
    const { account, order } = await stoppedOrder();
    expect(await canPay(account.ref)).toBe('REFUSED');

    bench.clock.set(order.expiresAt ?? '');
    await bench.fire('BEGIN_EXPIRY', order.id);
    await bench.work();

    expect(await bench.load(order.id)).toMatchObject({ state: 'EXPIRED', stillStopped: false });
    expect((await bench.posted(order.id)).at(-1)).toMatchObject({ type: 'stop-payment.released.v1', data: { cause: 'EXPIRY', stillStopped: false } });
    expect(await canPay(account.ref)).toBe('POSTED');
  });

  it('comes with a release order of the police, once', async () => {
    const { account, order } = await stoppedOrder();

    await bench.release(order.id);
    await bench.release(order.id);
    await bench.work();
    await bench.release(order.id);
    await bench.work();

    expect(await bench.load(order.id)).toMatchObject({ state: 'RELEASED' });
    expect((await bench.posted(order.id)).map(({ type }) => type)).toEqual(['stop-payment.stopped.v1', 'stop-payment.released.v1']);
    expect(await canPay(account.ref)).toBe('POSTED');
  });

  it('keeps an account shut while a second stop holds it', async () => {
    const { account, order } = await stoppedOrder();
    const second = await bench.receive(account);
    await bench.work();

    await bench.release(order.id);
    await bench.work();

    expect(await bench.load(order.id)).toMatchObject({ state: 'RELEASED', stillStopped: true });
    expect(await canPay(account.ref)).toBe('REFUSED');
    await bench.release(second.id);
    await bench.work();
    expect(await bench.load(second.id)).toMatchObject({ state: 'RELEASED', stillStopped: false });
    expect(await canPay(account.ref)).toBe('POSTED');
  });

  it('never comes before its hold: a release of an order not yet executed withdraws it', async () => {
    const account = await bench.openMuleAccount();
    const order = await bench.receive(account);

    await bench.release(order.id);
    await bench.work();

    expect(await bench.load(order.id)).toMatchObject({ state: 'NOT_EXECUTED', notExecutedReason: 'WITHDRAWN' });
    expect(await canPay(account.ref)).toBe('POSTED');
  });

  it('comes without a hold when the release arrives before the core system has held', async () => {
    const account = await bench.openMuleAccount('B001');
    const order = await bench.receive(account);
    await bench.work(silentDesk(1));

    await bench.release(order.id);
    bench.clock.advance(MINUTE);
    await bench.work();

    expect(await bench.load(order.id)).toMatchObject({ state: 'NOT_EXECUTED', notExecutedReason: 'WITHDRAWN' });
    expect((await bench.posted(order.id)).map(({ type }) => type)).toEqual(['stop-payment.not-executed.v1']);
    expect(await canPay(account.ref)).toBe('POSTED');
  });

  it('follows at once when the release arrives while the core system is being called', async () => {
    const account = await bench.openMuleAccount('B001');
    const order = await bench.receive(account);
    await bench.work(silentDesk(1, 'after'));

    await bench.release(order.id);
    bench.clock.advance(MINUTE);
    await bench.work();

    expect(await bench.load(order.id)).toMatchObject({ state: 'RELEASED' });
    expect((await bench.posted(order.id)).map(({ type }) => type)).toEqual(['stop-payment.stopped.v1', 'stop-payment.released.v1']);
    expect(await canPay(account.ref)).toBe('POSTED');
  });

  it('is not a release of what this bank never received: that message waits', async () => {
    await expect(bench.release('00000000-0000-7000-8000-000000000000')).rejects.toThrow(/has not received/);
  });
});

describe('a message that is repeated', () => {
  it('a hundred times makes one order and one hold', async () => {
    const account = await bench.openMuleAccount('B001');
    const order = await bench.receive(account);

    for (let repeat = 0; repeat < 100; repeat += 1) await bench.receive(account, { orderId: order.id });
    await bench.work();

    expect(await bench.load(order.id)).toMatchObject({ state: 'STOPPED', heldAmount: 3_000_000n });
    expect(await bench.posted(order.id)).toHaveLength(1);
  });
});
