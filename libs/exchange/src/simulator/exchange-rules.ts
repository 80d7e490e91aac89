import { mayBegin } from '@lianfang/vocabulary';
import { refuseRoute } from '../batch/batch';
import { admit } from '../inbox/admission';
import { afterFailure } from '../inbox/after-failure';
import { arrangeBatch } from '../inbox/arrange-batch';
import { continuesChain, isRepeat } from '../inbox/judge-batch';
import { nextToHandle } from '../inbox/next-to-handle';
import { isReceiptOf, repeatRange } from '../outbox/believe-answer';
import { claimed, receipted } from '../outbox/dispatch';
import { nextInLine } from '../outbox/next-in-line';
import { nextPost } from '../outbox/next-post';
import { deliveryPause } from '../outbox/retry-schedule';
import type { Message } from './side-database';

/** The decisions of the exchange, as production makes them, and the order of its writes. A wrong rule replaces one of them. */
export const rightRules = {
  admit,
  refuseRoute,
  continuesChain,
  isRepeat,
  arrangeBatch,
  nextToHandle,
  afterFailure,
  nextInLine,
  nextPost,
  deliveryPause,
  isReceiptOf,
  repeatRange,
  claimed,
  receipted,
  mayBegin: (validUntil: number, now: number): boolean => mayBegin(validUntil, now),
  /** The bank asks its core system to end what it may hold before it answers that a withdrawn or expired order is not executed. */
  asksBeforeDeclining: true,
  /** By what the inbox knows a message again. */
  identityOf: (message: Message): string => message.id,
  /** The receipt leaves after the commit of what it vouches for. */
  answersBeforeCommit: false,
  /** A message and that it was handled are one transaction. */
  marksHandled: 'WITH_EFFECT' as 'WITH_EFFECT' | 'BEFORE_EFFECT' | 'AFTER_EFFECT',
  /** A repeat gets the stored receipt. */
  signsAnew: false,
  /** A post without answer is given up after a while. */
  isPatientForEver: false,
  /** What the app could not note is noted later. */
  notesLater: true,
};

/** See `rightRules`. */
export type ExchangeRules = typeof rightRules;
