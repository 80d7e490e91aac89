import { parentPort } from 'node:worker_threads';
import { rightRules } from './exchange-rules';
import { findBroken, type SeedRange } from './find-broken';
import { wrongRules } from './wrong-rules';

/** A range of seeds for one thread; this file is its program. */
export interface RangeRequest extends SeedRange {
  readonly wrongRule: string | undefined;
}

/** The rules of a request. */
export const rulesOf = (wrongRule: string | undefined): typeof rightRules => wrongRules.find(({ name }) => wrongRule !== undefined && name.includes(wrongRule))?.rules ?? rightRules;

parentPort?.on('message', (request: RangeRequest) => parentPort?.postMessage(findBroken(request, rulesOf(request.wrongRule))));
