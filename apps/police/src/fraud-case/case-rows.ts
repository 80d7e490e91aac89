import { newId, Sealed, type Keyring } from '@lianfang/database';
import { fundDestinationOf, lastFour, maskPayee, payeeIdentifier, type Payee } from '@lianfang/vocabulary';
import type { LeadKind } from './case-codes';
import type { CaseLead } from './case-lead.entity';
import type { CasePerson } from './case-person.entity';
import type { CaseTransfer } from './case-transfer.entity';
import type { FraudCase } from './fraud-case.entity';
import type { NamedPerson } from './named-persons';
import type { ReadLead } from './read-lead';
import type { ReadTransfer } from './read-transfer';

/** The case that rows belong to, the keys that seal them, and now. */
export interface RowGround {
  readonly of: Pick<FraudCase, 'id' | 'unitCode' | 'regionCode'>;
  readonly keyring: Keyring;
  readonly now: Date;
}

/** The purposes of the police's blind indexes: one per kind of value, the same wherever it stands. */
export const indexPurposes = { account: 'account-number', phone: 'phone', idNumber: 'id-number', lead: 'lead' } as const;

const belonging = ({ of, now }: RowGround) => ({ caseId: of.id, unitCode: of.unitCode, regionCode: of.regionCode, createdAt: now });

/** The row of a person. */
export function personRow({ parts, person }: NamedPerson, ground: RowGround): CasePerson {
  const { keyring } = ground;
  const { name, document, phone, birthDate, contact } = person;
  return {
    id: newId(),
    ...belonging(ground),
    parts: [...parts],
    nameSealed: Sealed.of(name),
    idKind: document?.kind ?? null,
    idNumberSealed: document ? Sealed.of(document.number) : null,
    idIndex: document ? keyring.index(indexPurposes.idNumber, document.number) : null,
    phoneSealed: phone ? Sealed.of(phone.number) : null,
    phoneIndex: phone ? keyring.index(indexPurposes.phone, phone.number) : null,
    sex: person.sex,
    birthDateSealed: birthDate === null ? null : Sealed.of(birthDate),
    birthYear: birthDate === null ? null : Number(birthDate.slice(0, 4)),
    occupation: person.occupation,
    homeRegion: person.homeRegion,
    isOrganisation: person.isOrganisation,
    isMinor: person.isMinor,
    isDeceased: person.isDeceased,
    contactRelation: contact?.relation ?? null,
    contactNameSealed: contact ? Sealed.of(contact.name) : null,
    contactPhoneSealed: contact?.phone ? Sealed.of(contact.phone.number) : null,
    contactIdKind: contact?.agent.document?.kind ?? null,
    contactIdNumberSealed: contact?.agent.document ? Sealed.of(contact.agent.document.number) : null,
    contactAuthorisationSealed: contact?.agent.authorisation ? Sealed.of(contact.agent.authorisation) : null,
    contactPhoneIndex: contact?.phone ? keyring.index(indexPurposes.phone, contact.phone.number) : null,
  };
}

/** The row of a transfer. */
export function transferRow(transfer: ReadTransfer, place: { position: number; payerPersonId: string | null }, ground: RowGround): CaseTransfer {
  const { keyring } = ground;
  const { payee, payerNumber } = transfer;
  return {
    id: newId(),
    ...belonging(ground),
    ...place,
    correctsId: transfer.correctsId,
    payerNumberSealed: payerNumber === null ? null : Sealed.of(payerNumber),
    payerIndex: payerNumber === null ? null : keyring.index(indexPurposes.account, payerNumber),
    payerLastFour: transfer.payerLastFour,
    payerInstitution: transfer.payerInstitution,
    ...payeeColumns(payee, keyring),
    amountFen: transfer.amount.fen,
    currency: transfer.amount.currency,
    transferredAt: transfer.transferredAt,
    channel: transfer.channel,
    voucherHash: transfer.voucherHash,
    fundDestination: fundDestinationOf(payee.kind),
    accountLevel: transfer.accountLevel,
    isLoss: transfer.isLoss,
  };
}

function payeeColumns(payee: Payee, keyring: Keyring) {
  const identifier = payeeIdentifier(payee);
  return {
    payeeKind: payee.kind,
    payeeNumberSealed: Sealed.of(identifier ?? maskPayee(payee)),
    payeeIndex: identifier === null ? null : keyring.index(indexPurposes.account, identifier),
    payeeLastFour: 'account' in payee ? lastFour(payee.account) : (identifier?.slice(-4) ?? null),
    payeeAccountClass: 'accountClass' in payee ? payee.accountClass : null,
    payeeChain: 'chain' in payee ? payee.chain : null,
    payeeTransaction: 'transaction' in payee ? payee.transaction : null,
    payeeHolderNameSealed: payee.holderName === null ? null : Sealed.of(payee.holderName),
    payeeInstitution: payee.institution,
  };
}

const leadPurpose = (kind: LeadKind): string => (kind === 'ACCOUNT' ? indexPurposes.account : kind === 'PHONE' ? indexPurposes.phone : indexPurposes.lead);

/** The row of a lead. */
export const leadRow = (lead: ReadLead, ground: RowGround): CaseLead => ({
  id: newId(),
  ...belonging(ground),
  kind: lead.kind,
  valueSealed: Sealed.of(lead.value),
  valueIndex: ground.keyring.index(leadPurpose(lead.kind), lead.value),
  platform: lead.platform,
  noteSealed: lead.note === null ? null : Sealed.of(lead.note),
  correctsId: lead.correctsId,
});
