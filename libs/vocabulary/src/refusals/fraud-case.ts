import type { Sentences } from '../refusal';

/** Refusals of a fraud case. */
export const fraudCaseRefusals = {} as const satisfies Record<string, Sentences>;
