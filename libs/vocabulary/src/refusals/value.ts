import type { Sentences } from '../refusal';

/** Refusals of a value that was typed or imported; the path says where. */
export const valueRefusals = {} as const satisfies Record<string, Sentences>;
