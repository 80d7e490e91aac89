import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

/**
 * The one text of a value (RFC 8785, JCS): what is hashed, signed or compared.
 * Throws on bigint, undefined at the top, and numbers that JSON cannot carry.
 */
export function canonical(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new Error('canonical: expected a JSON value, found undefined or a function');
  return text;
}

/** SHA-256 of bytes or of a UTF-8 text; 32 bytes. */
export const sha256 = (content: string | Uint8Array): Buffer => createHash('sha256').update(content).digest();
