import { formatChinaTime } from '@lianfang/vocabulary';
import { refused, take } from '../action';
import { caseActions, moveCase, type CaseSeen } from '../desks/case-desk';
import { personInput, transferInput } from '../reports';
import { holds } from '../step';
import { cny } from './opening';
import type { Scene } from './scene';

/** A name that the victim remembers wrongly. */
export const WRONG_NAME = '丁虚构错名';

/** A report by phone with three persons and six payments, and its acceptance. */
export async function report({ story, cast, as }: Scene): Promise<CaseSeen> {
  const { fast, shared, byHand, nameless, misnamed } = cast.payments;
  const payments = [fast, shared, byHand, { ...nameless, toldName: null }, { ...misnamed, toldName: WRONG_NAME }];
  const cash = { ...transferInput({ ...misnamed, fen: 200_000 }), payee: { kind: 'CASH_OR_GOLD', identifier: '当面交付现金，地铁站口' }, channel: 'CASH' };
  const input = {
    reportChannel: 'HOTLINE_110',
    incidentNumber: 'J2026-000017',
    recordingNumber: 'R-20260501-0042',
    idReadOut: true,
    reporter: personInput(cast.daughter),
    deceived: personInput(cast.mother),
    payer: personInput(cast.father),
    channel: 'PHONE',
    vector: 'FRAUD_APP',
    crimeType: 'T01',
    chainCodes: ['L1.01', 'L3.03'],
    narrative: '冒充公检法，要求把积蓄转入“安全账户”。',
    transfers: [...payments.map((payment) => transferInput(payment, cast.father.account)), cash],
    leads: [{ kind: 'PHONE', value: '19900009999', note: '来电号码' }],
    phoneControlled: true,
  };

  const reported = await story.step('A daughter reports by phone for her mother, who paid from the father’s account', async () => {
    const without = await refused(as('intake.chaoyang'), caseActions.report, { ...input, recordingNumber: null });
    holds(without.includes('PHONE_LANE_RECORDING'), `without a recording number the phone lane is refused, found ${without.join()}`);
    const idempotencyKey = 'story-report';
    const [first, repeat] = [await take(as('intake.chaoyang'), caseActions.report, { ...input, idempotencyKey }), await take(as('intake.chaoyang'), caseActions.report, { ...input, idempotencyKey })];
    holds(first.id === repeat.id, 'the same submission twice is one case');
    const loss = payments.reduce((sum, { fen }) => sum + fen, 200_000);
    holds(first.state === 'REPORTED' && first.loss === loss, `REPORTED with a loss of ${cny(loss)}, found ${first.state} and ${cny(first.loss)}`);
    holds(first.persons.length === 3, `three persons, found ${first.persons.length}`);
    holds(first.formState === 'DUE' && first.formDueAt !== null, `the form is due, found ${first.formState}`);
    return {
      told: [
        `${first.caseNumber} ${first.state}: ${first.transfers.length} payments, ${cny(first.loss)}; the same submission twice is one case`,
        `${first.persons.map(({ parts, name }) => `${parts.join('+')} ${name.masked}`).join(', ')}`,
        `no form yet (incident and recording number stand in, without the second it is refused); to be signed until ${formatChinaTime(first.formDueAt)}`,
      ],
      found: first,
    };
  });

  return story.step('The report is accepted', async () => {
    const stale = await refused(as('officer.chaoyang'), caseActions.accept, { caseId: reported.id, version: reported.version + 1, receipt: 'UNREACHABLE' });
    const accepted = await moveCase(as('officer.chaoyang'), caseActions.accept, reported, { receipt: 'UNREACHABLE' });
    holds(accepted.state === 'ACCEPTED', `ACCEPTED, found ${accepted.state}`);
    return { told: [`${accepted.state}; a version that nobody has seen is refused: ${stale.join()}`], found: accepted };
  });
}
