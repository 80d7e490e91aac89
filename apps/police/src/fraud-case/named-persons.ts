import { sameName } from '@lianfang/vocabulary';
import type { PersonPart } from './case-codes';
import type { CasePersonInput } from './case-person.input';
import { readPerson, type ReadPerson } from './read-person';
import type { ReportFraudInput } from './report-fraud.input';

/** A person of the case with the parts it has. */
export interface NamedPerson {
  readonly parts: readonly PersonPart[];
  readonly person: ReadPerson;
}

/**
 * Reads the three persons of a report and makes one of those who are the same: who is left out is the one before
 * (reporter → deceived person → holder of the paying account), and one id number is one person.
 */
export function readPersons(input: ReportFraudInput, reading: Parameters<typeof readPerson>[2]): NamedPerson[] {
  const read = (given: CasePersonInput | null | undefined, path: string) => (given ? { given: true, person: readPerson(given, path, reading) } : { given: false, person: undefined });
  const reporter = read(input.reporter, 'reporter');
  const deceived = read(input.deceived, 'deceived');
  const payer = read(input.payer, 'payer');

  let named: NamedPerson[] = [];
  if (reporter.person) named = withPart(named, 'REPORTER', reporter.person);
  const deceivedPerson = deceived.given ? deceived.person : reporter.person;
  if (deceivedPerson) named = withPart(named, 'DECEIVED', deceivedPerson);
  const payerPerson = payer.given ? payer.person : deceivedPerson;
  if (payerPerson) named = withPart(named, 'PAYER', payerPerson);
  return named;
}

function withPart(named: readonly NamedPerson[], part: PersonPart, person: ReadPerson): NamedPerson[] {
  const known = named.find((other) => isSame(other.person, person));
  if (!known) return [...named, { parts: [part], person }];
  return named.map((other) => (other === known ? { parts: [...other.parts, part], person: completed(other.person, person) } : other));
}

const isSame = (one: ReadPerson, other: ReadPerson): boolean =>
  one === other || (one.document !== null && one.document.number === other.document?.number && sameName(one.name, other.name));

/** What was said of a person the first time counts; what it left open is filled from the second. */
const completed = (first: ReadPerson, second: ReadPerson): ReadPerson => ({
  ...first,
  phone: first.phone ?? second.phone,
  occupation: first.occupation ?? second.occupation,
  homeRegion: first.homeRegion ?? second.homeRegion,
  isDeceased: first.isDeceased || second.isDeceased,
  contact: first.contact ?? second.contact,
});

/** The person who has a part. */
export const personWith = (named: readonly NamedPerson[], part: PersonPart): ReadPerson | undefined => named.find(({ parts }) => parts.includes(part))?.person;
