import { HOUR } from '@lianfang/vocabulary';
import { z } from 'zod';

/** What a deployment decides about appeals. */
export const appealSettings = z.strictObject({
  /** Milliseconds after receipt until an appeal against a 48-hour stop is decided; ten working days would outlast the stop. @law DL-26 */
  decideWithin: z.int().min(1_000).default(24 * HOUR),
});
