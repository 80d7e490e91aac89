import fc from 'fast-check';
import { callers, units } from '@lianfang/testing';
import { HOUR, MINUTE, type Caller } from '@lianfang/vocabulary';
import { acknowledge, asMachine, countOf, deliver, notExecuted, ordered, outflow, release, released, requestOf, stopped, tick, type BankAnswer } from '../testing/bank-answers';
import { newHolder, NOON, openScene, succeeded, type Scene } from '../testing/stop-payment-scene';
import type { StopPaymentRequest } from './stop-payment-request.entity';

let scene: Scene;
beforeAll(async () => void (scene = await openScene()));
beforeEach(() => scene.clock.set(NOON));
afterAll(() => scene?.close());

const anOrder = async () => (await ordered(scene, { holders: [newHolder()] })).request;
const transitionsOf = ({ id }: StopPaymentRequest) => countOf(scene, 'select count(*) from transition where thing_id = $1', [id]);
const noticesOf = ({ id }: StopPaymentRequest, kind: string) => countOf(scene, 'select count(*) from notice where request_id = $1 and kind = $2', [id, kind]);

describe('a signed receipt', () => {
  it('makes an order RECEIVED, once', async () => {
    const request = await anOrder();

    await acknowledge(scene, request.id);
    await acknowledge(scene, request.id);

    expect(await requestOf(scene, request.id)).toMatchObject({ state: 'RECEIVED', version: 3, receivedAt: new Date(NOON) });
  });

  it('that the answer has overtaken is noted without a move', async () => {
    const request = await anOrder();
    await deliver(scene, stopped(scene, request.id));

    await acknowledge(scene, request.id);

    expect(await requestOf(scene, request.id)).toMatchObject({ state: 'STOPPED', version: 3, receivedAt: new Date(NOON) });
  });
});

describe("a bank that signs with its own key", () => {
  it.each([
    ['STOPPED', (request: StopPaymentRequest) => stopped(scene, request.id)],
    ['NOT_EXECUTED', (request: StopPaymentRequest) => notExecuted(scene, request.id)],
    ['RELEASED', (request: StopPaymentRequest) => released(scene, request.id, 'POLICE')],
  ])('answers %s for its own orders and for nobody else’s', async (_answer, answerTo) => {
    const request = await anOrder();

    await expect(deliver(scene, answerTo(request), 'B999')).rejects.toThrow('sent to another institution');
    expect(await requestOf(scene, request.id)).toMatchObject({ state: 'ORDERED', version: request.version });
    await deliver(scene, answerTo(request), request.institution);
  });
});

describe('what a bank holds', () => {
  it('is kept in the currency that the bank answers, whatever the order asked', async () => {
    const request = await anOrder();

    await deliver(scene, stopped(scene, request.id, { held: { fen: '700', currency: 'USD' }, balance: { fen: '900', currency: 'USD' } }));

    expect(await requestOf(scene, request.id)).toMatchObject({ currency: 'CNY', heldFen: 700n, balanceFen: 900n, heldCurrency: 'USD' });
  });
});

describe('the places of an account', () => {
  it('are written by officers of the region of their unit only, never by an auditor or another region', async () => {
    const request = await anOrder();
    const change = (caller: Caller) => scene.database.runtime.asCaller(caller, (manager) => manager.query(`update account_stop set counting = 'VOID' where id = $1`, [request.id]));

    await expect(change(callers.officerElsewhere)).rejects.toThrow(/row-level security/);
    await expect(change(callers.policeAuditor)).rejects.toThrow(/row-level security/);
    expect(await countOf(scene, `select count(*) from account_stop where id = $1 and counting = 'UNDER_WAY'`, [request.id])).toBe(1);
  });

  it.each([['unit', `unit_code = '${units.elsewhere}'`], ['region', `region_code = '${units.elsewhere.slice(0, 6)}'`], ['place', 'ordinal = 2']])('keep their %s: nobody takes a row over', async (_, taking) => {
    const { id, unitCode } = await anOrder();

    for (const caller of [callers.officerElsewhere, callers.officer]) {
      const take = scene.database.runtime.asCaller(caller, (manager) => manager.query(`update account_stop set ${taking} where id = $1`, [id]));
      await expect(take).rejects.toThrow(/permission denied/);
    }
    expect(await countOf(scene, 'select count(*) from account_stop where id = $1 and unit_code = $2 and ordinal = 1', [id, unitCode])).toBe(1);
  });
});

describe('an account that is stopped', () => {
  it("runs 48 hours from the bank's own start, to the millisecond (DL-02)", async () => {
    const request = await anOrder();
    scene.clock.advance(7 * MINUTE);

    await deliver(scene, stopped(scene, request.id, { startedAt: '2026-05-06T04:05:00.123Z' }));

    const now = await requestOf(scene, request.id);
    expect(now).toMatchObject({ state: 'STOPPED', startedAt: new Date('2026-05-06T04:05:00.123Z'), expiresAt: new Date('2026-05-08T04:05:00.123Z'), heldFen: 2_000_000n, storedWarnings: [] });
  });

  it('changes nothing when its message comes a hundred times', async () => {
    const request = await anOrder();
    const answer = stopped(scene, request.id, { outflows: [outflow(scene)] });

    for (let time = 0; time < 100; time += 1) await deliver(scene, answer);

    expect(await transitionsOf(request)).toBe(3);
    expect(await countOf(scene, 'select count(*) from stop_payment_outflow where request_id = $1', [request.id])).toBe(1);
    expect(await noticesOf(request, 'MEASURE_TAKEN')).toBe(1);
  }, 60_000);

  it("tells the affected person standard words from the start on, and nothing before", async () => {
    const request = await anOrder();
    expect(await noticesOf(request, 'MEASURE_TAKEN')).toBe(0);

    await deliver(scene, stopped(scene, request.id));

    const [notice] = await asMachine(scene, (manager) => manager.query<{ deliver_after: Date; lines: { code: string; parameters: object }[] }[]>(`select deliver_after, lines from notice where request_id = $1 and kind = 'MEASURE_TAKEN'`, [request.id]));
    expect(notice?.deliver_after).toEqual(new Date(NOON));
    expect(notice?.lines).toEqual([
      { code: 'MEASURE_TAKEN', path: null, parameters: { unit: '虚构单位990101', phone: '0990-990101', document: '—', lastFour: request.accountLastFour } },
      { code: 'MEASURE_REMEDY', path: null, parameters: { unit: '虚构单位990101', phone: '0990-990101' } },
    ]);
  });

  it.each([['ahead', 6], ['behind', -6]])("by a clock that is more than five minutes %s is stopped all the same, with a warning and a notice", async (_, minutes) => {
    const request = await anOrder();

    await deliver(scene, stopped(scene, request.id, { startedAt: new Date(new Date(NOON).getTime() + minutes * MINUTE).toISOString() }));

    expect((await requestOf(scene, request.id)).storedWarnings).toEqual([expect.objectContaining({ code: 'BANK_CLOCK_DIFFERS' })]);
    expect(await noticesOf(request, 'BANK_ANSWER_DOUBTFUL')).toBe(1);
  });

  it('for another term than 48 hours is reckoned by the law, with a warning', async () => {
    const request = await anOrder();

    await deliver(scene, stopped(scene, request.id, { expiresAt: '2026-05-07T04:00:00.000Z' }));

    expect(await requestOf(scene, request.id)).toMatchObject({ expiresAt: new Date('2026-05-08T04:00:00.000Z'), storedWarnings: [{ code: 'BANK_TERM_DIFFERS' }] });
  });
});

describe('messages that cross', () => {
  it("a stop that crosses our release is recorded late, and the bank's release ends it", async () => {
    const request = await anOrder();
    succeeded(await release(scene, request));

    await deliver(scene, stopped(scene, request.id));
    expect(await requestOf(scene, request.id)).toMatchObject({ state: 'RELEASE_ORDERED', startedAt: new Date(NOON) });
    await deliver(scene, released(scene, request.id, 'POLICE'));

    expect((await requestOf(scene, request.id)).state).toBe('RELEASED');
  });

  it('a release that crosses the end of the term is RELEASED, whoever was first at the bank', async () => {
    const request = await anOrder();
    await deliver(scene, stopped(scene, request.id));
    succeeded(await release(scene, await requestOf(scene, request.id)));
    scene.clock.advance(48 * HOUR);
    await tick(scene);

    await deliver(scene, released(scene, request.id, 'EXPIRY'));

    expect(await requestOf(scene, request.id)).toMatchObject({ state: 'RELEASED', releaseCause: 'EXPIRY' });
  });

  it('a withdrawn order that the bank had not executed is NOT_EXECUTED', async () => {
    const request = await anOrder();
    succeeded(await release(scene, request));

    await deliver(scene, notExecuted(scene, request.id, { reason: 'WITHDRAWN' }));

    expect(await requestOf(scene, request.id)).toMatchObject({ state: 'NOT_EXECUTED', notExecutedReason: 'WITHDRAWN' });
  });

  it('a release order and a stop at one moment end the same in either order', async () => {
    for (let round = 0; round < 5; round += 1) {
      const request = await anOrder();
      await Promise.allSettled([deliver(scene, stopped(scene, request.id)), release(scene, request)]);
      const between = await requestOf(scene, request.id);
      if (between.releaseOrderedAt === null) succeeded(await release(scene, between));

      await deliver(scene, released(scene, request.id, 'POLICE'));

      expect(await requestOf(scene, request.id)).toMatchObject({ state: 'RELEASED', startedAt: new Date(NOON) });
    }
  });

  it('a release that nobody ordered is recorded as a doubt, and the term runs on', async () => {
    const request = await anOrder();
    await deliver(scene, stopped(scene, request.id));

    await deliver(scene, released(scene, request.id, 'POLICE'));

    expect(await requestOf(scene, request.id)).toMatchObject({ state: 'STOPPED', storedWarnings: [{ code: 'RELEASED_UNASKED' }] });
    scene.clock.advance(48 * HOUR);
    await tick(scene);
    expect((await requestOf(scene, request.id)).state).toBe('EXPIRED');
  });

  it('answers that contradict each other are recorded once, and the first one stands', async () => {
    const request = await anOrder();
    await deliver(scene, notExecuted(scene, request.id));

    for (let time = 0; time < 3; time += 1) await deliver(scene, stopped(scene, request.id));

    expect(await requestOf(scene, request.id)).toMatchObject({ state: 'NOT_EXECUTED', startedAt: null, storedWarnings: [{ code: 'BANK_ANSWERS_CONFLICT' }] });
    expect(await noticesOf(request, 'BANK_ANSWER_DOUBTFUL')).toBe(1);
  });

  it('an answer to what was never ordered is not handled: it waits at the inbox for a person', async () => {
    await expect(deliver(scene, stopped(scene, '019a0000-0000-7000-8000-000000000000'))).rejects.toThrow(/never ordered/);
  });
});

describe('a mismatch', () => {
  it.each(['MISMATCH_NAME', 'MISMATCH_ACCOUNT', 'MISMATCH_AMOUNT', 'MISMATCH_TIME', 'EXEMPT_ACCOUNT', 'CLOSED'] as const)('%s ends the request with the reason and counts toward nothing', async (reason) => {
    const request = await anOrder();

    await deliver(scene, notExecuted(scene, request.id, { reason, businessNote: '户名首字不同' }));

    const now = await requestOf(scene, request.id);
    expect(now).toMatchObject({ state: 'NOT_EXECUTED', notExecutedReason: reason });
    expect(now.businessNoteSealed?.open()).toBe('户名首字不同');
    expect(await countOf(scene, `select count(*) from account_stop where id = $1 and counting = 'VOID'`, [request.id])).toBe(1);
  });
});

describe("whatever order and number the bank's messages come in", () => {
  /** What a bank lawfully says about one order, and where that must lead. */
  const stories = {
    expired: { says: (id: string) => [stopped(scene, id), released(scene, id, 'EXPIRY')], isReleased: false, end: 'EXPIRED' },
    released: { says: (id: string) => [stopped(scene, id), released(scene, id, 'POLICE')], isReleased: true, end: 'RELEASED' },
    expiredMeanwhile: { says: (id: string) => [stopped(scene, id), released(scene, id, 'EXPIRY')], isReleased: true, end: 'RELEASED' },
    declined: { says: (id: string) => [notExecuted(scene, id)], isReleased: false, end: 'NOT_EXECUTED' },
    withdrawn: { says: (id: string) => [notExecuted(scene, id, { reason: 'WITHDRAWN' })], isReleased: true, end: 'NOT_EXECUTED' },
  } as const;

  it('the request ends where the facts say, and the account was never stopped more than twice by the unit', async () => {
    const runs = fc.record({
      story: fc.constantFrom(...(Object.keys(stories) as (keyof typeof stories)[])),
      deliveries: fc.array(fc.nat(5), { minLength: 2, maxLength: 8 }),
      receiptAt: fc.nat(3),
    });
    await fc.assert(
      fc.asyncProperty(runs, async ({ story, deliveries, receiptAt }) => {
        const { says, isReleased, end } = stories[story];
        const request = await anOrder();
        if (isReleased) succeeded(await release(scene, request, callers.leader));
        const said: readonly BankAnswer[] = says(request.id);
        // Every message comes at least once; before that, any of them any number of times.
        const order = [...deliveries.map((place) => said[place % said.length]), ...said];
        for (const [place, answer] of order.entries()) {
          if (place === receiptAt) await acknowledge(scene, request.id);
          if (answer) await deliver(scene, answer);
        }

        const last = await requestOf(scene, request.id);
        expect(last.state).toBe(end);
        expect(last.startedAt === null).toBe(end === 'NOT_EXECUTED');
        expect(await countOf(scene, `select count(*) from account_stop where id = $1 and counting = $2`, [request.id, end === 'NOT_EXECUTED' ? 'VOID' : 'COUNTED'])).toBe(1);
      }),
      { numRuns: 40 },
    );
    expect(await countOf(scene, `select coalesce(max(stops), 0) as count from (select count(*) as stops from account_stop where counting <> 'VOID' group by account_index, unit_code) as by_unit`)).toBeLessThanOrEqual(2);
  }, 120_000);
});
