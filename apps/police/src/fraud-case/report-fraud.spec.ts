import { callers, inventPerson, inventedId, people } from '@lianfang/testing';
import { aPhoneReport, aReport, asTyped, aTransfer } from '../testing/fraud-report';
import { defaultSettings, readSettings } from '../settings';
import { readReport } from './read-report';
import type { ReportFraudInput } from './report-fraud.input';

const now = new Date('2026-05-06T04:00:00.000Z');
const reading = { caller: callers.officer, now, settings: defaultSettings.fraudCase };

/** What was refused, each with its path. */
function refused(input: ReportFraudInput, settings = reading.settings): string[] {
  const read = readReport(input, { ...reading, settings });
  return Array.isArray(read) ? read.map(({ code, path }) => `${code} at ${path}`) : [];
}

function accepted(input: ReportFraudInput) {
  const read = readReport(input, reading);
  if (Array.isArray(read)) throw new Error(`refused: ${read.map(({ code, path }) => `${code} at ${path}`).join(', ')}`);
  return read;
}

const warned = (input: ReportFraudInput): string[] => accepted(input).warnings.map(({ code, path }) => `${code} at ${path}`);
const withTransfer = (over: Parameters<typeof aTransfer>[1]): ReportFraudInput => aReport({ transfers: [aTransfer(people.holder, over)] });
const payee = (over: object) => ({ payee: { ...aTransfer().payee, ...over } });

describe('a report whose values are right', () => {
  it('is read whole, its loss the sum of its transfers', () => {
    const report = accepted(aReport({ transfers: [aTransfer(), aTransfer(people.secondHolder, { amount: '0.01' }), aTransfer(people.thirdHolder, { isLoss: false })] }));

    expect(report.lossFen).toBe(3_000_001n);
    expect(report.attemptedFen).toBe(3_000_000n);
  });

  it('keeps incident, report and transfer times apart', () => {
    const report = accepted(aReport({ incidentAt: '2026-05-06 10:00', reportedAt: '2026-05-06 11:55', firstContactAt: '2026年5月5日9时30分' }));

    expect([report.incidentAt, report.reportedAt, report.firstContactAt, report.transfers[0]?.transferredAt].map((at) => at?.toISOString())).toEqual([
      '2026-05-06T02:00:00.000Z', '2026-05-06T03:55:00.000Z', '2026-05-05T01:30:00.000Z', '2026-05-06T03:30:00.000Z',
    ]);
  });

  it('adds the settlement codes of its payees to the chain codes', () => {
    expect(accepted(aReport()).chainCodes).toEqual(['L1.01', 'L4.01']);
  });

  it('makes one person of a reporter who was deceived and paid', () => {
    expect(accepted(aReport()).persons.map(({ parts }) => parts)).toEqual([['REPORTER', 'DECEIVED', 'PAYER']]);
  });

  it('keeps a daughter who reports and pays apart from the elder who was deceived', () => {
    const report = accepted(aReport({ reporter: asTyped(people.daughter), deceived: asTyped(people.victim), payer: asTyped(people.daughter) }));

    expect(report.persons.map(({ parts, person }) => [person.name, parts])).toEqual([[people.daughter.name, ['REPORTER', 'PAYER']], [people.victim.name, ['DECEIVED']]]);
  });
});

describe('the bad input of a report', () => {
  it('a transfer after the report is a doubt, not a fault: the victim may still be paying', () => {
    expect(warned(aReport({ reportedAt: '2026-05-06 11:00', transfers: [aTransfer()] }))).toContain('TRANSFER_AFTER_REPORT at transfers.0.transferredAt');
  });

  it('a transfer later than now is refused', () => {
    expect(refused(withTransfer({ transferredAt: '2026-05-06 13:00' }))).toEqual(['TIME_IN_FUTURE at transfers.0.transferredAt']);
  });

  it('a report later than now is refused', () => {
    expect(refused(aReport({ reportedAt: '2026-05-06 12:30' }))).toEqual(['TIME_IN_FUTURE at reportedAt']);
  });

  it('a payee that is the payer is refused', () => {
    expect(refused(withTransfer(payee({ identifier: people.victim.account })))).toEqual(['PAYEE_IS_PAYER at transfers.0.payee.identifier']);
  });

  it.each([
    ['zero', '0', 'AMOUNT_ZERO'],
    ['negative', '-5', 'AMOUNT_NEGATIVE'],
    ['more than two decimals', '3.001', 'AMOUNT_TOO_PRECISE'],
    ['in 万元', '3万', 'AMOUNT_WITH_UNIT'],
    ['with thousands separators', '30,000', 'AMOUNT_WITH_SEPARATOR'],
  ])('an amount that is %s is refused', (_what, amount, code) => {
    expect(refused(withTransfer({ amount }))).toEqual([`${code} at transfers.0.amount`]);
  });

  it('a space behind an account name is closed, no fault', () => {
    const report = accepted(withTransfer(payee({ holderName: `${people.holder.name}　 ` })));

    expect(report.transfers[0]?.payee.holderName).toBe(people.holder.name);
  });

  it('a masked account name is refused', () => {
    expect(refused(withTransfer(payee({ holderName: '甲*' })))).toEqual(['NAME_MASKED at transfers.0.payee.holderName']);
  });

  it('an unknown account name is a state of its own, no fault', () => {
    expect(accepted(withTransfer(payee({ holderName: '' }))).transfers[0]?.payee.holderName).toBeNull();
  });

  it('a masked account is refused', () => {
    expect(refused(withTransfer(payee({ identifier: '6222****0001' })))).toEqual(['ACCOUNT_MASKED at transfers.0.payee.identifier']);
  });

  it('a card number with a wrong check digit is a doubt: passbooks have none', () => {
    const wrong = people.holder.account.slice(0, -1) + ((Number(people.holder.account.at(-1)) + 1) % 10);

    expect(warned(withTransfer(payee({ identifier: wrong })))).toContain('CARD_CHECK_DIGIT at transfers.0.payee.identifier');
  });

  it('a passbook needs no check digit', () => {
    expect(warned(withTransfer(payee({ kind: 'PASSBOOK', identifier: '00123456789012345' }))).filter((warning) => warning.startsWith('CARD'))).toEqual([]);
  });

  it('an id of fifteen digits is refused', () => {
    expect(refused(aReport({ reporter: asTyped(people.victim, { idDocument: { kind: 'CITIZEN_ID', number: '990101490101001' } }) }))).toEqual(['CITIZEN_ID_FIFTEEN_DIGITS at reporter.idDocument.number']);
  });

  it('the id of a child flags the guardian, who is the contact', () => {
    const child = { ...inventPerson(77), idNumber: inventedId({ birth: '20150505', seed: 77 }) };

    expect(warned(aReport({ reporter: asTyped(people.daughter), deceived: asTyped(child, { contact: null }) }))).toContain('GUARDIAN_NEEDED at deceived.contact');
    expect(warned(aReport({ deceived: asTyped(child, { contact: { relation: 'GUARDIAN', name: people.daughter.name, phone: people.daughter.phone } }) }))).not.toContain('GUARDIAN_NEEDED at deceived.contact');
  });

  it('an agent may show a document of identity and an authorisation, and nobody else does', () => {
    const contact = { relation: 'AGENT', name: people.daughter.name, phone: people.daughter.phone };
    const shown = { idDocument: { kind: 'CITIZEN_ID', number: people.daughter.idNumber }, authorisation: '授权委托书 2026-05-06' };
    const by = (over: object) => aReport({ reporter: asTyped(people.victim, { contact: { ...contact, ...over } }) });

    expect(accepted(by(shown)).persons[0]?.person.contact?.agent).toEqual({ document: { kind: 'CITIZEN_ID', number: people.daughter.idNumber }, authorisation: shown.authorisation });
    expect(accepted(by({})).persons[0]?.person.contact?.agent).toEqual({ document: null, authorisation: null });
    expect(refused(by({ idDocument: { kind: 'CITIZEN_ID', number: '110101' }, authorisation: '授'.repeat(201) }))).toEqual([
      'CITIZEN_ID_WRONG_LENGTH at reporter.contact.idDocument.number', 'VALUE_TOO_LONG at reporter.contact.authorisation',
    ]);
    expect(refused(by({ ...shown, relation: 'FAMILY' }))).toEqual(['CONTACT_IS_NO_AGENT at reporter.contact.idDocument']);
    expect(refused(by({ authorisation: shown.authorisation, relation: 'GUARDIAN' }))).toEqual(['CONTACT_IS_NO_AGENT at reporter.contact.authorisation']);
  });

  it('the dead do not report, and their estate has a contact', () => {
    expect(refused(aReport({ reporter: asTyped(people.victim, { isDeceased: true }) }))).toEqual(['DECEASED_CANNOT_REPORT at reporter']);
    expect(warned(aReport({ reporter: asTyped(people.daughter), deceived: asTyped(people.victim, { isDeceased: true, contact: null }) }))).toContain('ESTATE_CONTACT_NEEDED at deceived.contact');
  });

  it('an elder without family or community contact is asked for one', () => {
    const elder = { ...inventPerson(78), idNumber: inventedId({ birth: '19500505', seed: 78 }) };

    expect(warned(aReport({ reporter: asTyped(elder, { contact: null }) }))).toContain('ELDER_CONTACT_ADVISED at reporter.contact');
  });

  it.each([`+86 ${people.victim.phone}`, `86-${people.victim.phone}`, people.victim.phone.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0))])('a phone typed as %s is understood', (phone) => {
    expect(accepted(aReport({ reporter: asTyped(people.victim, { phone }) })).persons[0]?.person.phone?.number).toBe(`+86${people.victim.phone}`);
  });

  it('a date of birth in the future is refused', () => {
    expect(refused(aReport({ reporter: asTyped(people.victim, { birthDate: '2030-01-01' }) }))).toEqual(['TIME_IN_FUTURE at reporter.birthDate']);
  });

  it('a region that is no longer assigned is a doubt: old papers carry it', () => {
    expect(warned(aReport({ reporter: asTyped(people.victim, { region: '990101' }) }))).toContain('REGION_UNKNOWN at reporter.region');
  });

  it('a whole province where a county is asked for is refused', () => {
    expect(refused(aReport({ reporter: asTyped(people.victim, { region: '990000' }) }))).toEqual(['REGION_COUNTY_NEEDED at reporter.region']);
  });

  it("a narrative that was pasted with another victim's name is a doubt", () => {
    expect(warned(aReport({ narrative: '被害人张甲乙接到电话后转账。' }))).toContain('NARRATIVE_NAMES_ANOTHER_PERSON at narrative');
    expect(warned(aReport({ narrative: `身份证号${people.secondVictim.idNumber}，接到电话后转账。` }))).toContain('NARRATIVE_NAMES_ANOTHER_PERSON at narrative');
    expect(warned(aReport({ narrative: `被害人${people.victim.name}接到电话，被害人于当日报警。` }))).not.toContain('NARRATIVE_NAMES_ANOTHER_PERSON at narrative');
  });

  it('a narrative with what cannot be kept is refused, and one that looks like a program is kept as typed', () => {
    expect(refused(aReport({ narrative: '转账\u0000后报警' }))).toEqual(['VALUE_UNWRITABLE at narrative']);
    expect(refused(aReport({ narrative: '转账\ud83d后报警' }))).toEqual(['VALUE_UNWRITABLE at narrative']);
    expect(accepted(aReport({ narrative: '<script>alert("转账")</script>' })).narrative).toBe('<script>alert("转账")</script>');
  });

  it('a narrative of more than 4,000 characters is refused', () => {
    expect(refused(aReport({ narrative: '案'.repeat(4_001) }))).toEqual(['VALUE_TOO_LONG at narrative']);
  });

  it('a stated loss that is not the sum of the transfers is a doubt', () => {
    expect(warned(aReport({ statedLoss: '50000' }))).toContain('LOSS_DIFFERS at statedLoss');
  });

  it('a transfer that stands twice is a doubt', () => {
    expect(warned(aReport({ transfers: [aTransfer(), aTransfer()] }))).toContain('TRANSFER_REPEATED at transfers.1');
  });

  it('a way of leading that is unusual for the crime type is a doubt', () => {
    expect(warned(aReport({ chainCodes: ['L1.05'] }))).toContain('LEAD_UNUSUAL_FOR_CRIME_TYPE at chainCodes.0');
  });

  it('a report without transfers is refused', () => {
    expect(refused(aReport({ transfers: [] }))).toEqual(['TRANSFER_NEEDED at transfers']);
  });

  it('a report without any phone is refused', () => {
    expect(refused(aReport({ reporter: asTyped(people.victim, { phone: null, contact: null }) }))).toEqual(['CONTACT_NEEDED at reporter.phone']);
  });

  it('codes that are not listed are refused, each where it stands', () => {
    expect(refused(aReport({ channel: 'LETTER', vector: '', crimeType: 'T77', chainCodes: ['L1.01', 'L9'] }))).toEqual([
      'VALUE_NOT_LISTED at channel', 'VALUE_MISSING at vector', 'VALUE_NOT_LISTED at crimeType', 'VALUE_NOT_LISTED at chainCodes.1',
    ]);
  });

  it('everything that is wrong comes back at once', () => {
    const input = aReport({ reporter: asTyped(people.victim, { name: '张*' }), crimeType: 'T77', transfers: [aTransfer(people.holder, { amount: '3万', transferredAt: '昨天', ...payee({ identifier: '1' }) })], leads: [{ kind: 'DOMAIN', value: 'not a domain' }] });

    expect(refused(input).toSorted()).toEqual([
      'ACCOUNT_WRONG_LENGTH at transfers.0.payee.identifier', 'AMOUNT_WITH_UNIT at transfers.0.amount', 'LEAD_DOMAIN_FORM at leads.0.value', 'NAME_MASKED at reporter.name',
      'TIME_NOT_READ at transfers.0.transferredAt', 'VALUE_NOT_LISTED at crimeType',
    ]);
  });
});

describe('the phone lane', () => {
  it('takes a report without a form by incident, recording and the id read out', () => {
    expect(accepted(aPhoneReport()).form).toBeNull();
  });

  it('says what stands in for the form, all of it', () => {
    expect(refused(aPhoneReport({ incidentNumber: null, recordingNumber: ' ', idReadOut: false }))).toEqual([
      'PHONE_LANE_INCIDENT_NUMBER at incidentNumber', 'PHONE_LANE_RECORDING at recordingNumber', 'PHONE_LANE_ID_READ_OUT at idReadOut',
    ]);
  });

  it('is closed where the unit wants the form first', () => {
    expect(refused(aPhoneReport(), readSettings({ fraudCase: { formRequiredFirst: true } }).fraudCase)).toEqual(['FORM_REQUIRED_FIRST at applicationForm']);
  });

  it('warns that nothing goes to a phone that is controlled, forwarded or shared', () => {
    for (const flag of ['phoneControlled', 'callsForwarded', 'screenShared']) expect(warned(aPhoneReport({ [flag]: true }))).toContain('PHONE_NOT_SAFE at reporter.phone');
  });
});

describe('the leads of a report', () => {
  it.each([
    ['DOMAIN', 'WWW.Example.com.', 'www.example.com'],
    ['DOMAIN', '例子.测试', 'xn--fsqu00a.xn--0zwm56d'],
    ['URL', 'example.com/a?b=1', 'http://example.com/a?b=1'],
    ['PHONE', '+86 199 0000 7777', '+8619900007777'],
    ['APP', ' 虚构理财 ', '虚构理财'],
  ])('a %s typed as %s is kept as %s', (kind, value, kept) => {
    expect(accepted(aReport({ leads: [{ kind, value }] })).leads[0]?.value).toBe(kept);
  });

  it.each([['DOMAIN', 'http://example.com/a', 'LEAD_DOMAIN_FORM'], ['URL', 'javascript:alert(1)', 'LEAD_URL_FORM'], ['PHONE', '1990000', 'PHONE_WRONG_LENGTH'], ['CAR', 'A1', 'VALUE_NOT_LISTED']])('a %s typed as %s is refused', (kind, value, code) => {
    expect(refused(aReport({ leads: [{ kind, value }] }))[0]).toMatch(new RegExp(`^${code} at leads\\.0\\.`));
  });
});
