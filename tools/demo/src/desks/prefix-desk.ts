import { z } from 'zod';
import type { Action } from '../action';

const imported = z.object({ dryRun: z.boolean(), added: z.int(), changed: z.int(), unchanged: z.int() });

/** Imports the table of institutions' prefixes. */
export const prefixImport: Action<typeof imported> = {
  mutation: 'importInstitutionPrefixes',
  inputType: 'ImportInstitutionPrefixesInput',
  type: 'InstitutionPrefixImport',
  fields: 'dryRun added changed unchanged',
  shape: imported,
};
