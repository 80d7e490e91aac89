import type { Agency, DataOf, MessageContract } from '@lianfang/vocabulary';
import type { EntityManager } from 'typeorm';

/** A partner's verified message as a handler sees it. */
export interface IncomingMessage<Data = unknown> {
  readonly id: string;
  readonly type: string;
  /** The id of the order. */
  readonly subject: string;
  /** Checked against the contract of the type. */
  readonly data: Data;
  readonly from: Agency;
  /** The institution whose own key signed; null when it was the agency's. */
  readonly institution: string | null;
  /** When our inbox stored it. */
  readonly receivedAt: Date;
  /** When the sender posted it, by its clock. */
  readonly time: Date;
}

/** Carries out one message, under a savepoint and idempotently. What throws, or returns a `Refused`, is undone, tried again and parked at last. */
export type Handler = (manager: EntityManager, message: IncomingMessage) => Promise<unknown>;

/** An agency's handlers, by message type. */
export type Handlers = Readonly<Record<string, Handler>>;

/** One entry of `Handlers`, typed by its contract: the inbox has checked the data against it before the handler is called. */
export function handling<Contract extends MessageContract>(
  contract: Contract,
  handle: (manager: EntityManager, message: IncomingMessage<DataOf<Contract>>) => Promise<unknown>,
): Handlers {
  return { [contract.type]: (manager, message) => handle(manager, message as IncomingMessage<DataOf<Contract>>) };
}
