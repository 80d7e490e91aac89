import { keyringOf, newId } from '@lianfang/database';
import type { Agency, DataOf, MessageContract } from '@lianfang/vocabulary';
import type { EntityManager } from 'typeorm';
import { wakeAfterCommit } from './wake';

/** The largest data of one message, in bytes of JSON. */
export const LARGEST_DATA = 2_000_000;

/** What is posted: data under a contract, about an order. */
export interface Posting<Contract extends MessageContract> {
  readonly contract: Contract;
  /** The receiving agency; the contract names it, this only says it aloud. */
  readonly to?: Agency;
  /** The id of the order. */
  readonly subject: string;
  readonly data: DataOf<Contract>;
  /** The hour of the agency's clock; the machine's by default. */
  readonly at?: Date;
}

/**
 * Puts a message into the outbox, inside the transaction of the action that it tells of: it leaves if and only if that commits.
 * Throws when a field is not on the contract's whitelist. Returns the message's id.
 */
export async function post<Contract extends MessageContract>(manager: EntityManager, posting: Posting<Contract>): Promise<string> {
  const { contract, subject, at = new Date() } = posting;
  if (posting.to !== undefined && posting.to !== contract.to) throw new Error(`post: ${contract.type} goes to ${contract.to}, not to ${posting.to}`);
  const checked = contract.data.safeParse(posting.data);
  if (!checked.success) throw new Error(`post: ${contract.type} does not keep its contract at ${checked.error.issues.map(({ path, code }) => `${path.join('.') || 'top'} (${code})`).join(', ')}`);
  const content = JSON.stringify(checked.data);
  if (Buffer.byteLength(content) > LARGEST_DATA) throw new Error(`post: the data of ${contract.type} exceeds ${LARGEST_DATA} bytes; shorten its lists`);
  const id = newId();
  const sealed = keyringOf(manager).seal(content, { table: 'outbox_message', column: 'content', id });
  await manager.query(insertMessage, [id, contract.to, contract.type, subject, contract.urgent, sealed, at]);
  wakeAfterCommit(manager);
  return id;
}

const insertMessage = `
  insert into outbox_message (id, partner, type, subject, urgent, content, created_at)
  values ($1, $2, $3, $4, $5, $6, $7)`;
