import { newId, Sealed, type Database } from '@lianfang/database';
import { callers, inventPerson, people, setClock, testDatabase, units, type InventedPerson, type TestDatabase } from '@lianfang/testing';
import { isRefused, type Caller, type Refused } from '@lianfang/vocabulary';
import type { ActionContext, PoliceGround } from '../action-context';
import { entities, migrations } from '../data-source';
import { CasePerson } from '../fraud-case/case-person.entity';
import { CaseTransfer } from '../fraud-case/case-transfer.entity';
import { FraudCase } from '../fraud-case/fraud-case.entity';
import { importInstitutionPrefixes } from '../institution-prefix/import-institution-prefixes.actions';
import { readSettings, type PoliceSettings } from '../settings';

/** Noon in China on an invented working day. */
export const NOON = '2026-05-06T04:00:00.000Z';

/** The invented institutions and units of specs, as a directory knows them. */
const directory: PoliceGround['directory'] = {
  findInstitution: (code) => {
    const kind = code.startsWith('P') ? 'PAYMENT_INSTITUTION' : 'BANK';
    return /^(B00[123]|P001)$/.test(code) ? { code, name: { zh: `虚构机构${code}`, en: `Invented ${code}` }, kind, agency: 'banks', ...(kind === 'BANK' ? {} : { capabilities: { wholeAccount: true, limitedAmount: false, payeeKinds: ['PAYMENT_ACCOUNT', 'MERCHANT'] } }) } : undefined;
  },
  findUnit: (code) => (Object.values<string>(units).includes(code) ? { code, name: `虚构单位${code.slice(0, 6)}`, region: code.slice(0, 6), dutyPhone: `0990-${code.slice(0, 6)}` } : undefined),
};

/** Prefixes of the invented institutions' cards, as somebody would import them. */
export const prefixFile = 'prefix,institution,product\n990001,B001,借记卡\n990002,B002,借记卡\n990003,B003,借记卡\n990099,P001,支付账户\n';

/** A police database with everything a stop needs, and an hour that specs set. */
export interface Scene {
  readonly database: TestDatabase;
  readonly clock: ReturnType<typeof setClock>;
  readonly ground: PoliceGround;
  /** The context of an action by this person. */
  by(caller: Caller): ActionContext;
  /** The same ground with other settings. */
  withSettings(overrides: unknown): Scene;
  close(): Promise<void>;
}

/** Opens a scene; one per spec file. */
export async function openScene(): Promise<Scene> {
  const database = await testDatabase('police', { entities, migrations });
  const scene = sceneOf(database, readSettings({}));
  succeeded(await importInstitutionPrefixes(scene.by(callers.dutyOfficer), { idempotencyKey: newId(), csv: prefixFile, dryRun: false }));
  return scene;
}

function sceneOf(database: TestDatabase, settings: PoliceSettings, clock = setClock(NOON)): Scene {
  const ground: PoliceGround = { keyring: database.keyring, directory, settings };
  return {
    database,
    clock,
    ground,
    by: (caller) => ({ ...ground, database: database.runtime as Database, caller, clock }),
    withSettings: (overrides) => sceneOf(database, readSettings(overrides), clock),
    close: () => database.drop(),
  };
}

/** The thing that an action gave; a refusal fails the spec with its codes. */
export function succeeded<Thing>(outcome: Thing | Refused): Thing {
  if (isRefused(outcome)) throw new Error(`refused: ${outcome.refusals.map(({ code, path }) => `${code} at ${path ?? 'top'}`).join(', ')}`);
  return outcome;
}

/** The codes of a refused outcome, each with its path: `THIRD_STOP at items.0`. */
export function refusalsOf(outcome: unknown): string[] {
  if (!isRefused(outcome)) throw new Error('expected a refusal, but the action was carried out');
  return outcome.refusals.map(({ code, path }) => (path === null ? code : `${code} at ${path}`));
}

let lastCase = 0;

/** What a spec may say about a case; by default accepted by the bureau, with a signed form, ¥60,000 lost. */
export interface CaseWishes {
  readonly over?: Partial<FraudCase>;
  readonly officer?: Caller;
  readonly victim?: InventedPerson;
  /** Each holder received one transfer of ¥30,000 from the victim. */
  readonly holders?: readonly InventedPerson[];
  readonly transfer?: Partial<CaseTransfer>;
}

/** A case as it stands after acceptance. */
export interface PlacedCase {
  readonly id: string;
  readonly caseNumber: string;
  readonly transferIds: readonly string[];
}

/** Places a case with its payer and transfers in the database. */
export async function placeCase(scene: Scene, { over = {}, officer = callers.officer, victim = people.victim, holders = [people.holder], transfer = {} }: CaseWishes = {}): Promise<PlacedCase> {
  const now = scene.clock.now();
  const unitCode = officer.unit ?? '';
  const regionCode = officer.region ?? '';
  lastCase += 1;
  const fraudCase = Object.assign(new FraudCase(), {
    ...emptyCase, id: newId(), caseNumber: `A${unitCode}202605${String(lastCase).padStart(6, '0')}`, unitCode, regionCode, createdAt: now,
    reportedAt: now, acceptedAt: now, acceptedById: officer.id, reportedById: officer.id, formSignedAt: now, narrativeSealed: Sealed.of('虚构案情'), ...over,
  });
  const { keyring } = scene.ground;
  const payer = Object.assign(new CasePerson(), {
    ...emptyPerson, id: newId(), caseId: fraudCase.id, parts: ['REPORTER', 'DECEIVED', 'PAYER'], nameSealed: Sealed.of(victim.name), unitCode, regionCode, createdAt: now,
  });
  const transfers = holders.map((holder, index) =>
    Object.assign(new CaseTransfer(), {
      id: newId(), caseId: fraudCase.id, position: index + 1, correctsId: null, payerPersonId: payer.id,
      payerNumberSealed: Sealed.of(victim.account), payerIndex: keyring.index('account-number', victim.account), payerLastFour: victim.account.slice(-4), payerInstitution: victim.institution,
      payeeKind: 'BANK_CARD', payeeNumberSealed: Sealed.of(holder.account), payeeIndex: keyring.index('account-number', holder.account), payeeLastFour: holder.account.slice(-4),
      payeeAccountClass: null, payeeChain: null, payeeTransaction: null, payeeHolderNameSealed: Sealed.of(holder.name), payeeInstitution: null,
      amountFen: 3_000_000n, currency: 'CNY', transferredAt: new Date(now.getTime() - 600_000), channel: 'MOBILE_BANKING', voucherHash: null, fundDestination: 'BANK_CARD',
      accountLevel: 1, isLoss: true, unitCode, regionCode, createdAt: now, ...transfer,
    }),
  );
  await scene.database.runtime.asCaller(officer, async (manager) => {
    await manager.insert(FraudCase, fraudCase);
    await manager.insert(CasePerson, payer);
    for (const row of transfers) await manager.insert(CaseTransfer, row);
  });
  return { id: fraudCase.id, caseNumber: fraudCase.caseNumber, transferIds: transfers.map(({ id }) => id) };
}

const emptyCase = {
  state: 'ACCEPTED', version: 2, reportChannel: 'POLICE_STATION', incidentNumber: null, recordingNumber: null, idReadOut: false, incidentAt: null, receipt: 'HANDED_OVER',
  entryDueAt: null, decidedAt: null, caseOpenedAt: null, openingDocumentNumber: null, notOpeningDocumentNumber: null, mergedIntoId: null, firstContactAt: null,
  channel: 'NETWORK', vector: 'FRAUD_APP', platform: null, messenger: null, crimeType: 'T01', secondaryCrimeTypes: [], chainCodes: [], contactMode: null,
  personalInformationSource: 'UNKNOWN', lossFen: 6_000_000n, attemptedFen: 0n, currency: 'CNY', phoneControlled: false, callsForwarded: false, screenShared: false,
  concernsMinor: false, formState: 'SIGNED', formDueAt: null, formHash: null, noticeVersion: '2026-01', liabilityDeclared: true, storedWarnings: [], decidedById: null,
} as const;

const emptyPerson = {
  idKind: null, idNumberSealed: null, idIndex: null, phoneSealed: null, phoneIndex: null, sex: null, birthDateSealed: null, birthYear: null, occupation: null, homeRegion: null,
  isOrganisation: false, isMinor: false, isDeceased: false, contactRelation: null, contactNameSealed: null, contactPhoneSealed: null, contactPhoneIndex: null,
  contactIdKind: null, contactIdNumberSealed: null, contactAuthorisationSealed: null,
} as const;

let lastHolder = 1_000;

/** An invented holder whose account no other spec of this file uses. */
export const newHolder = (institution: 'B001' | 'B002' | 'B003' | 'P001' = 'B001'): InventedPerson => inventPerson((lastHolder += 1), institution);
