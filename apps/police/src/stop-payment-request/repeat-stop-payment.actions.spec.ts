import { newId } from '@lianfang/database';
import { callers } from '@lianfang/testing';
import { HOUR } from '@lianfang/vocabulary';
import { approve, deliver, notExecuted, ordered, release, released, requestOf, requestsOf, stopped, tick } from '../testing/bank-answers';
import { newHolder, NOON, openScene, refusalsOf, succeeded, type Scene } from '../testing/stop-payment-scene';
import type { StopPaymentChanges } from './repeat-draft';
import { correctStopPayment, requestSecondStop } from './repeat-stop-payment.actions';
import type { StopPaymentRequest } from './stop-payment-request.entity';
import type { NotExecutedReason } from './stop-payment-codes';

let scene: Scene;
beforeAll(async () => void (scene = await openScene()));
beforeEach(() => scene.clock.set(NOON));
afterAll(() => scene?.close());

const declined = async (reason: NotExecutedReason): Promise<StopPaymentRequest> => {
  const { request } = await ordered(scene, { holders: [newHolder()] });
  await deliver(scene, notExecuted(scene, request.id, { reason }));
  return requestOf(scene, request.id);
};
const correct = ({ id, version }: StopPaymentRequest, changes: StopPaymentChanges) => correctStopPayment(scene.by(callers.officer), { idempotencyKey: newId(), requestId: id, version, changes });
const second = ({ id, version }: StopPaymentRequest, reason = '案件正在立案') => requestSecondStop(scene.by(callers.officer), { idempotencyKey: newId(), requestId: id, version, reason });
const stoppedRequest = async (): Promise<StopPaymentRequest> => {
  const { request } = await ordered(scene, { holders: [newHolder()] });
  await deliver(scene, stopped(scene, request.id));
  return requestOf(scene, request.id);
};

describe('a correction after a mismatch', () => {
  it('copies everything else, needs the second person, and does not count the first try', async () => {
    const request = await declined('MISMATCH_NAME');

    const batch = succeeded(await correct(request, { holderName: '更正虚构名' }));

    const [corrected] = await requestsOf(scene, batch);
    const { institution, layer, transferId, caseId, payeeKind, factFen, wholeAccount, transferredAt, accountLastFour } = request;
    expect(corrected).toMatchObject({ institution, layer, transferId, caseId, payeeKind, factFen, wholeAccount, transferredAt, accountLastFour, correctsId: request.id, ordinal: 1, state: 'PROPOSED', externalApplicationNumber: null });
    expect(corrected?.holderNameSealed?.open()).toBe('更正虚构名');
    expect(corrected?.accountNumberSealed.open()).toBe(request.accountNumberSealed.open());
    expect(batch.reasonSealed.open()).toBe('冒充客服诱导转账');
    expect(refusalsOf(await approve(scene, batch, {}, { ...callers.leader, id: callers.officer.id }))).toEqual(['SAME_PERSON']);
    succeeded(await approve(scene, batch));
  });

  it.each<[string, StopPaymentChanges, Partial<StopPaymentRequest>]>([
    ['the amount', { amount: '29999.99' }, { factFen: 2_999_999n }],
    ['the time', { transferredAt: '2026-05-06 11:00:00' }, { transferredAt: new Date('2026-05-06T03:00:00Z') }],
    ['the name, which is not known after all', { nameUnknown: true }, { holderNameSealed: null }],
  ])('may change %s', async (_, changes, expected) => {
    const request = await declined('MISMATCH_AMOUNT');

    const [corrected] = await requestsOf(scene, succeeded(await correct(request, changes)));

    expect(corrected).toMatchObject(expected);
  });

  it.each<[string, StopPaymentChanges, string[]]>([
    ['an institution that is no code', { institution: '某银行' }, ['INSTITUTION_CODE_FORM at changes.institution']],
    ['an institution of no directory', { institution: 'B9' }, ['INSTITUTION_NOT_LISTED at changes.institution']],
    ['several faults, all told at once', { amount: '3万', institution: '某银行' }, ['AMOUNT_WITH_UNIT at changes.amount', 'INSTITUTION_CODE_FORM at changes.institution']],
  ])('is refused with %s', async (_, changes, refusals) => {
    expect(refusalsOf(await correct(await declined('MISMATCH_ACCOUNT'), changes))).toEqual(refusals);
  });

  it('of the account number finds its institution anew', async () => {
    const request = await declined('MISMATCH_ACCOUNT');

    const [corrected] = await requestsOf(scene, succeeded(await correct(request, { accountNumber: newHolder('B003').account })));

    expect(corrected).toMatchObject({ institution: 'B003', institutionSource: 'PREFIX', transferId: null });
  });

  it('is refused when nothing changes, unless the cause was technical', async () => {
    expect(refusalsOf(await correct(await declined('MISMATCH_TIME'), {}))).toEqual(['CORRECTION_CHANGES_NOTHING at changes']);
    succeeded(await correct(await declined('TECHNICAL'), {}));
    succeeded(await correct(await declined('ORDER_EXPIRED'), {}));
  });

  it.each(['EXEMPT_ACCOUNT', 'CLOSED', 'ALREADY_FROZEN', 'FUNDS_MOVED', 'WITHDRAWN'] as const)('is refused after %s: a lawful refusal is not repeated', async (reason) => {
    expect(refusalsOf(await correct(await declined(reason), { amount: '1' }))).toEqual(['CORRECTION_NOT_POSSIBLE']);
  });

  it('is refused with bad values, with their path', async () => {
    const request = await declined('MISMATCH_AMOUNT');

    expect(refusalsOf(await correct(request, { amount: '3万', transferredAt: '下午三点' }))).toEqual(['AMOUNT_WITH_UNIT at changes.amount', 'TIME_TWELVE_HOUR at changes.transferredAt']);
  });

  it('is made once', async () => {
    const request = await declined('MISMATCH_NAME');
    const outcomes = await Promise.all([correct(request, { nameUnknown: true }), correct(request, { nameUnknown: true })]);

    expect(outcomes.filter((outcome) => 'refusals' in outcome).map(refusalsOf)).toEqual([['CORRECTION_UNDER_WAY at requestId']]);
  });
});

describe('a second stop', () => {
  it('follows a running stop and one that has ended, with a reason and the second person', async () => {
    const running = await stoppedRequest();
    const ended = await stoppedRequest();
    scene.clock.advance(48 * HOUR);
    await tick(scene);

    for (const request of [running, ended]) {
      const now = await requestOf(scene, request.id);
      const batch = succeeded(await second(now));
      expect(await requestsOf(scene, batch)).toEqual([expect.objectContaining({ ordinal: 2, previousStopId: request.id, state: 'PROPOSED', institution: now.institution })]);
      succeeded(await approve(scene, batch));
    }
  });

  it('is the last: the third is refused', async () => {
    const request = await stoppedRequest();
    const batch = succeeded(await second(request));
    succeeded(await approve(scene, batch));
    const [next] = await requestsOf(scene, batch);
    await deliver(scene, stopped(scene, next?.id ?? ''));

    expect(refusalsOf(await second(await requestOf(scene, next?.id ?? '')))).toEqual(['THIRD_STOP at requestId']);
    expect(refusalsOf(await second(await requestOf(scene, request.id)))).toEqual(['THIRD_STOP at requestId']);
  });

  it('may be tried again when it was not executed', async () => {
    const request = await stoppedRequest();
    const batch = succeeded(await second(request));
    succeeded(await approve(scene, batch));
    const [next] = await requestsOf(scene, batch);
    await deliver(scene, notExecuted(scene, next?.id ?? '', { reason: 'TECHNICAL' }));

    succeeded(await second(request));
  });

  it('is refused without a reason, before the first was executed, and while one waits', async () => {
    const { request } = await ordered(scene, { holders: [newHolder()] });
    const first = await stoppedRequest();

    expect(refusalsOf(await second(request))).toEqual(['WRONG_STATE']);
    expect(refusalsOf(await second(first, ' '))).toEqual(['REASON_REQUIRED at reason']);
    succeeded(await second(first));
    expect(refusalsOf(await second(first))).toEqual(['STOP_UNDER_WAY at requestId']);
  });
});

describe('a release', () => {
  it('is ordered by a leader with a listed reason, and confirmed by the bank', async () => {
    const request = await stoppedRequest();

    const releasing = succeeded(await release(scene, request));
    await deliver(scene, released(scene, request.id, 'POLICE'));

    expect(releasing).toMatchObject({ state: 'RELEASE_ORDERED', releaseReason: 'ERROR', releaseConfirmedAt: null });
    expect(await requestOf(scene, request.id)).toMatchObject({ state: 'RELEASED', releaseConfirmedAt: new Date(NOON), releaseCause: 'POLICE' });
  });

  it('is refused to an officer, with an old version, and for what never began', async () => {
    const request = await stoppedRequest();

    expect(refusalsOf(await release(scene, request, callers.officer))).toEqual(['NOT_ALLOWED']);
    expect(refusalsOf(await release(scene, { ...request, version: 1 } as StopPaymentRequest))).toEqual(['CHANGED_MEANWHILE at version']);
    expect(refusalsOf(await release(scene, await declined('CLOSED')))).toEqual(['WRONG_STATE']);
  });
});
