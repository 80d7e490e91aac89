import { payeeIdentifier, type Warning } from '@lianfang/vocabulary';
import type { EntityManager } from 'typeorm';
import { findInstitutions } from '../institution-prefix/institution-prefix.query';
import type { ReadTransfer } from './read-transfer';

/** Leaves out the doubt INSTITUTION_UNKNOWN of payees whose number begins with a prefix of the table: nobody has to look for their institution (practice A5). */
export async function withoutKnownInstitutions(manager: EntityManager, warnings: readonly Warning[], transfers: readonly (ReadTransfer | undefined)[]): Promise<Warning[]> {
  const numbers = transfers.map((transfer) => (transfer && payeeIdentifier(transfer.payee)) ?? '');
  const known = await findInstitutions(manager, numbers);
  return warnings.filter(({ code, path }) => {
    const place = /^transfers\.(\d+)\.payee\.institution$/.exec(path ?? '')?.[1];
    return code !== 'INSTITUTION_UNKNOWN' || place === undefined || !known.has(numbers[Number(place)] ?? '');
  });
}
