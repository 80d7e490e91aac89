import type { Database, FailpointName } from '@lianfang/database';
import type { Agency, Clock } from '@lianfang/vocabulary';
import type { DecryptionKey } from './batch/wire';
import type { Directory } from './directory/directory';
import type { ExchangeEvent } from './events';
import type { Signer } from './signature';

/** What every part of a running exchange knows. */
export interface Station {
  readonly agency: Agency;
  /** The worker login. */
  readonly database: Database;
  readonly directory: Directory;
  readonly signer: Signer;
  /** Our decryption keys, newest first; an older one stays until its last batch is through. */
  readonly decryptionKeys: readonly DecryptionKey[];
  readonly clock: Clock;
  readonly tell: (event: ExchangeEvent) => void;
  /** Comes by a fail point of the database library's list. */
  readonly reach: (failpoint: FailpointName) => Promise<void>;
}
