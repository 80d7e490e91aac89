import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A word as it may stand in a file: as it is, in hex, or in base64 at each of its three places. */
export function formsOf(word: string): Buffer[] {
  const bytes = Buffer.from(word);
  const hex = bytes.toString('hex');
  const base64 = [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64').replace(/=+$/, '');
    // The first and the last signs also hold bits of what stands beside the word.
    return text.slice(before === 0 ? 0 : before + 1, (bytes.length + before) % 3 === 0 ? undefined : -1);
  });
  return [bytes, Buffer.from(hex), Buffer.from(hex.toUpperCase()), ...base64.map((text) => Buffer.from(text))];
}

/** Finds which files below a folder hold any of the words in any form; gives `file: how many different words`. */
export function findWords(folder: string, words: Iterable<string>): { readonly files: number; readonly bytes: number; readonly found: readonly string[] } {
  const forms = new Map<number, { readonly form: Buffer; readonly word: string }[]>();
  for (const word of words) for (const form of formsOf(word)) forms.set(form.readUInt32LE(0), [...(forms.get(form.readUInt32LE(0)) ?? []), { form, word }]);
  // Most places are passed by a look at two bytes.
  const beginnings = new Uint8Array(65_536);
  for (const key of forms.keys()) beginnings[key & 0xffff] = 1;
  const found: string[] = [];
  let [files, bytes] = [0, 0];
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const content = readFileSync(join(entry.parentPath, entry.name));
    files += 1;
    bytes += content.length;
    const inIt = new Set<string>();
    for (let place = 0; place + 4 <= content.length; place += 1) {
      if (beginnings[(content[place] ?? 0) | ((content[place + 1] ?? 0) << 8)] === 0) continue;
      for (const { form, word } of forms.get(content.readUInt32LE(place)) ?? []) if (content.subarray(place, place + form.length).equals(form)) inIt.add(word);
    }
    if (inIt.size > 0) found.push(`${join(entry.parentPath, entry.name).slice(folder.length + 1)}: ${inIt.size}`);
  }
  return { files, bytes, found };
}
