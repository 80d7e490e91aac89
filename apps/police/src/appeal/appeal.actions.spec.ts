import { newId } from '@lianfang/database';
import { fireDeadlines } from '@lianfang/exchange';
import { buildSubgraph, openContext } from '@lianfang/subgraph';
import { aCaller, callers } from '@lianfang/testing';
import { HOUR, type Caller } from '@lianfang/vocabulary';
import { graphql } from 'graphql';
import { standOn } from '../action-context';
import { subgraphParts } from '../subgraph';
import { countOf, deliver, ordered, released, requestOf, stopped } from '../testing/bank-answers';
import { newHolder, openScene, refusalsOf, succeeded, type Scene } from '../testing/stop-payment-scene';
import { appealDeadlines } from './appeal-deadlines';
import type { Appeal } from './appeal.entity';
import type { FileAppealInput } from './appeal.input';
import { decideAppeal } from './decide-appeal.actions';
import { fileAppeal } from './file-appeal.actions';

let scene: Scene;
beforeAll(async () => void (scene = await openScene()));
afterAll(() => scene?.close());

const input = (requestId: string, over: Partial<FileAppealInput> = {}): FileAppealInput => ({
  idempotencyKey: newId(), requestId, appellantName: '虚构商行', appellantPhone: '13800000000', reason: '这是正常货款。',
  materials: [{ title: '销货单', sha256: 'a'.repeat(64) }], ...over,
});

async function stop() {
  const { request, placed } = await ordered(scene, { holders: [newHolder()] });
  await deliver(scene, stopped(scene, request.id));
  return { request: await requestOf(scene, request.id), caseId: placed.id };
}

const filed = async () => {
  const { request, caseId } = await stop();
  return { request, caseId, appeal: succeeded(await fileAppeal(scene.by(callers.officer), input(request.id))) };
};

const decision = ({ id, version }: Appeal, over: object = {}) => ({ idempotencyKey: newId(), appealId: id, version, decision: 'UPHELD' as const, reason: '核查属实，应予解除', ...over });
const releasesOf = (requestId: string) => countOf(scene, `select count(*) from outbox_message where subject = $1 and type like '%release%'`, [requestId]);
const tick = () => fireDeadlines({ agency: 'police', database: scene.database.worker, clock: scene.clock }, appealDeadlines(scene.clock));

describe('filing an appeal', () => {
  it('gives a receipt number and the time by which it is decided; a repeat is the same appeal', async () => {
    const { request } = await stop();
    const once = input(request.id);

    const appeal = succeeded(await fileAppeal(scene.by(callers.intakeOfficer), once));
    const again = succeeded(await fileAppeal(scene.by(callers.intakeOfficer), once));

    expect(appeal).toMatchObject({ state: 'RECEIVED', version: 1, number: expect.stringMatching(/^S990101000000202605\d{6}$/) as string });
    expect(appeal.dueAt.getTime() - appeal.receivedAt.getTime()).toBe(24 * HOUR);
    expect(again.id).toBe(appeal.id);
  });

  it('is refused with everything that is wrong at once', async () => {
    const { request } = await stop();
    const wrong = input(request.id, { appellantName: '', appellantPhone: '12', reason: ' ', materials: [{ title: '', sha256: 'a' }] });

    expect(refusalsOf(await fileAppeal(scene.by(callers.officer), wrong)).map((refusal) => refusal.split(' at ')[1])).toEqual(['appellantName', 'appellantPhone', 'reason', 'materials.0.title', 'materials.0.sha256']);
  });

  it('is refused against an order that never took effect', async () => {
    const { request } = await ordered(scene, { holders: [newHolder()] });

    expect(refusalsOf(await fileAppeal(scene.by(callers.officer), input(request.id)))).toEqual(['APPEAL_WITHOUT_STOP at requestId']);
  });

  it('is for the unit of the stop: another region does not even see it', async () => {
    const { request } = await stop();

    expect(refusalsOf(await fileAppeal(scene.by(callers.officerElsewhere), input(request.id)))).toEqual(['NOT_FOUND at requestId']);
    expect(refusalsOf(await fileAppeal(scene.by(callers.officerOfStation), input(request.id)))).toEqual(['OUTSIDE_YOUR_SCOPE']);
  });
});

describe('deciding an appeal', () => {
  it('orders the release exactly once when it is upheld', async () => {
    const { request, appeal } = await filed();
    const upheld = decision(appeal);

    expect(succeeded(await decideAppeal(scene.by(callers.leaderOfCity), upheld))).toMatchObject({ state: 'UPHELD', decidedBy: callers.leaderOfCity.id });
    succeeded(await decideAppeal(scene.by(callers.leaderOfCity), upheld));

    expect(await requestOf(scene, request.id)).toMatchObject({ state: 'RELEASE_ORDERED', releaseReason: 'APPEAL_UPHELD' });
    expect(await releasesOf(request.id)).toBe(1);
  });

  it('orders no second release when two appeals against one stop are upheld', async () => {
    const { request, appeal } = await filed();
    const other = succeeded(await fileAppeal(scene.by(callers.officer), input(request.id)));

    await Promise.all([appeal, other].map((each) => decideAppeal(scene.by(callers.leaderOfCity), decision(each)).then(succeeded)));

    expect(await releasesOf(request.id)).toBe(1);
  });

  it('leaves the stop as it is when it is dismissed', async () => {
    const { request, appeal } = await filed();

    expect(succeeded(await decideAppeal(scene.by(callers.leaderOfCity), decision(appeal, { decision: 'DISMISSED' }))).state).toBe('DISMISSED');
    expect((await requestOf(scene, request.id)).state).toBe('STOPPED');
    expect(await releasesOf(request.id)).toBe(0);
  });

  it('upholds also after the stop has ended, and releases nothing', async () => {
    const { request, appeal } = await filed();
    await deliver(scene, released(scene, request.id, 'EXPIRY'));

    expect(succeeded(await decideAppeal(scene.by(callers.leaderOfCity), decision(appeal))).state).toBe('UPHELD');
    expect(await releasesOf(request.id)).toBe(0);
  });

  it('is not for who approved or proposed the stop, and a refusal leaves everything as it was', async () => {
    const { request, appeal } = await filed();
    const operatorNowLeader = { ...aCaller('POLICE_LEADER'), id: callers.officer.id };

    expect(refusalsOf(await decideAppeal(scene.by(callers.leader), decision(appeal)))).toEqual(['APPEAL_REVIEWER_INVOLVED']);
    expect(refusalsOf(await decideAppeal(scene.by(operatorNowLeader), decision(appeal)))).toEqual(['APPEAL_REVIEWER_INVOLVED']);
    expect((await requestOf(scene, request.id)).state).toBe('STOPPED');
  });

  it('asks for a reason and for the version that was seen', async () => {
    const { appeal } = await filed();

    expect(refusalsOf(await decideAppeal(scene.by(callers.leaderOfCity), decision(appeal, { reason: ' ' })))).toEqual(['VALUE_MISSING at reason']);
    expect(refusalsOf(await decideAppeal(scene.by(callers.leaderOfCity), decision(appeal, { version: 9 })))).toEqual(['CHANGED_MEANWHILE at version']);
  });
});

describe('the clock of an appeal', () => {
  it('tells the unit once that it is overdue, and never decides; a decided one is not told', async () => {
    const [late, quick] = [await filed(), await filed()];
    succeeded(await decideAppeal(scene.by(callers.leaderOfCity), decision(quick.appeal, { decision: 'DISMISSED' })));

    scene.clock.advance(24 * HOUR);
    await tick();
    await tick();

    const told = (requestId: string) => countOf(scene, `select count(*) from notice where kind = 'APPEAL_OVERDUE' and request_id = $1`, [requestId]);
    expect([await told(late.request.id), await told(quick.request.id)]).toEqual([1, 0]);
    expect(succeeded(await decideAppeal(scene.by(callers.leaderOfCity), decision(late.appeal))).state).toBe('UPHELD');
  });
});

describe('the graph of appeals', () => {
  async function ask(caller: Caller, source: string, variableValues: Record<string, unknown>) {
    standOn(scene.ground);
    const { context, close } = openContext({ caller, clock: scene.clock, requestId: newId(), database: scene.database.runtime });
    const { data, errors } = await graphql({ schema: buildSubgraph(subgraphParts), source, variableValues, contextValue: context });
    await close();
    expect(errors).toBeUndefined();
    return JSON.parse(JSON.stringify(data)) as unknown;
  }

  it('files, lists, opens a name only while the appeal is open, and shows another region nothing', async () => {
    const { request, caseId } = await stop();
    const filing = 'mutation ($input: FileAppealInput!) { fileAppeal(input: $input) { ... on Appeal { id number state version materials { title { masked } sha256 } } ... on Refusals { refusals { code } } } }';
    const { fileAppeal: appeal } = (await ask(callers.officer, filing, { input: input(request.id) })) as { fileAppeal: { id: string; version: number } };
    const reading = 'query ($id: ID!, $request: ID!, $case: ID!) { appeal(id: $id) { appellantName { full(task: APPEAL, caseId: $case) } actions { action refusal { code } } request { appeals { id } } } appeals(filter: { requestId: $request, state: RECEIVED }) { edges { node { id } } } }';
    const names = { id: appeal.id, request: request.id, case: caseId };

    expect(await ask(callers.leaderOfCity, reading, names)).toEqual({
      appeal: { appellantName: { full: '虚构商行' }, actions: [{ action: 'UPHOLD', refusal: null }, { action: 'DISMISS', refusal: null }], request: { appeals: [{ id: appeal.id }] } },
      appeals: { edges: [{ node: { id: appeal.id } }] },
    });
    expect(await ask(callers.leaderElsewhere, reading, names)).toEqual({ appeal: null, appeals: { edges: [] } });
    expect(await ask(callers.leader, 'query ($id: ID!) { appeal(id: $id) { actions { refusal { code } } } }', { id: appeal.id })).toEqual({ appeal: { actions: Array(2).fill({ refusal: { code: 'APPEAL_REVIEWER_INVOLVED' } }) } });

    await ask(callers.leaderOfCity, 'mutation ($input: DecideAppealInput!) { decideAppeal(input: $input) { ... on Appeal { state } } }', { input: { idempotencyKey: newId(), appealId: appeal.id, version: appeal.version, decision: 'DISMISSED', reason: '资金来源不明' } });
    expect(await ask(callers.leaderOfCity, 'query ($id: ID!, $case: ID!) { appeal(id: $id) { appellantName { full(task: APPEAL, caseId: $case) } } }', { id: appeal.id, case: caseId })).toEqual({ appeal: { appellantName: { full: null } } });
  });
});
