import { z } from 'zod';
import { refused, take } from '../action';
import { findOrder, loadInbox } from '../desks/bank-desk';
import { caseActions, findCase, moveCase, type CaseSeen } from '../desks/case-desk';
import { findRequest, stopActions, type RequestSeen } from '../desks/stop-desk';
import { rowsOf } from '../desks/wire';
import { personInput, transferInput } from '../reports';
import type { Session } from '../session';
import { holds } from '../step';
import { holdsStopped, requestIn } from './answers';
import { cny } from './opening';
import type { FirstStops } from './ordering';
import type { Scene } from './scene';

const UNITS = { chaoyang: { name: '朝阳演示分局', dutyPhone: '000-0001' }, huqiu: { name: '虎丘演示分局', dutyPhone: '000-0004' } } as const;

/** Another region: a second stop on the same account, and otherwise nothing to be seen. */
export async function neighbours(scene: Scene, opened: CaseSeen, stops: FirstStops): Promise<RequestSeen> {
  const stacked = await secondVictim(scene, stops);
  await isolation(scene, opened, stops);
  return stacked;
}

function secondVictim(scene: Scene, stops: FirstStops): Promise<RequestSeen> {
  const { story, as, cast } = scene;
  return story.step('A second victim in another region paid into the same account: a stop of its own, and the units learn of each other', async () => {
    const reported = await take(as('intake.huqiu'), caseActions.report, {
      reportChannel: 'POLICE_STATION',
      applicationForm: { signedAt: new Date().toISOString() },
      liabilityDeclared: true,
      reporter: personInput(cast.otherVictim),
      channel: 'NETWORK', vector: 'FAKE_WEBSITE', crimeType: 'T07', chainCodes: ['L1.04'],
      narrative: '刷单返利，多次垫付后无法提现。',
      transfers: [transferInput(cast.otherPayment, cast.otherVictim.account)],
    });
    const accepted = await moveCase(as('officer.huqiu'), caseActions.accept, reported, { receipt: 'HANDED_OVER' });
    const batch = await take(as('officer.huqiu'), stopActions.propose, { caseId: accepted.id, reason: '被害人转出的资金，请紧急止付。', items: [{ transferId: accepted.transfers[0]?.id }] });
    const input = { batchId: batch.id, version: batch.version };
    const tooLow = await refused(as('leader.huqiu'), stopActions.approve, { ...input, reason: '另一被害人' });
    const unreasoned = await refused(as('leader.suzhou'), stopActions.approve, input);
    holds(tooLow.includes('LEVEL_TOO_LOW') && unreasoned.includes('OTHER_UNIT_NEEDS_REASON'), `another unit's account needs city level and a reason, found ${tooLow.join()} and ${unreasoned.join()}`);
    await take(as('leader.suzhou'), stopActions.approve, { ...input, reason: '另一被害人向同一账户转账，需独立止付。' });

    const stacked = await requestIn(scene, 'STOPPED', batch.requests[0]?.id ?? '', 'officer.huqiu');
    holdsStopped(stacked, { balance: cast.payments.shared.fen + cast.otherPayment.fen });
    const first = await requestIn(scene, 'STOPPED', stops.shared.id);
    holds(stacked.startedAt !== null && first.startedAt !== null && stacked.startedAt > first.startedAt, 'the second stop has its own start');
    const warning = stacked.warnings.find(({ code }) => code === 'OTHER_UNIT_ON_ACCOUNT')?.sentence ?? '';
    const notice = await toldOfOther(as('officer.chaoyang'), stops.shared.id);
    namesOnly(warning, UNITS.chaoyang, hidden(scene));
    namesOnly(notice, UNITS.huqiu, hidden(scene));
    return {
      told: [`county leader: ${tooLow.join()}; city leader without a reason: ${unreasoned.join()}; with one: STOPPED, ${cny(stacked.held ?? 0)}, own start and end`, `Huqiu is told: ${warning}`, `Chaoyang is told: ${notice}`],
      found: stacked,
    };
  });
}

/** What the other side must not learn: names, numbers and case of this one. */
const hidden = ({ cast }: Scene): readonly string[] => [cast.mother.name, cast.otherVictim.name, cast.payments.shared.to.number, cast.payments.shared.to.holderName];

/** The sentence names unit and duty phone, nothing else. */
function namesOnly(sentence: string, { name, dutyPhone }: { readonly name: string; readonly dutyPhone: string }, secrets: readonly string[]): void {
  holds(sentence.includes(name) && sentence.includes(dutyPhone), `unit and duty phone are told (${name}, ${dutyPhone}), found: ${sentence}`);
  holds(secrets.every((value) => !sentence.includes(value)) && !/A\d{20}/.test(sentence), `nothing else is told, found: ${sentence}`);
}

async function toldOfOther(session: Session, requestId: string): Promise<string> {
  const { notices } = await session.read('query Notices($requestId: ID!) { notices(filter: { kinds: [OTHER_UNIT], requestId: $requestId }) { edges { node { lines { sentence(language: EN) } } } } }', { requestId });
  const shape = z.object({ lines: z.array(z.object({ sentence: z.string() })) });
  return rowsOf(shape, notices).flatMap(({ lines }) => lines.map(({ sentence }) => sentence)).join(' ');
}

function isolation({ story, system, as }: Scene, { id, caseNumber }: CaseSeen, stops: FirstStops): Promise<void> {
  return story.step('Another region and another institution see nothing, neither by queries nor by the federation’s own door', async () => {
    const stranger = as('officer.huqiu');
    holds((await findCase(stranger, id)) === null && (await findRequest(stranger, stops.fast.id)) === null, 'case and request are null for another region');
    const search = await stranger.read('query Search($number: String!) { searchFraudCases(by: { caseNumber: $number }) { edges { cursor } } }', { number: caseNumber });
    holds(JSON.stringify(search) === '{"searchFraudCases":{"edges":[]}}', `a search finds nothing, found ${JSON.stringify(search)}`);
    const police = `http://127.0.0.1:${system.ports.police}`;
    const banks = `http://127.0.0.1:${system.ports.banks}`;
    const found = [
      await entity(police, stranger, { __typename: 'FraudCase', id }),
      await entity(police, stranger, { __typename: 'StopPaymentRequest', id: stops.fast.id }),
      await entity(banks, stranger, { __typename: 'StopPaymentOrder', id: stops.fast.id }),
      await entity(banks, as('liaison.b003'), { __typename: 'StopPaymentOrder', id: stops.fast.id }),
    ];
    holds(found.every((one) => one === null), `every entity is null, found ${JSON.stringify(found)}`);
    const own = await entity(banks, as('liaison.b001'), { __typename: 'StopPaymentOrder', id: stops.fast.id });
    holds(own !== null, 'the same door gives the institution its own order');
    holds((await findOrder(as('liaison.b003'), stops.fast.id)) === null, "an order of B001 is null for B003's liaison");
    holds((await loadInbox(as('liaison.b003'))).every(({ institution }) => institution === 'B003'), "B003's inbox has only its own");
    const { errors } = await as('coordinator.demo').ask('{ fraudCases { edges { cursor } } }');
    holds(errors?.[0]?.extensions?.code === 'FORBIDDEN', `the joint office reads no cases, found ${JSON.stringify(errors)}`);
    return { told: ['officer of another region: case, request and search empty; liaison of another bank: order and inbox empty', `_entities asked directly: ${found.length} of ${found.length} null, the institution's own is there; joint office: FORBIDDEN`], found: undefined };
  });
}

/** Asks a subgraph directly for one entity, as the gateway does; past the gateway nobody sees more. */
async function entity(url: string, session: Session, representation: { readonly __typename: string; readonly id: string }): Promise<unknown> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${await session.token()}` },
    body: JSON.stringify({ query: 'query Entity($representations: [_Any!]!) { _entities(representations: $representations) { __typename } }', variables: { representations: [representation] } }),
  });
  const { data } = z.object({ data: z.object({ _entities: z.array(z.unknown()) }).nullish() }).parse(await response.json());
  return data?._entities[0] ?? null;
}
