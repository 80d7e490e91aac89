import { callers } from '@lianfang/testing';
import type { Caller } from '@lianfang/vocabulary';
import { openScene, placeCase, type PlacedCase, type Scene } from '../testing/stop-payment-scene';
import { useDocumentNumbers, type DocumentDecision } from './use-document-numbers';

let scene: Scene;
let here: PlacedCase;
let there: PlacedCase;
beforeAll(async () => {
  scene = await openScene();
  [here, there] = [await placeCase(scene), await placeCase(scene, { officer: callers.officerElsewhere })];
});
afterAll(() => scene?.close());

const take = ({ id }: PlacedCase, numbers: string[], { by = callers.leader as Caller, decision = 'STOP_PAYMENT' as DocumentDecision } = {}) => {
  const of = { id, unitCode: by.unit ?? '', regionCode: by.region ?? '' };
  return scene.database.runtime.asCaller(by, (manager) => useDocumentNumbers(manager, { numbers, decision, of, now: scene.clock.now() }));
};
const elsewhere = { by: callers.leaderElsewhere };

test('a document number stands for one decision of one case, over all regions', async () => {
  const number = '虚公止字〔2026〕1号';

  expect(await take(here, [number, number])).toEqual([]);
  expect(await take(here, [number])).toEqual([]);
  expect(await take(here, [number], { decision: 'CASE_OPENED' })).toEqual([number]);
  expect(await take(there, [number, '虚公止字〔2026〕2号'], elsewhere)).toEqual([number]);
});

test('two decisions that want the same numbers in another order end, and one has them', async () => {
  for (let round = 10; round < 20; round += 1) {
    const numbers = [`虚公止字〔2026〕${round}号`, `虚公止字〔2026〕9${round}号`];

    const lacks = await Promise.all([take(here, numbers), take(there, numbers.toReversed(), elsewhere)]);

    expect(lacks.map(({ length }) => length).sort()).toEqual([0, 2]);
  }
});

test('a region does not read the numbers of another, and cannot write for it', async () => {
  const add = `insert into legal_document (number, decision, case_id, unit_code, region_code, created_at) values ('虚公止字〔2026〕30号', 'STOP_PAYMENT', $1, $2, $3, now())`;
  const by = (caller: Caller, sql: string, values: unknown[] = []) => scene.database.runtime.asCaller(caller, (manager) => manager.query<unknown[]>(sql, values));
  await take(here, ['虚公止字〔2026〕31号']);

  expect(await by(callers.leaderElsewhere, `select from legal_document where number = '虚公止字〔2026〕31号'`)).toEqual([]);
  await expect(by(callers.leaderElsewhere, add, [here.id, '990101000000', '990101'])).rejects.toThrow(/row-level security/);
  await by(callers.leader, add, [here.id, '990101000000', '990101']);
  await expect(by(callers.leaderElsewhere, add, [there.id, '980201000000', '980201'])).rejects.toThrow(/legal_document_pk/);
});
