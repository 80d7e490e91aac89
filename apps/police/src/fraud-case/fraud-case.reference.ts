import type { Reference } from '@lianfang/subgraph';
import { loadFraudCases } from './fraud-case.loader';

/** Finds the case behind a federation key, in the caller's name. */
export const fraudCaseReference: Reference = ({ id }, context) => context.loader(loadFraudCases).load(id);
