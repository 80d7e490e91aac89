import { refuse, type Refusal } from './refusal';
import { normaliseGrouped } from './typed-text';

/** Reads a SHA-256 value: 64 hexadecimal characters, returned in small letters. An MD5 (32) is refused: it proves nothing. */
export function parseSha256Hash(text: string, path: string): string | Refusal {
  const hash = normaliseGrouped(text).toLowerCase().replace(/^sha-?256:/, '');
  if (hash === '') return refuse('VALUE_MISSING', { path });
  return /^[0-9a-f]{64}$/.test(hash) ? hash : refuse('HASH_NOT_SHA256', { path, parameters: { found: String(hash.length) } });
}
