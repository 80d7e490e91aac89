import { stopPaymentOrdered } from '@lianfang/vocabulary';
import { arrangeBatch } from '../inbox/arrange-batch';
import type { InboxEntry } from '../inbox/next-to-handle';
import { claimed } from '../outbox/dispatch';
import { rightRules, type ExchangeRules } from './exchange-rules';

/** A rule that is wrong on purpose: the simulator is only worth something if it finds each of them. */
export interface WrongRule {
  readonly name: string;
  readonly rules: ExchangeRules;
}

const wrong = (name: string, over: Partial<ExchangeRules>): WrongRule => ({ name, rules: { ...rightRules, ...over } });

/** Of each subject nothing waits. */
const anyReady = <Entry extends InboxEntry>(entries: readonly Entry[], { at, limit }: { at: number; limit: number }): Entry[] =>
  entries.filter(({ isHandled, isParked, retryAt }) => !isHandled && !isParked && retryAt <= at).sort((one, other) => Number(other.urgent) - Number(one.urgent) || one.seq - other.seq).slice(0, limit);

/** A parked message does not hold its subject back. */
const passingParked = <Entry extends InboxEntry>(entries: readonly Entry[], turn: { at: number; limit: number }): Entry[] => rightRules.nextToHandle(entries.filter(({ isParked }) => !isParked), turn);

/** The wrong rules: each breaks one decision, or the order of two writes. */
export const wrongRules: readonly WrongRule[] = [
  wrong('the inbox answers before its commit', { answersBeforeCommit: true }),
  wrong('the inbox does not know a message id again', { arrangeBatch: (messages) => arrangeBatch(messages, new Set()).map((message) => ({ ...message, repeatsId: false })) }),
  wrong('the inbox knows messages by their content instead of their id', { identityOf: ({ kind, content }) => `${kind} ${content}` }),
  wrong('the inbox does not check the sequence', { continuesChain: () => true }),
  wrong('the inbox takes a batch that anybody signed', { refuseRoute: () => undefined }),
  wrong('a repeat is answered as out of sequence', { isRepeat: () => false }),
  wrong('a repeat gets a new receipt', { signsAnew: true }),
  wrong('a batch counts as received when it is sent', { claimed: (at) => ({ ...claimed(at), receipt: 'sent', notedAt: at }) }),
  wrong('a batch without answer is forgotten for the next one', { nextPost: () => 'NEW_BATCH' }),
  wrong('a batch is posted once only', { nextPost: (oldest) => (oldest ? 'NOTHING' : 'NEW_BATCH') }),
  wrong('a post without answer is waited for without end', { isPatientForEver: true }),
  wrong('a receipt for other messages is believed', { isReceiptOf: () => true }),
  wrong('after a restore only the newest batch is repeated', { repeatRange: (_, { sentSeq }) => ({ first: sentSeq, last: sentSeq }) }),
  wrong('a receipt that the app could not note is not noted later', { notesLater: false }),
  wrong('urgent messages leave before what they follow', { nextInLine: (waiting, room) => [...waiting].sort((one, other) => Number(other.urgent) - Number(one.urgent)).slice(0, room.messages) }),
  wrong('a release does not wait for its hold', { nextToHandle: anyReady }),
  wrong('a parked message lets its subject go on', { nextToHandle: passingParked }),
  wrong('a message is marked as handled before it is', { marksHandled: 'BEFORE_EFFECT' }),
  wrong('a message is marked as handled in a later transaction', { marksHandled: 'AFTER_EFFECT' }),
  wrong('a message whose handler failed is parked for good', { afterFailure: (failure, settings) => ({ ...rightRules.afterFailure(failure, settings), parking: failure.reason ?? 'UNREADABLE' }) }),
  wrong('the bank begins an order after its validity', { mayBegin: () => true }),
  wrong('the bank answers a withdrawn or expired order without asking its core system', { asksBeforeDeclining: false }),
  wrong('an unknown or foreign message is handled like any other', { admit: () => ({ contract: stopPaymentOrdered, data: {} }) }),
];
