import { newId } from '@lianfang/database';
import { OutboxMessage } from '@lianfang/exchange';
import { aCaller, callers, matrixCallers, units } from '@lianfang/testing';
import { HOUR, isRefused, stopPaymentDocumentFollowed, type Caller } from '@lianfang/vocabulary';
import { approve, asMachine, countOf, deliver, notExecuted, ordered, outflow, proposed, requestOf, requestsOf, stopped, tick } from '../testing/bank-answers';
import { newHolder, NOON, openScene, refusalsOf, succeeded, type Scene } from '../testing/stop-payment-scene';
import { recordLegalDocument, type RecordLegalDocument } from './record-legal-document.actions';
import { StopPaymentBatch } from './stop-payment-batch.entity';

let scene: Scene;
beforeAll(async () => void (scene = await openScene()));
beforeEach(() => scene.clock.set(NOON));
afterAll(() => scene?.close());

let serial = 100;
const aNumber = () => `虚公（刑）止字〔2026〕${(serial += 1)}号`;
const record = (batch: Pick<StopPaymentBatch, 'id' | 'version'>, over: Partial<RecordLegalDocument> = {}, caller: Caller = callers.officer) =>
  recordLegalDocument(scene.by(caller), { idempotencyKey: newId(), batchId: batch.id, version: batch.version, legalDocumentNumber: aNumber(), ...over });
const toldOf = (ids: readonly string[]) =>
  asMachine(scene, async (manager) => {
    const messages = await manager.createQueryBuilder(OutboxMessage, 'message').where('message.subject = any(:ids) and message.type = :type', { ids, type: stopPaymentDocumentFollowed.type }).getMany();
    return messages.map(({ content }) => stopPaymentDocumentFollowed.data.parse(JSON.parse(content?.open() ?? '{}')));
  });

describe('a legal document that follows', () => {
  it('stands on every stop of the batch, and each bank is told', async () => {
    const { batch, placed } = await ordered(scene, { holders: [newHolder('B001'), newHolder('B002')] });
    const legalDocumentNumber = aNumber();
    const legalDocumentHash = 'ab'.repeat(32);

    const recorded = succeeded(await record(batch, { legalDocumentNumber, legalDocumentHash }));

    const requests = await requestsOf(scene, batch);
    expect(recorded).toMatchObject({ legalDocumentNumber, version: batch.version + 1 });
    expect(requests.map((request) => [request.legalDocumentNumber, request.legalDocumentHash, request.state])).toEqual(Array(2).fill([legalDocumentNumber, legalDocumentHash, 'ORDERED']));
    const told = await toldOf(requests.map(({ id }) => id));
    expect(told.map(({ orderId }) => orderId).sort()).toEqual(requests.map(({ id }) => id).sort());
    expect(told[0]).toMatchObject({ legalDocument: { number: legalDocumentNumber, sha256: legalDocumentHash }, externalMessageNumber: null, recordedAt: NOON });
    expect(await countOf(scene, `select count(*) from case_fact where case_id = $1 and kind = 'LEGAL_DOCUMENT_RECORDED' and facts ->> 'stops' = '2'`, [placed.id])).toBe(1);
  });

  it('cures what the notices before the end say is missing, also on a layer that the machine prepared', async () => {
    const { placed, request } = await ordered(scene, { holders: [newHolder()] });
    const next = newHolder('B002');
    await deliver(scene, stopped(scene, request.id, { outflows: [outflow(scene, { accountNumber: next.account, holderName: next.name })] }));
    const layer = await asMachine(scene, (manager) => manager.findOneByOrFail(StopPaymentBatch, { caseId: placed.id, preparedBy: 'MACHINE' }));
    const [followed] = await requestsOf(scene, succeeded(await approve(scene, layer)));
    const lacks = () => countOf(scene, `select count(*) from notice where request_id = $1 and lines::text like '%FREEZE_LACKS_LEGAL_DOCUMENT%'`, [followed?.id]);
    await deliver(scene, stopped(scene, followed?.id ?? ''));

    scene.clock.advance(24 * HOUR);
    await tick(scene);
    expect(await lacks()).toBe(1);
    succeeded(await record({ ...layer, version: layer.version + 1 }));
    scene.clock.advance(12 * HOUR);
    await tick(scene);
    scene.clock.advance(6 * HOUR);
    await tick(scene);

    expect(await lacks()).toBe(1);
    expect(await countOf(scene, `select count(*) from notice where request_id = $1 and kind = 'FREEZE_MISSING'`, [followed?.id])).toBe(3);
  });

  it('may cover some stops only, each with the number of the message that carried it', async () => {
    const { batch } = await ordered(scene, { holders: [newHolder('B001'), newHolder('B002')] });
    const [first, second] = await requestsOf(scene, batch);
    const stops = [{ requestId: first?.id ?? '', externalMessageNumber: 'MSG-0001' }];

    const once = succeeded(await record(batch, { stops }));

    expect((await requestsOf(scene, batch)).map(({ externalMessageNumber, legalDocumentNumber }) => [externalMessageNumber, legalDocumentNumber === null])).toEqual([['MSG-0001', false], [null, true]]);
    expect(refusalsOf(await record(once, { stops: [{ requestId: second?.id ?? '', externalMessageNumber: 'MSG-0001' }] }))).toEqual(['EXTERNAL_MESSAGE_NUMBER_USED at stops.0.externalMessageNumber']);
    expect(refusalsOf(await record(once, { stops }))).toEqual(['LEGAL_DOCUMENT_RECORDED at stops.0']);
    expect(succeeded(await record(once)).version).toBe(batch.version + 2);
    expect((await toldOf([first?.id ?? '', second?.id ?? ''])).map(({ externalMessageNumber }) => externalMessageNumber).sort()).toEqual(['MSG-0001', null]);
  });

  it('takes a message number of 53 characters, as the platform gives them, and no longer one', async () => {
    const { batch, request } = await ordered(scene, { holders: [newHolder()] });
    const numbered = (externalMessageNumber: string) => record(batch, { stops: [{ requestId: request.id, externalMessageNumber }] });

    expect(refusalsOf(await numbered('N'.repeat(54)))).toEqual(['EXTERNAL_MESSAGE_NUMBER_FORM at stops.0.externalMessageNumber']);
    succeeded(await numbered('N'.repeat(53)));
    expect((await toldOf([request.id])).map(({ externalMessageNumber }) => externalMessageNumber)).toEqual(['N'.repeat(53)]);
  });

  it('is recorded once when it is submitted twice', async () => {
    const { batch, request } = await ordered(scene, { holders: [newHolder()] });
    const input = { idempotencyKey: newId(), legalDocumentNumber: aNumber() };

    const [first, second] = [succeeded(await record(batch, input)), succeeded(await record(batch, input))];

    expect(second.version).toBe(first.version);
    expect(await toldOf([request.id])).toHaveLength(1);
    expect(refusalsOf(await record(batch))).toEqual(['CHANGED_MEANWHILE at version']);
    expect(refusalsOf(await record(first))).toEqual(['DOCUMENT_OF_NOTHING at batchId']);
  });

  it('has a number that no other case uses', async () => {
    const [here, there] = [await ordered(scene, { holders: [newHolder()] }), await ordered(scene, { holders: [newHolder()] })];
    const legalDocumentNumber = aNumber();
    succeeded(await record(here.batch, { legalDocumentNumber }));

    expect(refusalsOf(await record(there.batch, { legalDocumentNumber }))).toEqual(['DOCUMENT_NUMBER_USED at legalDocumentNumber']);
    expect((await requestOf(scene, there.request.id)).legalDocumentNumber).toBeNull();
    expect(await toldOf([there.request.id])).toEqual([]);
  });

  it.each([
    ['nothing', { legalDocumentNumber: ' ' }, 'LEGAL_DOCUMENT_MISSING at legalDocumentNumber'],
    ['square brackets', { legalDocumentNumber: '虚公止字[2026]7号' }, 'DOCUMENT_NUMBER_BRACKETS at legalDocumentNumber'],
    ['another year', { legalDocumentNumber: '虚公止字〔2024〕7号' }, 'DOCUMENT_NUMBER_YEAR at legalDocumentNumber'],
    ['an MD5', { legalDocumentHash: 'ab'.repeat(16) }, 'HASH_NOT_SHA256 at legalDocumentHash'],
    ['a stop of another batch', { stops: [{ requestId: newId() }] }, 'NOT_FOUND at stops.0.requestId'],
    ['an empty list', { stops: [] }, 'DOCUMENT_OF_NOTHING at stops'],
  ])('is refused with %s', async (_, over, refusal) => {
    const { batch } = await ordered(scene, { holders: [newHolder()] });

    expect(refusalsOf(await record(batch, over))).toEqual([refusal]);
  });

  it('may bear the year of the approval when it is issued after the turn of the year', async () => {
    scene.clock.set('2026-12-31T15:00:00.000Z');
    const { batch } = await ordered(scene, { holders: [newHolder()] });
    scene.clock.set('2027-01-01T04:00:00.000Z');

    expect(isRefused(await record(batch, { legalDocumentNumber: aNumber() }))).toBe(false);
  });

  it('does not follow what is only proposed or was not executed', async () => {
    const { batch, requests } = await proposed(scene, { holders: [newHolder()] });
    expect(refusalsOf(await record(batch, { stops: [{ requestId: requests[0]?.id ?? '' }] }))).toEqual(['WRONG_STATE at stops.0']);

    const declined = await ordered(scene, { holders: [newHolder()] });
    await deliver(scene, notExecuted(scene, declined.request.id));
    expect(refusalsOf(await record(declined.batch))).toEqual(['DOCUMENT_OF_NOTHING at batchId']);
  });
});

test('the unit’s officer, the duty desk and leaders of the region record it, and nobody else', async () => {
  const { batch } = await ordered(scene, { holders: [newHolder()] });
  const everyone = Object.entries({ ...matrixCallers('police'), 'officer of another unit': aCaller('POLICE_OFFICER', { unit: units.station }) }).filter(([, caller]) => caller.kind === 'person');
  const able: string[] = [];
  for (const [who, caller] of everyone) {
    const outcome = await record(batch, { legalDocumentNumber: ' ' }, caller);
    if (refusalsOf(outcome)[0] === 'LEGAL_DOCUMENT_MISSING at legalDocumentNumber') able.push(who);
  }

  expect(able).toEqual([
    'POLICE_OFFICER',
    'DUTY_OFFICER', 'DUTY_OFFICER, another unit of the county', 'DUTY_OFFICER, the city above',
    'POLICE_LEADER', 'POLICE_LEADER, another unit of the county', 'POLICE_LEADER, the city above',
  ]);
});
