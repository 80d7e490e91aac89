import { refuse, type Refusal } from './refusal';
import { hasUnwritable } from './typed-text';

/**
 * Reads free text as a person typed it: NFC, outer space trimmed, at most `longest` characters, line breaks and tabs kept.
 * What cannot be kept as it was typed is refused, not dropped.
 */
export function parseFreeText(text: string, path: string, longest: number): string | Refusal {
  const read = text.normalize('NFC').trim();
  if (read === '') return refuse('VALUE_MISSING', { path });
  if (hasUnwritable(read)) return refuse('VALUE_UNWRITABLE', { path });
  return [...read].length > longest ? refuse('VALUE_TOO_LONG', { path, parameters: { longest: String(longest) } }) : read;
}
