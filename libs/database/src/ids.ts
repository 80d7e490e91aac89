import { uuidv7 } from 'uuidv7';

/** A new id: UUIDv7 (RFC 9562), ordered by the time it was minted. Ids are opaque: nothing is read out of them. */
export const newId = (): string => uuidv7();
