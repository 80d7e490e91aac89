/** A process that has fail points. */
export type FailingProcess = 'police' | 'banks' | 'gateway';

/** One place of the flow at which a process may be made to fail. */
export interface FailpointPlace {
  /** Which processes come by. */
  readonly processes: readonly FailingProcess[];
  /** What is done there already, and what is not yet. */
  readonly where: string;
}

const police = ['police'] as const;
const banks = ['banks'] as const;
const gateway = ['gateway'] as const;
const agencies = ['police', 'banks'] as const;

/**
 * Every fail point, in the order in which a stop-payment comes by: the closed list. `X.before-commit` stands inside the transaction, when all of it
 * is written; `database.*` stand around every commit that writes, so that no commit is without one.
 */
export const failpoints = {
  'gateway.before-forward': { processes: gateway, where: 'the caller is proven and the query measured; no subgraph is asked yet' },
  'gateway.forwarded-before-answer': { processes: gateway, where: 'a subgraph has answered; the caller has nothing yet' },
  'order.propose.before-commit': { processes: police, where: 'a batch of proposals is written' },
  'order.propose.committed-before-answer': { processes: police, where: 'a batch of proposals is committed; the officer does not know' },
  'order.approve.before-commit': { processes: police, where: 'the approval, its orders and their audit entries are written' },
  'order.approve.committed-before-answer': { processes: police, where: 'the orders are in the outbox; the approver does not know' },
  'order.release.before-commit': { processes: police, where: 'the order of a release is written' },
  'order.release.committed-before-answer': { processes: police, where: 'the release is in the outbox; who ordered it does not know' },
  'outbox.claim.before-commit': { processes: agencies, where: 'messages have their numbers, their place in the chain and their signatures' },
  'outbox.claimed-before-post': { processes: agencies, where: 'a batch is claimed; nothing is on the wire' },
  'outbox.relay.sent-before-marked': { processes: agencies, where: 'the partner has the batch and has answered; the answer is not looked at' },
  'outbox.receipt.before-commit': { processes: agencies, where: 'a receipt and what the agency does about it are written' },
  'receipt.stored': { processes: agencies, where: 'a receipt is committed' },
  'inbox.received-before-commit': { processes: agencies, where: 'a batch is verified and its messages are written' },
  'inbox.committed-before-receipt': { processes: agencies, where: 'a batch is stored; the sender has no receipt' },
  'inbox.handle.before-commit': { processes: agencies, where: 'messages are carried out and marked as handled' },
  'inbox.handled': { processes: agencies, where: 'messages are handled and committed' },
  'core.leased': { processes: banks, where: 'the machine has leased orders to work on' },
  'core.hold.before-call': { processes: banks, where: 'EXECUTING is committed; the core system is not called' },
  'core.hold.after-call-before-record': { processes: banks, where: 'the core system holds; nothing of it is written' },
  'core.release.before-call': { processes: banks, where: 'RELEASING, EXPIRING, WITHDRAWING or LAPSING is committed; the core system is not called' },
  'core.release.after-call-before-record': { processes: banks, where: 'the core system has released; nothing of it is written' },
  'core.record.before-commit': { processes: banks, where: "the core system's answer and the message about it are written" },
  'deadline.before-commit': { processes: agencies, where: 'a deadline is marked as fired and its action taken' },
  'deadline.fired': { processes: agencies, where: 'a deadline and its action are committed' },
  'audit.seal.before-commit': { processes: agencies, where: 'entries are numbered, chained and the new head is signed' },
  'audit.sealed': { processes: agencies, where: 'a sealed batch is committed' },
  'database.before-commit': { processes: agencies, where: 'any transaction that writes, right before its commit' },
  'database.after-commit': { processes: agencies, where: 'any transaction that writes, right after its commit; an error here is a commit whose answer was lost' },
} as const satisfies Record<string, FailpointPlace>;

/** The name of a fail point, as in `core.hold.before-call`. */
export type FailpointName = keyof typeof failpoints;

/** Every name, in the order of the flow. */
export const failpointNames = Object.keys(failpoints) as readonly FailpointName[];

/** The fail points that a process comes by. */
export const failpointsOf = (process: FailingProcess): readonly FailpointName[] =>
  failpointNames.filter((name) => (failpoints[name].processes as readonly FailingProcess[]).includes(process));
