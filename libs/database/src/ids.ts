import { uuidv7 } from 'uuidv7';

/** A new id: UUIDv7 (RFC 9562), ordered by the time it was minted. Ids are opaque: nothing is read out of them. */
export const newId = (): string => uuidv7();

/** Whether a text from outside can be an id at all; what is none names nothing, and never reaches a uuid column. */
export const isId = (text: string): boolean => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
