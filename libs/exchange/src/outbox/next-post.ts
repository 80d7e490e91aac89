/** For so long nobody else posts a claimed batch, in milliseconds; after it a relay assumes that the claimer died. */
export const CLAIM_LASTS = 2_000;

/** What a relay posts next to a partner: the batch that has no receipt yet, a new one, or nothing before the pause is over. */
export type NextPost = 'SAME_BATCH' | 'NEW_BATCH' | 'NOTHING';

/**
 * Decides what is posted next. `oldest` is the oldest batch without receipt: while there is one no other leaves,
 * because the partner takes batches in the order of the chain only.
 */
export function nextPost(oldest: { readonly isDue: boolean } | undefined): NextPost {
  if (!oldest) return 'NEW_BATCH';
  return oldest.isDue ? 'SAME_BATCH' : 'NOTHING';
}
