import type { FailpointSettings } from '@lianfang/database';
import { z } from 'zod';

/** The two designs that are known to be too simple. */
export const naiveDesigns = ['dual write', 'outbox without inbox'] as const;

/** One of them. */
export type NaiveDesign = (typeof naiveDesigns)[number];

const naive = z.object({
  DESIGN: z.enum(naiveDesigns),
  PORT: z.coerce.number().int(),
  /** File of the process's own store. */
  STORE: z.string(),
  /** Where the bank listens; for the police. */
  BANK_URL: z.string().default(''),
  CORE_URL: z.string().default(''),
  CORE_TOKEN: z.string().default(''),
});

/** What a process of a naive design needs. Throws when something is missing. */
export const readNaiveConfig = (environment: NodeJS.ProcessEnv = process.env): z.output<typeof naive> & FailpointSettings => ({
  ...naive.parse(environment),
  FAILPOINT_SWITCH: environment['FAILPOINT_SWITCH'],
});
