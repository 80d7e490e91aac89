import {
  ageAt, chinaDay, citizenIdWarnings, isBlank, isCalendarDay, normaliseTyped, parseFreeText, parseHolderName, parseIdDocument, parsePersonName,
  parsePhoneNumber, parseRegion, parseSocialCreditCode, refuse, regionWarnings, warn, type IdKind, type PhoneNumber, type Refusal,
} from '@lianfang/vocabulary';
import { ContactRelation } from './case-codes';
import type { CaseContactInput, CasePersonInput } from './case-person.input';
import { readCode, type Findings } from './findings';

/** What an agent 代办人 showed; null where nothing was shown or the contact is no agent. */
export interface AgentDetails {
  readonly document: { readonly kind: IdKind; readonly number: string } | null;
  readonly authorisation: string | null;
}

/** A person as read from a report: every value trusted, nothing sealed yet. */
export interface ReadPerson {
  readonly name: string;
  readonly document: { readonly kind: IdKind | 'SOCIAL_CREDIT_CODE'; readonly number: string } | null;
  readonly phone: PhoneNumber | null;
  readonly sex: 'MALE' | 'FEMALE' | null;
  /** As in `1949-12-31`. */
  readonly birthDate: string | null;
  readonly occupation: string | null;
  readonly homeRegion: string | null;
  readonly isOrganisation: boolean;
  readonly isMinor: boolean;
  readonly isDeceased: boolean;
  readonly contact: { readonly relation: ContactRelation; readonly name: string; readonly phone: PhoneNumber | null; readonly agent: AgentDetails } | null;
}

const SEXES = { MALE: true, FEMALE: true } as const;
const ADULT_AGE = 18;
const LONGEST_AUTHORISATION = 200;

/** Reads a person of a report. Refusals and doubts go to `findings`; nothing comes back when a value was refused. */
export function readPerson(input: CasePersonInput, path: string, { findings, now, elderAge }: { findings: Findings; now: Date; elderAge: number }): ReadPerson | undefined {
  const refusedBefore = findings.refusals.length;
  const code = findings.keepOptional(input.socialCreditCode, (text) => parseSocialCreditCode(text, `${path}.socialCreditCode`));
  const isOrganisation = code !== null;
  const name = findings.keep((isOrganisation ? parseHolderName : parsePersonName)(input.name, `${path}.name`));
  const document = input.idDocument ? findings.keep(parseIdDocument(input.idDocument, `${path}.idDocument`, now)) : null;
  const typedBirth = findings.keepOptional(input.birthDate, (text) => readBirthDate(text, `${path}.birthDate`, now));
  const typedSex = findings.keepOptional(input.sex, (text) => readCode(SEXES, text, `${path}.sex`));
  const phone = findings.keepOptional(input.phone, (text) => parsePhoneNumber(text, `${path}.phone`));
  const homeRegion = findings.keepOptional(input.region, (text) => parseRegion(text, `${path}.region`, 'COUNTY'));
  const occupation = findings.keepOptional(input.occupation, (text) => parseFreeText(text, `${path}.occupation`, 60));
  const contact = input.contact ? readContact(input.contact, `${path}.contact`, { findings, now }) : null;
  if (findings.refusals.length > refusedBefore || name === undefined) return undefined;

  const citizen = document?.citizen ?? null;
  const birthDate = citizen?.birthDate ?? typedBirth ?? null;
  const age = birthDate === null ? null : ageAt(birthDate, now);
  const isDeceased = input.isDeceased ?? false;
  if (citizen) findings.doubt(...citizenIdWarnings(citizen, `${path}.idDocument.number`));
  if (citizen && typedBirth && typedBirth !== citizen.birthDate) findings.doubt(warn('BIRTH_DATE_DIFFERS', `${path}.birthDate`));
  if (homeRegion) findings.doubt(...regionWarnings(homeRegion, `${path}.region`));
  findings.doubt(contactAdvice({ age, isDeceased, elderAge, contact: contact ?? null, path: `${path}.contact` }));
  return {
    name,
    document: code ? { kind: 'SOCIAL_CREDIT_CODE', number: code } : document ? { kind: document.kind, number: document.number } : null,
    phone: phone ?? null,
    sex: citizen?.sex ?? typedSex ?? null,
    birthDate,
    occupation: occupation ?? null,
    homeRegion: homeRegion?.code ?? null,
    isOrganisation,
    isMinor: age !== null && age < ADULT_AGE,
    isDeceased,
    contact: contact ?? null,
  };
}

function readContact(input: CaseContactInput, path: string, { findings, now }: { findings: Findings; now: Date }): ReadPerson['contact'] | undefined {
  const relation = findings.keep(readCode(ContactRelation, input.relation, `${path}.relation`));
  const name = findings.keep(parsePersonName(input.name, `${path}.name`));
  const phone = findings.keepOptional(input.phone, (text) => parsePhoneNumber(text, `${path}.phone`));
  const agent = readAgent(input, { path, relation, findings, now });
  return relation === undefined || name === undefined || phone === undefined || agent === undefined ? undefined : { relation, name, phone, agent };
}

/** An agent's document and authorisation may be given, of nobody else: no more data than the purpose needs. @law PIPL-6 */
function readAgent(input: CaseContactInput, { path, relation, findings, now }: { path: string; relation: ContactRelation | undefined; findings: Findings; now: Date }): AgentDetails | undefined {
  const typed = input.idDocument ? 'idDocument' : isBlank(input.authorisation) ? undefined : 'authorisation';
  if (typed && relation !== undefined && relation !== 'AGENT') {
    findings.refusals.push(refuse('CONTACT_IS_NO_AGENT', { path: `${path}.${typed}`, law: 'PIPL-6' }));
    return undefined;
  }
  const document = input.idDocument ? findings.keep(parseIdDocument(input.idDocument, `${path}.idDocument`, now)) : null;
  const authorisation = findings.keepOptional(input.authorisation, (text) => parseFreeText(text, `${path}.authorisation`, LONGEST_AUTHORISATION));
  if (document?.citizen) findings.doubt(...citizenIdWarnings(document.citizen, `${path}.idDocument.number`));
  return document === undefined || authorisation === undefined ? undefined : { document: document && { kind: document.kind, number: document.number }, authorisation };
}

/** Reads a date of birth: `1949-12-31`, `1949/12/31` or eight digits; it exists and is not after today in China. */
function readBirthDate(text: string, path: string, now: Date): string | Refusal {
  const match = /^(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?$/.exec(normaliseTyped(text));
  const [year, month, day] = [Number(match?.[1]), Number(match?.[2]), Number(match?.[3])] as const;
  if (!match || !isCalendarDay(year, month, day)) return refuse('TIME_IMPOSSIBLE', { path });
  const date = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  return date > chinaDay(now) ? refuse('TIME_IN_FUTURE', { path }) : date;
}

interface Advice {
  readonly age: number | null;
  readonly isDeceased: boolean;
  readonly elderAge: number;
  readonly contact: ReadPerson['contact'];
  readonly path: string;
}

/** Whom to contact instead is asked for, never demanded: a report is not refused for what can follow (程序规定 180). */
function contactAdvice({ age, isDeceased, elderAge, contact, path }: Advice) {
  if (isDeceased) return contact ? undefined : warn('ESTATE_CONTACT_NEEDED', path);
  if (age === null) return undefined;
  if (age < ADULT_AGE) return contact?.relation === 'GUARDIAN' && contact.phone ? undefined : warn('GUARDIAN_NEEDED', path);
  return age >= elderAge && !contact ? warn('ELDER_CONTACT_ADVISED', path, { age: String(elderAge) }) : undefined;
}
