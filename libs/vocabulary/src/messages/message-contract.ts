import type { z } from 'zod';
import type { Agency } from '../roles';

/** What may travel between two agencies under one type: who may send it to whom, and the whitelist of its fields. */
export interface MessageContract {
  /** `<thing>.<what happened>.v<version>`, as in `stop-payment.ordered.v1`. */
  readonly type: string;
  readonly from: Agency;
  readonly to: Agency;
  /** Urgent messages leave and are handled first; order within one subject is kept. */
  readonly urgent: boolean;
  /** A strict object: a field that is not listed here cannot travel. */
  readonly data: z.ZodType;
}

/** The payload of a contract. */
export type DataOf<Contract extends MessageContract> = z.infer<Contract['data']>;
