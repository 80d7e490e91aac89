import { newId } from '@lianfang/database';
import { callers } from '@lianfang/testing';
import type { Caller } from '@lianfang/vocabulary';
import { asMachine } from '../testing/bank-answers';
import { openScene, placeCase, refusalsOf, succeeded, type Scene } from '../testing/stop-payment-scene';
import { CaseFact } from './case-trace.entity';
import { changePhoneFlags } from './change-phone-flags.actions';
import type { ChangePhoneFlagsInput } from './fraud-case.input';

let scene: Scene;
beforeAll(async () => void (scene = await openScene()));
afterAll(() => scene?.close());

const change = (caseId: string, over: Partial<ChangePhoneFlagsInput>, caller: Caller = callers.officer) =>
  changePhoneFlags(scene.by(caller), { idempotencyKey: newId(), caseId, version: 2, ...over });
const warningsOf = ({ storedWarnings }: { storedWarnings: { code: string }[] }): string[] => storedWarnings.map(({ code }) => code);

describe('what becomes known of a phone after the report', () => {
  it('is kept, warned of and written in the time line; what is left out stays', async () => {
    const { id } = await placeCase(scene, { over: { callsForwarded: false } });

    const controlled = succeeded(await change(id, { phoneControlled: true }));
    const shared = succeeded(await change(id, { screenShared: true, version: 3 }));

    expect(controlled).toMatchObject({ phoneControlled: true, callsForwarded: false, screenShared: false, version: 3 });
    expect(shared).toMatchObject({ phoneControlled: true, callsForwarded: false, screenShared: true, version: 4 });
    expect(warningsOf(shared)).toEqual(['PHONE_NOT_SAFE']);
    const facts = await asMachine(scene, (manager) => manager.findBy(CaseFact, { caseId: id, kind: 'PHONE_FLAGS_CHANGED' }));
    expect(facts.map((fact) => fact.facts)).toContainEqual({ phoneControlled: true, callsForwarded: false, screenShared: true });
  });

  it('may be taken back when the phone is clean again, and the warning goes', async () => {
    const { id } = await placeCase(scene, { over: { phoneControlled: true, storedWarnings: [{ code: 'PHONE_NOT_SAFE', path: 'reporter.phone', parameters: {} }] } });

    const clean = succeeded(await change(id, { phoneControlled: false }));

    expect([clean.phoneControlled, warningsOf(clean)]).toEqual([false, []]);
  });

  it('is refused when it changes nothing, of an old version, and of a case that has ended', async () => {
    const { id } = await placeCase(scene);
    const ended = await placeCase(scene, { over: { state: 'NOT_OPENED', decidedAt: scene.clock.now(), notOpeningDocumentNumber: '虚公不立字〔2026〕77号' } });

    expect(refusalsOf(await change(id, {}))).toEqual(['PHONE_FLAGS_UNCHANGED']);
    expect(refusalsOf(await change(id, { phoneControlled: true, version: 1 }))).toEqual(['CHANGED_MEANWHILE at version']);
    expect(refusalsOf(await change(ended.id, { phoneControlled: true }))).toEqual(['CASE_ENDED at caseId']);
  });

  it('is said by the unit and the duty desk, not by a leader or another region', async () => {
    const { id } = await placeCase(scene);

    expect(refusalsOf(await change(id, { phoneControlled: true }, callers.leader))).toEqual(['NOT_ALLOWED']);
    expect(refusalsOf(await change(id, { phoneControlled: true }, callers.officerElsewhere))).toEqual(['NOT_FOUND at caseId']);
    succeeded(await change(id, { phoneControlled: true }, callers.dutyOfficer));
  });

  it('is done once for one key', async () => {
    const { id } = await placeCase(scene);
    const idempotencyKey = newId();

    succeeded(await change(id, { callsForwarded: true, idempotencyKey }));
    expect(succeeded(await change(id, { callsForwarded: true, idempotencyKey })).version).toBe(3);
  });
});
