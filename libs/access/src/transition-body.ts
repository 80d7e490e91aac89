import { sha256 } from '@lianfang/database';
import type { Transition } from './transition.entity';

/** A transition's columns as the verifier reads them: the reason as its ciphertext. */
export type TransitionRow = Omit<Transition, 'reason'> & { readonly reason: Buffer | null };

/**
 * What the audit entry of a transition says beside its own columns. The reason stands in it as the hash of its ciphertext:
 * nobody learns the words from it, and nobody can change them unseen.
 */
export const transitionBody = (row: Omit<TransitionRow, 'id' | 'agency' | 'actorId' | 'actorUnit' | 'actorInstitution' | 'institution' | 'thing' | 'thingId' | 'at'>) => ({
  action: row.action,
  caseId: row.caseId,
  from: row.fromState,
  to: row.toState,
  version: row.version,
  side: row.bySide,
  unit: row.unit,
  region: row.regionCode,
  reasonHash: row.reason === null ? null : sha256(row.reason).toString('hex'),
  facts: row.facts,
});
