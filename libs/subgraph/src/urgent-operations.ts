import { Kind, parse, type DefinitionNode } from 'graphql';

/** Urgent requests go first and have places of their own; everything else is ordinary. */
export type Lane = 'urgent' | 'ordinary';

/** The mutations that money waits for, and why. A document of nothing else is urgent, at the gateway and at the subgraph that it reaches. */
export const urgentMutations: Readonly<Record<string, string>> = {
  approveStopPaymentBatch: 'money leaves the account until it is ordered',
  requestSecondStop: 'the first stop ends and the account opens',
  requestProtectiveHold: 'money leaves the account until it is asked for',
  claimStopPaymentOrder: 'a bank can answer only what it has claimed',
  executeStopPayment: 'money leaves the account until it is stopped',
  declineStopPayment: 'the police correct the order and send it again',
  orderStopPaymentRelease: 'somebody cannot use an account that was stopped wrongly',
};

const names = Object.keys(urgentMutations);

/** Documents whose lane is remembered; portals send a handful. */
const MOST_REMEMBERED = 200;

/** Longest document that may be urgent, in characters: ours have a tenth of it. */
const LONGEST = 20_000;

const known = new Map<string, Lane>();

/** The lane of a document. Only one that names an urgent mutation is parsed for it, and once: the others must cost nothing when there are too many. */
export function laneOf(query: unknown): Lane {
  if (typeof query !== 'string' || query.length > LONGEST || !names.some((name) => query.includes(name))) return 'ordinary';
  const remembered = known.get(query);
  if (remembered) return remembered;
  const lane = isUrgent(query) ? 'urgent' : 'ordinary';
  if (known.size >= MOST_REMEMBERED) known.clear();
  known.set(query, lane);
  return lane;
}

function isUrgent(query: string): boolean {
  try {
    const operations = parse(query, { noLocation: true, maxTokens: 4_000 }).definitions.filter((one) => one.kind !== Kind.FRAGMENT_DEFINITION);
    return operations.length > 0 && operations.every(asksNothingElse);
  } catch {
    // What does not parse is explained by Apollo Server, in its turn.
    return false;
  }
}

const asksNothingElse = (one: DefinitionNode): boolean =>
  one.kind === Kind.OPERATION_DEFINITION && one.operation === 'mutation' && one.selectionSet.selections.every((field) => field.kind === Kind.FIELD && Object.hasOwn(urgentMutations, field.name.value));
