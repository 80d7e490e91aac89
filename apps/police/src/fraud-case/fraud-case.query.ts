import { recordAudit } from '@lianfang/access';
import type { Keyring } from '@lianfang/database';
import { badUserInput, type Page } from '@lianfang/subgraph';
import { isBlank, isRefusal, normaliseGrouped, parseAccountNumber, parsePhoneNumber, sentence, type Caller, type Refusal } from '@lianfang/vocabulary';
import { In, type EntityManager } from 'typeorm';
import { z } from 'zod';
import { indexPurposes } from './case-rows';
import { FraudCase } from './fraud-case.entity';
import type { FraudCaseFilter, FraudCaseSearch } from './fraud-case.input';

/** Where a page of cases stands: when the case was reported (ISO), and its id. */
export const casePlace = z.tuple([z.iso.datetime({ precision: 3 }), z.uuid()]);

/** A page of cases to read. */
export type CasePage = Page<z.output<typeof casePlace>>;

/** Reads one page of the cases that a caller sees, newest first; one row more than asked tells whether others follow. */
export async function listCases(manager: EntityManager, filter: FraudCaseFilter, { caller, page }: { caller: Caller; page: CasePage }): Promise<FraudCase[]> {
  const rows = await manager.query<{ id: string }[]>(
    `select id from fraud_case
     where ($1::text is null or state = $1)
       and ($2::text is null or unit_code = $2)
       and ($3::text is null or crime_type = $3)
       and ($4::timestamptz is null or reported_at >= $4)
       and ($5::timestamptz is null or reported_at < $5)
       and ($6::text is null or $6 in (reported_by_id, accepted_by_id, decided_by_id))
       and ($7::timestamptz is null or (reported_at, id) < ($7, $8::uuid))
     order by reported_at desc, id desc
     limit $9`,
    [filter.state ?? null, filter.unitCode ?? null, filter.crimeType ?? null, filter.reportedFrom ?? null, filter.reportedUntil ?? null, filter.mine ? caller.id : null, ...bounds(page)],
  );
  return casesInOrder(manager, rows);
}

/** What is compared, by what is searched: blind indexes of every form in which the value may have been stored. */
const searches = {
  caseNumber: 'select id from fraud_case where case_number = any($1::text[])',
  accountNumber: `select case_id from case_transfer where payee_index = any($1::bytea[]) or payer_index = any($1::bytea[])
                  union select case_id from case_lead where value_index = any($1::bytea[])`,
  phone: `select case_id from case_person where phone_index = any($1::bytea[]) or contact_phone_index = any($1::bytea[])
          union select case_id from case_lead where value_index = any($1::bytea[])`,
  idNumber: 'select case_id from case_person where id_index = any($1::bytea[])',
} as const;

type SearchKey = keyof typeof searches;

/** Finds the cases of an exact number. The search is recorded with its kind and how many it found, never with the value. */
export async function searchCases(manager: EntityManager, search: FraudCaseSearch, { caller, page, keyring, at }: { caller: Caller; page: CasePage; keyring: Keyring; at: Date }): Promise<FraudCase[]> {
  const { key, text } = theOneOf(search);
  const [before, beforeId, limit] = bounds(page);
  const rows = await manager.query<{ id: string }[]>(
    `select id from fraud_case
     where id in (${searches[key]})
       and ($2::timestamptz is null or (reported_at, id) < ($2, $3::uuid))
     order by reported_at desc, id desc
     limit $4`,
    [compared(key, text, keyring), before, beforeId, limit],
  );
  await recordAudit(manager, caller, { at, kind: 'SEARCH', thing: 'fraud-case', body: { by: key, found: Math.min(rows.length, page.first) } });
  return casesInOrder(manager, rows);
}

function theOneOf(search: FraudCaseSearch): { key: SearchKey; text: string } {
  const given = (Object.keys(searches) as SearchKey[]).filter((key) => !isBlank(search[key]));
  const [key] = given;
  if (key === undefined || given.length > 1) throw badUserInput('Give exactly one of caseNumber, accountNumber, phone, idNumber.', 'by');
  return { key, text: search[key] ?? '' };
}

function compared(key: SearchKey, text: string, keyring: Keyring): (string | Buffer)[] {
  const typed = normaliseGrouped(text);
  switch (key) {
    case 'caseNumber':
      return [typed.toUpperCase()];
    case 'accountNumber':
      return [...new Set([readable(parseAccountNumber(text, key)).text, typed])].map((form) => keyring.index(indexPurposes.account, form));
    case 'phone':
      return [keyring.index(indexPurposes.phone, readable(parsePhoneNumber(text, key)).number)];
    case 'idNumber':
      return [keyring.index(indexPurposes.idNumber, typed.toUpperCase())];
    default:
      return key satisfies never;
  }
}

/** What was read, or an error with the sentence that says what is wrong with it. */
function readable<T extends object>(read: T | Refusal): T {
  if (isRefusal(read)) throw badUserInput(sentence(read, 'en'), `by.${read.path ?? ''}`);
  return read;
}

const bounds = ({ first, after }: CasePage): [string | null, string | null, number] => [after?.[0] ?? null, after?.[1] ?? null, first + 1];

async function casesInOrder(manager: EntityManager, rows: readonly { id: string }[]): Promise<FraudCase[]> {
  const found = new Map((await manager.findBy(FraudCase, { id: In(rows.map(({ id }) => id)) })).map((fraudCase) => [fraudCase.id, fraudCase]));
  return rows.map(({ id }) => found.get(id)).filter((fraudCase) => fraudCase !== undefined);
}

/** The place of a case in the lists. */
export const placeOf = ({ reportedAt, id }: FraudCase): [string, string] => [reportedAt.toISOString(), id];
