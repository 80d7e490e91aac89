import { HOUR, MINUTE } from '@lianfang/vocabulary';
import { acknowledge, asMachine, deliver, ordered, release, released, requestOf, stopped, tick } from '../testing/bank-answers';
import { newHolder, NOON, openScene, succeeded, type CaseWishes, type Scene } from '../testing/stop-payment-scene';

let scene: Scene;
beforeAll(async () => void (scene = await openScene()));
beforeEach(() => scene.clock.set(NOON));
afterAll(() => scene?.close());

const order = async (wishes: CaseWishes = {}) => (await ordered(scene, { holders: [newHolder()], ...wishes })).request;
const linesOf = (requestId: string, kind: string) =>
  asMachine(scene, async (manager) => {
    const rows = await manager.query<{ lines: { code: string; parameters: Record<string, string> }[] }[]>('select lines from notice where request_id = $1 and kind = $2 order by created_at', [requestId, kind]);
    return rows.map(({ lines }) => lines.map(({ code, parameters }) => (parameters['hours'] ? `${code} ${parameters['hours']}` : code)));
  });

describe('the clock of a stop', () => {
  it('ends it at 48 hours sharp, unconfirmed until the bank says so', async () => {
    const { id } = await order();
    await deliver(scene, stopped(scene, id));

    scene.clock.advance(48 * HOUR - 1);
    await tick(scene);
    expect((await requestOf(scene, id)).state).toBe('STOPPED');
    scene.clock.advance(1);
    await tick(scene);
    expect(await requestOf(scene, id)).toMatchObject({ state: 'EXPIRED_UNCONFIRMED', releaseConfirmedAt: null });
    await deliver(scene, released(scene, id, 'EXPIRY'));
    expect(await requestOf(scene, id)).toMatchObject({ state: 'EXPIRED', releaseCause: 'EXPIRY' });
  });

  it('tells at T-24, -12 and -6 what a freeze still lacks', async () => {
    const { id } = await order({ over: { formState: 'DUE', formSignedAt: null, formDueAt: new Date('2026-05-12T00:00:00Z'), lossFen: 299_999n } });
    await deliver(scene, stopped(scene, id));

    for (const hours of [24, 12, 6]) {
      scene.clock.set(new Date(new Date(NOON).getTime() + (48 - hours) * HOUR - 1));
      await tick(scene);
      const before = (await linesOf(id, 'FREEZE_MISSING')).length;
      scene.clock.advance(1);
      await tick(scene);
      await tick(scene);
      expect((await linesOf(id, 'FREEZE_MISSING')).length).toBe(before + 1);
    }

    const missing = ['FREEZE_LACKS_CASE_OPENED', 'FREEZE_LACKS_OPENING_DOCUMENT', 'FREEZE_LACKS_FORM', 'FREEZE_LACKS_LEGAL_DOCUMENT', 'FREEZE_BELOW_THRESHOLD'];
    expect(await linesOf(id, 'FREEZE_MISSING')).toEqual([24, 12, 6].map((hours) => [`FREEZE_HOURS_LEFT ${hours}`, ...missing]));
  });

  it('tells once what is missing after a sleep, not three times', async () => {
    const { id } = await order();
    await deliver(scene, stopped(scene, id));

    scene.clock.advance(43 * HOUR);
    await tick(scene);

    expect(await linesOf(id, 'FREEZE_MISSING')).toEqual([['FREEZE_HOURS_LEFT 5', 'FREEZE_LACKS_CASE_OPENED', 'FREEZE_LACKS_OPENING_DOCUMENT', 'FREEZE_LACKS_LEGAL_DOCUMENT']]);
  });

  it('says nothing about a stop that was released', async () => {
    const { id } = await order();
    await deliver(scene, stopped(scene, id));
    succeeded(await release(scene, await requestOf(scene, id)));
    await deliver(scene, released(scene, id, 'POLICE'));

    scene.clock.advance(72 * HOUR);
    await tick(scene);

    expect(await linesOf(id, 'FREEZE_MISSING')).toEqual([]);
    expect((await requestOf(scene, id)).state).toBe('RELEASED');
  });
});

describe('the unit is told', () => {
  it('when no receipt came within ten minutes, and not when it came', async () => {
    const [late, quick] = [await order(), await order()];
    await acknowledge(scene, quick.id);

    scene.clock.advance(10 * MINUTE);
    await tick(scene);

    expect(await linesOf(late.id, 'ORDER_UNACKNOWLEDGED')).toEqual([['ORDER_UNACKNOWLEDGED']]);
    expect(await linesOf(quick.id, 'ORDER_UNACKNOWLEDGED')).toEqual([]);
  });

  it("when the order's validity ends without an answer", async () => {
    const { id } = await order();
    await acknowledge(scene, id);

    scene.clock.advance(24 * HOUR);
    await tick(scene);

    expect(await linesOf(id, 'ORDER_UNANSWERED')).toEqual([['ORDER_UNANSWERED']]);
  });

  it('when a release or an expiry is not confirmed within an hour', async () => {
    const [releasing, expired] = [await order(), await order()];
    await deliver(scene, stopped(scene, releasing.id));
    await deliver(scene, stopped(scene, expired.id));
    succeeded(await release(scene, await requestOf(scene, releasing.id)));

    scene.clock.advance(HOUR);
    await tick(scene);
    scene.clock.advance(47 * HOUR);
    await tick(scene);
    scene.clock.advance(HOUR);
    await tick(scene);

    expect(await linesOf(releasing.id, 'RELEASE_UNCONFIRMED')).toEqual([['RELEASE_UNCONFIRMED']]);
    expect(await linesOf(expired.id, 'EXPIRY_UNCONFIRMED')).toEqual([['EXPIRY_UNCONFIRMED']]);
  });
});
