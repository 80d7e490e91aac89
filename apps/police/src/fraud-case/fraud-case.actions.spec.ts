import { AuditEntry, Transition } from '@lianfang/access';
import { newId, Sealed } from '@lianfang/database';
import { fireDeadlines } from '@lianfang/exchange';
import { callers, inventPerson, people, units } from '@lianfang/testing';
import { HOUR, MINUTE, clockCaller, isRefused, type Caller } from '@lianfang/vocabulary';
import type { EntityManager } from 'typeorm';
import { aPhoneReport, aReport, asTyped, aTransfer } from '../testing/fraud-report';
import { NOON, openScene, refusalsOf, succeeded, type Scene } from '../testing/stop-payment-scene';
import { addCaseLeads, addCaseTransfers, signApplicationForm } from './add-to-case.actions';
import { CasePerson } from './case-person.entity';
import { CaseDuplicate, CaseFact } from './case-trace.entity';
import { CaseTransfer } from './case-transfer.entity';
import { acceptFraudCase, declineFraudCase, mergeFraudCase, openFraudCase } from './decide-fraud-case.actions';
import { fraudCaseDeadlines } from './fraud-case-deadlines';
import { FraudCase } from './fraud-case.entity';
import { reportFraud } from './report-fraud.actions';

let scene: Scene;
beforeAll(async () => void (scene = await openScene()));
afterAll(() => scene?.close());
beforeEach(() => scene.clock.set(NOON));

let seed = 2_000;
/** A report whose victim and payee no other report has. */
const freshReport = (over: Parameters<typeof aReport>[0] = {}) => aReport({ reporter: asTyped(inventPerson((seed += 1))), transfers: [aTransfer(inventPerson((seed += 1)))], ...over });
const freshPhoneReport = () => aPhoneReport({ reporter: asTyped(inventPerson((seed += 1))), transfers: [aTransfer(inventPerson((seed += 1)))] });
const report = async (over: Parameters<typeof aReport>[0] = {}, by: Caller = callers.officer): Promise<FraudCase> => succeeded(await reportFraud(scene.by(by), freshReport(over)));
const accept = async ({ id, version }: FraudCase, by: Caller = callers.officer) => succeeded(await acceptFraudCase(scene.by(by), { idempotencyKey: newId(), caseId: id, version, receipt: 'HANDED_OVER' }));
const open = ({ id, version }: FraudCase, { by = callers.leader as Caller, documentNumber = `虚公（刑）立字〔2026〕${(seed += 1)}号` } = {}) => openFraudCase(scene.by(by), { idempotencyKey: newId(), caseId: id, version, documentNumber });
const asClock = <T>(work: (manager: EntityManager) => Promise<T>): Promise<T> => scene.database.worker.asCaller(clockCaller('police'), work);
const factsOf = async ({ id }: FraudCase) => (await asClock((manager) => manager.find(CaseFact, { where: { caseId: id }, order: { at: 'asc', id: 'asc' } }))).map(({ kind }) => kind);
const fire = () => fireDeadlines({ agency: 'police', database: scene.database.worker, clock: scene.clock }, fraudCaseDeadlines(scene.clock));
const reload = ({ id }: FraudCase) => asClock((manager) => manager.findOneByOrFail(FraudCase, { id }));

describe('a report', () => {
  it('warns of an unknown institution only where no prefix of the table tells it', async () => {
    const to = (identifier: string) => aTransfer(people.holder, { payee: { kind: 'BANK_CARD', identifier, holderName: '虚构人' } });
    const unknownIn = (fraudCase: FraudCase) => fraudCase.storedWarnings.filter(({ code }) => code === 'INSTITUTION_UNKNOWN').map(({ path }) => path);

    const reported = await report({ transfers: [to(inventPerson((seed += 1)).account), to('8811110000000000015')] });
    const added = succeeded(await addCaseTransfers(scene.by(callers.officer), { idempotencyKey: newId(), caseId: reported.id, transfers: [to(inventPerson((seed += 1)).account)] }));

    expect(unknownIn(reported)).toEqual(['transfers.1.payee.institution']);
    expect(unknownIn(added)).toEqual(['transfers.1.payee.institution']);
  });

  it('becomes a case with a number of its unit and month, one transition and one audit entry', async () => {
    const [first, second] = [await report(), await report()];

    expect(first.caseNumber).toMatch(new RegExp(`^A${units.bureau}202605\\d{6}$`));
    expect(Number(second.caseNumber.slice(-6))).toBe(Number(first.caseNumber.slice(-6)) + 1);
    expect(await asClock((manager) => manager.countBy(Transition, { thingId: first.id }))).toBe(1);
    expect(await asClock((manager) => manager.countBy(AuditEntry, { thingId: first.id, kind: 'TRANSITION' }))).toBe(1);
  });

  it('for a unit that the directory does not list is refused: no other unit could be told its duty phone', async () => {
    expect(refusalsOf(await reportFraud(scene.by(callers.dutyOfficer), freshReport({ unitCode: '990101123456' })))).toEqual(['UNIT_NOT_LISTED at unitCode']);
    expect(succeeded(await reportFraud(scene.by(callers.dutyOfficer), freshReport({ unitCode: units.station }))).unitCode).toBe(units.station);
  });

  it('with a key that cannot be kept is refused', async () => {
    for (const idempotencyKey of ['a\u0000b', '\ud83d']) expect(refusalsOf(await reportFraud(scene.by(callers.officer), freshReport({ idempotencyKey })))).toEqual(['VALUE_UNWRITABLE at idempotencyKey']);
    expect(refusalsOf(await reportFraud(scene.by(callers.officer), freshReport({ idempotencyKey: ' ' })))).toEqual(['VALUE_MISSING at idempotencyKey']);
  });

  it('submitted twice with one key is one case; with other content the key is refused', async () => {
    const input = freshReport();

    const first = succeeded(await reportFraud(scene.by(callers.officer), input));
    const again = succeeded(await reportFraud(scene.by(callers.officer), input));
    const other = await reportFraud(scene.by(callers.officer), { ...input, narrative: '另一案情' });

    expect(again.id).toBe(first.id);
    expect(refusalsOf(other)).toEqual(['KEY_USED_FOR_OTHER_CONTENT at idempotencyKey']);
  });

  it('submitted by the same hand ten times at once is one case', async () => {
    const input = freshReport();

    const cases = await Promise.all(Array.from({ length: 10 }, () => reportFraud(scene.by(callers.officer), input)));

    expect(new Set(cases.map((one) => succeeded(one).id)).size).toBe(1);
  });

  it('of many at once in one unit gets numbers without a gap or a double', async () => {
    const cases = await Promise.all(Array.from({ length: 8 }, () => report()));

    const numbers = cases.map(({ caseNumber }) => Number(caseNumber.slice(-6))).toSorted((one, other) => one - other);
    expect(numbers.map((number) => number - (numbers[0] ?? 0))).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('for a unit of another region is refused, and changes nothing', async () => {
    expect(refusalsOf(await reportFraud(scene.by(callers.officer), freshReport({ unitCode: units.elsewhere })))).toEqual(['OUTSIDE_YOUR_SCOPE at unitCode']);
  });

  it("keeps an agent's document and authorisation sealed, and the database takes them of nobody else", async () => {
    const [victim, agent] = [inventPerson((seed += 1)), inventPerson((seed += 1))];
    const contact = { relation: 'AGENT', name: agent.name, phone: agent.phone, idDocument: { kind: 'CITIZEN_ID', number: agent.idNumber }, authorisation: '虚构委托书' };
    const { id } = await report({ reporter: asTyped(victim, { contact }) });

    const [person] = await asClock((manager) => manager.findBy(CasePerson, { caseId: id }));
    expect([person?.contactIdKind, person?.contactIdNumberSealed?.open(), person?.contactAuthorisationSealed?.open()]).toEqual(['CITIZEN_ID', agent.idNumber, '虚构委托书']);
    const [row] = await asClock((manager) => manager.query<{ text: string }[]>('select p::text as text from case_person p where case_id = $1', [id]));
    for (const secret of [agent.idNumber, '虚构委托书']) expect(row?.text).not.toContain(Buffer.from(secret).toString('hex'));
    const ofFamily = { ...person, id: newId(), nameSealed: Sealed.of(victim.name), contactRelation: 'FAMILY', contactAuthorisationSealed: Sealed.of('虚构委托书') } as CasePerson;
    const insert = scene.database.runtime.asCaller(callers.officer, (manager) => manager.insert(CasePerson, ofFamily));
    await expect(insert).rejects.toThrow(/case_person_agent_details_of_agent/);
  });

  it('stands in the row without a name, number or phone in the clear', async () => {
    const person = inventPerson(2_900);
    const { id } = await report({ reporter: asTyped(person), narrative: '虚构案情明文' });

    const [row] = await asClock((manager) => manager.query<{ text: string }[]>(`select string_agg(t, '') as text from (select c::text as t from fraud_case c where id = $1 union all select p::text from case_person p where case_id = $1 union all select x::text from case_transfer x where case_id = $1) as rows`, [id]));
    const hex = (text: string): string => Buffer.from(text).toString('hex');
    for (const secret of [person.name, person.idNumber, person.phone, person.account, '虚构案情明文']) {
      expect(row?.text).not.toContain(secret);
      expect(row?.text).not.toContain(hex(secret));
    }
  });
});

describe('likely duplicates', () => {
  const voucherHash = 'ab'.repeat(32);
  const pairsOf = ({ id }: FraudCase) => asClock((manager) => manager.find(CaseDuplicate, { where: [{ caseId: id }, { otherCaseId: id }], order: { reason: 'asc' } }));

  it('are found by the same voucher, across regions, and never refused', async () => {
    const first = await report({ transfers: [aTransfer(inventPerson((seed += 1)), { voucherHash })] }, callers.officerElsewhere);

    const second = await report({ transfers: [aTransfer(inventPerson((seed += 1)), { voucherHash })] });

    expect(await pairsOf(second)).toMatchObject([{ reason: 'VOUCHER', otherCaseId: first.id, otherUnitCode: units.elsewhere }]);
    expect(await factsOf(second)).toContain('DUPLICATES_FOUND');
  });

  it('are found by the same victim, amount and nearly the same time', async () => {
    const victim = inventPerson((seed += 1));
    await report({ reporter: asTyped(victim), transfers: [aTransfer(inventPerson((seed += 1)))] });

    const near = await report({ reporter: asTyped(victim), transfers: [aTransfer(inventPerson((seed += 1)), { transferredAt: '2026-05-06 11:35:00' })] });
    const far = await report({ reporter: asTyped(victim), transfers: [aTransfer(inventPerson((seed += 1)), { transferredAt: '2026-05-06 09:00:00' })] });

    expect((await pairsOf(near)).map(({ reason }) => reason)).toEqual(['VICTIM_AND_TRANSFER']);
    expect(await pairsOf(far)).toEqual([]);
  });

  it('are found by the same payee when a transfer is added later', async () => {
    const holder = inventPerson((seed += 1));
    await report({ transfers: [aTransfer(holder)] });
    const later = await report();

    succeeded(await addCaseTransfers(scene.by(callers.officer), { idempotencyKey: newId(), caseId: later.id, transfers: [aTransfer(holder, { amount: '1.00' })] }));

    expect((await pairsOf(later)).map(({ reason }) => reason)).toEqual(['PAYEE']);
  });

  it('that arrive at one moment find each other once', async () => {
    const holder = inventPerson((seed += 1));

    const cases = await Promise.all([report({ transfers: [aTransfer(holder)] }), report({ transfers: [aTransfer(holder)] }, callers.officerElsewhere)]);

    expect(await pairsOf(cases[0])).toHaveLength(1);
    expect((await pairsOf(cases[1]))[0]?.id).toBe((await pairsOf(cases[0]))[0]?.id);
  });
});

describe('the decision on a case', () => {
  it('is taken by another person than who accepted', async () => {
    const both: Caller = { ...callers.leader, roles: ['POLICE_LEADER', 'POLICE_OFFICER'] };
    const reported = await report();
    const accepted = succeeded(await acceptFraudCase(scene.by(both), { idempotencyKey: newId(), caseId: reported.id, version: 1, receipt: 'REFUSED' }));

    expect(refusalsOf(await open(accepted, { by: both }))).toEqual(['SAME_PERSON']);
    expect(succeeded(await open(accepted, { by: callers.leaderOfCity })).state).toBe('CASE_OPENED');
  });

  it.each([['[2026]', 'DOCUMENT_NUMBER_BRACKETS'], ['〔2025〕', 'DOCUMENT_NUMBER_YEAR']])('with a document number of year %s is refused', async (year, code) => {
    const accepted = await accept(await report());

    expect(refusalsOf(await open(accepted, { documentNumber: `虚公（刑）立字${year}7号` }))).toEqual([`${code} at documentNumber`]);
  });

  it('with a document number of another case is refused', async () => {
    const documentNumber = '虚公（刑）立字〔2026〕999999号';
    succeeded(await open(await accept(await report()), { documentNumber }));

    expect(refusalsOf(await open(await accept(await report()), { documentNumber }))).toEqual(['DOCUMENT_NUMBER_USED at documentNumber']);
  });

  it('with a document number of a case that another region opens at the same moment is refused', async () => {
    const documentNumber = '虚公（刑）立字〔2026〕999998号';
    const [here, there] = [await accept(await report()), await accept(await report({}, callers.officerElsewhere), callers.officerElsewhere)];

    const outcomes = await Promise.all([open(here, { documentNumber }), open(there, { by: callers.leaderElsewhere, documentNumber })]);

    expect(outcomes.filter(isRefused).map(refusalsOf)).toEqual([['DOCUMENT_NUMBER_USED at documentNumber']]);
  });

  it('on a version that is no longer the case’s is refused', async () => {
    const accepted = await accept(await report());

    expect(refusalsOf(await open({ ...accepted, version: 1 } as FraudCase))).toEqual(['CHANGED_MEANWHILE at version']);
  });

  it('taken twice at once is taken once', async () => {
    const accepted = await accept(await report());

    const outcomes = await Promise.all([open(accepted), open(accepted, { by: callers.leaderOfCity })]);

    expect(outcomes.filter((outcome) => outcome instanceof FraudCase)).toHaveLength(1);
  });

  it('not to open needs a reason and a notice, told at once', async () => {
    const { id, version } = await accept(await report());

    expect(refusalsOf(await declineFraudCase(scene.by(callers.leader), { idempotencyKey: newId(), caseId: id, version, documentNumber: '', reason: ' ' }))).toEqual(['VALUE_MISSING at documentNumber', 'REASON_REQUIRED at reason']);
  });
});

describe('a merger', () => {
  const merge = ({ id, version }: FraudCase, into: { readonly id: string }) => mergeFraudCase(scene.by(callers.officer), { idempotencyKey: newId(), caseId: id, version, intoCaseId: into.id, reason: '同一案件' });

  it('links the two cases and says so on both', async () => {
    const [one, into] = [await report(), await report()];

    const merged = succeeded(await merge(one, into));

    expect(merged).toMatchObject({ state: 'MERGED', mergedIntoId: into.id });
    expect(await factsOf(into)).toEqual(['MERGED_FROM']);
  });

  it('into itself, into a merged case, into a case of another region or into nothing is refused', async () => {
    const [one, into, other] = [await report(), await report(), await report({}, callers.officerElsewhere)];

    expect(refusalsOf(await merge(one, one))).toEqual(['MERGE_INTO_ITSELF at intoCaseId']);
    expect(refusalsOf(await merge(one, other))).toEqual(['NOT_FOUND at intoCaseId']);
    expect(refusalsOf(await merge(one, { id: '一' }))).toEqual(['NOT_FOUND at intoCaseId']);
    succeeded(await merge(into, await report()));
    expect(refusalsOf(await merge(one, into))).toEqual(['MERGE_TARGET_ENDED at intoCaseId']);
  });

  it('of two cases into each other at once succeeds once', async () => {
    const [one, other] = [await report(), await report()];

    const outcomes = await Promise.all([merge(one, other), merge(other, one)]);

    expect(outcomes.filter((outcome) => outcome instanceof FraudCase)).toHaveLength(1);
  });
});

describe('what is added to a case', () => {
  it('counts in the loss; a correction replaces what it corrects, which stays', async () => {
    const fraudCase = await report();
    const [wrong] = await asClock((manager) => manager.findBy(CaseTransfer, { caseId: fraudCase.id }));

    const corrected = succeeded(await addCaseTransfers(scene.by(callers.officer), { idempotencyKey: newId(), caseId: fraudCase.id, transfers: [aTransfer(inventPerson((seed += 1)), { amount: '300.00', correctsId: wrong?.id })] }));

    expect(corrected.lossFen).toBe(30_000n);
    expect(await asClock((manager) => manager.countBy(CaseTransfer, { caseId: fraudCase.id }))).toBe(2);
    expect(refusalsOf(await addCaseTransfers(scene.by(callers.officer), { idempotencyKey: newId(), caseId: fraudCase.id, transfers: [aTransfer(people.holder, { correctsId: wrong?.id })] }))).toEqual(['CORRECTED_ALREADY at transfers.0.correctsId']);
    expect(refusalsOf(await addCaseTransfers(scene.by(callers.officer), { idempotencyKey: newId(), caseId: fraudCase.id, transfers: [aTransfer(people.holder, { correctsId: newId() })] }))).toEqual(['CORRECTED_UNKNOWN at transfers.0.correctsId']);
  });

  it('may be leads, each refused with its path', async () => {
    const { id } = await report();
    const add = (leads: { kind: string; value: string }[]) => addCaseLeads(scene.by(callers.officer), { idempotencyKey: newId(), caseId: id, leads });

    expect(refusalsOf(await add([]))).toEqual(['LEAD_NEEDED at leads']);
    expect(refusalsOf(await add([{ kind: 'APP', value: '虚构' }, { kind: 'URL', value: '' }]))).toEqual(['VALUE_MISSING at leads.1.value']);
    expect(succeeded(await add([{ kind: 'APP', value: '虚构' }])).version).toBe(2);
  });

  it('comes from the own unit only, and never to a case that has ended', async () => {
    const one = await report();
    const add = (by: Caller) => addCaseLeads(scene.by(by), { idempotencyKey: newId(), caseId: one.id, leads: [{ kind: 'APP', value: '虚构' }] });

    expect(refusalsOf(await add(callers.officerElsewhere))).toEqual(['NOT_FOUND at caseId']);
    expect(refusalsOf(await add(callers.leader))).toEqual(['NOT_ALLOWED']);
    succeeded(await mergeFraudCase(scene.by(callers.officer), { idempotencyKey: newId(), caseId: one.id, version: 1, intoCaseId: (await report()).id, reason: '同一案件' }));
    expect(refusalsOf(await add(callers.officer))).toEqual(['CASE_ENDED at caseId']);
  });
});

describe('the clocks of a case', () => {
  it('turn a form that was not signed in the catch-up time overdue, once, and a late signature ends it', async () => {
    const fraudCase = succeeded(await reportFraud(scene.by(callers.officer), freshPhoneReport()));
    expect(fraudCase).toMatchObject({ formState: 'DUE', formDueAt: new Date('2026-05-07T04:00:00.000Z') });

    scene.clock.advance(24 * HOUR - 1);
    await fire();
    expect((await reload(fraudCase)).formState).toBe('DUE');
    scene.clock.advance(1);
    await fire();
    await fire();
    const overdue = await reload(fraudCase);
    const signed = succeeded(await signApplicationForm(scene.by(callers.officer), { idempotencyKey: newId(), caseId: overdue.id, version: overdue.version, applicationForm: { signedAt: '2026-05-07 11:00' } }));

    expect(overdue.formState).toBe('OVERDUE');
    expect(signed.formState).toBe('SIGNED');
    expect(await factsOf(fraudCase)).toEqual(['FORM_DUE', 'FORM_OVERDUE', 'FORM_SIGNED']);
  });

  it('leave a form alone that was signed in time, and a form is signed once', async () => {
    const { id } = succeeded(await reportFraud(scene.by(callers.officer), freshPhoneReport()));
    const sign = (version: number) => signApplicationForm(scene.by(callers.officer), { idempotencyKey: newId(), caseId: id, version, applicationForm: { signedAt: '2026-05-06 11:00' } });
    const signed = succeeded(await sign(1));

    scene.clock.advance(48 * HOUR);
    await fire();

    expect((await reload(signed)).formState).toBe('SIGNED');
    expect(refusalsOf(await sign(signed.version))).toEqual(['FORM_ALREADY_SIGNED at applicationForm']);
  });

  it('note after 30 minutes that an accepted case has no stop-payment request (DL-01)', async () => {
    const accepted = await accept(await report());
    expect(accepted.entryDueAt).toEqual(new Date(scene.clock.now().getTime() + 30 * MINUTE));

    scene.clock.advance(30 * MINUTE);
    await fire();

    expect(await factsOf(accepted)).toEqual(['ENTRY_OVERDUE']);
  });
});
