import type { AuditContent } from './leaf';

/** What an entry says about where it belongs and who acted. */
export type EntryOrigin = Pick<AuditContent, 'kind' | 'agency' | 'institution' | 'actorInstitution'> & { readonly actorAgency?: string | null };

/** Tells which entries of an agency's trail, in the order of the chain, were carried over from another agency's. */
export class TrailAgency {
  private keepsActorsAgency = false;

  constructor(private readonly agency: string) {}

  /**
   * An entry names the agency whose trail it stands in. One written before the actor's agency had a column of its own named the actor's instead:
   * such a one may name a guest's agency, if it is a guest's look, until the first entry that keeps both.
   */
  isForeign(entry: EntryOrigin): boolean {
    const keepsBoth = typeof entry.actorAgency === 'string';
    this.keepsActorsAgency ||= keepsBoth;
    if (entry.agency === this.agency) return false;
    return this.keepsActorsAgency || !isGuestsLook(entry);
  }
}

/** Guests act in no other agency, they only look, and at what belongs to an institution that is not theirs. */
const isGuestsLook = ({ kind, institution, actorInstitution }: EntryOrigin): boolean =>
  (kind === 'LOOK' || kind === 'REFUSED_LOOK') && institution !== null && institution !== actorInstitution;
