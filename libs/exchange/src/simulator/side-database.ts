import type { Agency } from '@lianfang/vocabulary';
import type { ParkingReason } from '../inbox/admission';
import type { InboxEntry } from '../inbox/next-to-handle';
import type { Dispatch } from '../outbox/dispatch';
import type { Receipt } from '../receipt/receipt';
import type { Kind } from './plan';

/** A message as its sender wrote it. */
export interface Message {
  readonly id: string;
  readonly kind: Kind;
  /** The order. */
  readonly subject: string;
  readonly content: string;
  readonly isUrgent: boolean;
  /** Of an order: until when it may be begun, by the asker's clock. */
  readonly validUntil: number;
}

export interface OutboxRow {
  readonly message: Message;
  batch: OutboxBatch | null;
  isNoted: boolean;
}

/** A batch that was claimed; `batchHash` stands for its signed bytes. */
export interface OutboxBatch {
  readonly from: Agency;
  readonly to: Agency;
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly prevHash: string;
  readonly headHash: string;
  readonly batchHash: string;
  readonly messages: readonly Message[];
  readonly messageHashes: readonly string[];
  dispatch: Dispatch;
}

/** A receipt with who signed it; the serial stands for its bytes. */
export interface SignedReceipt {
  readonly serial: number;
  readonly signedBy: Agency;
  readonly batchHash: string;
  readonly content: Receipt;
}

export interface InboxRow extends InboxEntry {
  readonly message: Message;
  readonly repeatsId: boolean;
  urgent: boolean;
  isHandled: boolean;
  isParked: boolean;
  retryAt: number;
  attempts: number;
  parking: ParkingReason | null;
}

export type JobState = 'RECEIVED' | 'EXECUTING' | 'STOPPED' | 'WITHDRAWING' | 'LAPSING' | 'RELEASING' | 'RELEASED' | 'NOT_EXECUTED';

/** The bank's record of an order; one for each time that an order was handled, so that a second handling would show at the core. */
export interface Job {
  readonly id: string;
  readonly order: Message;
  state: JobState;
  begunAt: number;
  isReleaseOrdered: boolean;
  dueAt: number;
}

/** The police's record of a request. */
export interface Request {
  readonly id: string;
  /** Whether the receipt of the order was noted. */
  isNoted: boolean;
  state: 'ORDERED' | 'STOPPED' | 'RELEASE_ORDERED' | 'RELEASED' | 'NOT_EXECUTED';
  /** How many times a stop, a refusal and a release were taken in. */
  stops: number;
  refusals: number;
  releases: number;
}

/** What survives the death of an agency's processes: what was committed. */
export class SideDatabase {
  outSeq = 0;
  inSeq = 0;
  outbox: OutboxRow[] = [];
  batches: OutboxBatch[] = [];
  inbox: InboxRow[] = [];
  given = new Map<number, SignedReceipt>();
  received = new Map<string, SignedReceipt>();
  jobs: Job[] = [];
  requests: Request[] = [];

  constructor(
    public outHead: string,
    public inHead: string,
  ) {}

  /** A copy, as a backup is one. */
  copy(): SideDatabase {
    const copy = new SideDatabase(this.outHead, this.inHead);
    const batches = new Map(this.batches.map((batch) => [batch, { ...batch }]));
    Object.assign(copy, { outSeq: this.outSeq, inSeq: this.inSeq, given: new Map(this.given), received: new Map(this.received) });
    copy.batches = [...batches.values()];
    copy.outbox = this.outbox.map((row) => ({ ...row, batch: row.batch && (batches.get(row.batch) ?? null) }));
    copy.inbox = this.inbox.map((row) => ({ ...row }));
    copy.jobs = this.jobs.map((job) => ({ ...job }));
    copy.requests = this.requests.map((request) => ({ ...request }));
    return copy;
  }
}
