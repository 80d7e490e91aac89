import { Refused, hasUnwritable, isRefused, type Caller } from '@lianfang/vocabulary';
import { Column, Entity, PrimaryColumn, type EntityManager } from 'typeorm';
import { canonical } from './canonical';
import { InstantColumn } from './columns';
import { keyringOf } from './keyring-of';

/** A submission that was carried out once; a repeat of it gets the same thing back. */
@Entity()
export class IdempotencyKey {
  @PrimaryColumn({ type: 'text' })
  callerId: string;

  @PrimaryColumn({ type: 'text' })
  key: string;

  @Column({ type: 'text' })
  action: string;

  @Column({ type: 'bytea' })
  contentHash: Buffer;

  @Column({ type: 'uuid' })
  thingId: string;

  @InstantColumn()
  createdAt: Date;
}

/** What identifies one submission. `content` is the input as typed; only a keyed hash of it is kept: it may hold personal data, and a plain hash can be guessed. */
export interface Submission {
  readonly caller: Caller;
  readonly key: string;
  readonly action: string;
  readonly content: unknown;
}

/** Longest idempotency key, in characters. */
const LONGEST_KEY = 128;

/**
 * Carries `work` out at most once per caller and key, inside the transaction of `manager`. `work` returns the id of the thing it made or moved.
 * A repeat with the same content returns that id; other content under the same key is refused; two at the same moment wait for each other.
 */
export async function once(manager: EntityManager, submission: Submission, work: () => Promise<string | Refused>): Promise<{ id: string; repeated: boolean } | Refused> {
  const { caller, key, action } = submission;
  const path = 'idempotencyKey';
  if (key.trim() === '') return Refused.because('VALUE_MISSING', { path });
  if (hasUnwritable(key)) return Refused.because('VALUE_UNWRITABLE', { path });
  if (key.length > LONGEST_KEY) return Refused.because('VALUE_TOO_LONG', { path, parameters: { longest: String(LONGEST_KEY) } });
  const contentHash = keyringOf(manager).index('idempotency', canonical({ action, content: submission.content }));
  await manager.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`${caller.id}\n${key}`]);
  const earlier = await manager.findOneBy(IdempotencyKey, { callerId: caller.id, key });
  if (earlier) {
    return earlier.contentHash.equals(contentHash) ? { id: earlier.thingId, repeated: true } : Refused.because('KEY_USED_FOR_OTHER_CONTENT', { path });
  }
  const outcome = await work();
  if (isRefused(outcome)) return outcome;
  await manager.query(
    'insert into idempotency_key (caller_id, key, action, content_hash, thing_id) values ($1, $2, $3, $4, $5)',
    [caller.id, key, action, contentHash, outcome],
  );
  return { id: outcome, repeated: false };
}
