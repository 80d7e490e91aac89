import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Breach } from '../invariants';
import type { House } from './house';

/** What betrays the inside of a process to a client: a statement, an address with a password, a stack. */
const inside = /\b(select|insert into|update|delete from)\b .* \b(from|set|values)\b|postgres:\/\/|\n\s+at .*\(.*:\d+:\d+\)/i;

/** I9: no error that a client received, and no log of any process, has a word that is somebody's. */
export async function provePrivacy({ ledgers, own }: House): Promise<Breach[]> {
  const { errors, personal } = ledgers.clients;
  const told = errors.flatMap(({ by, text }): Breach[] => [
    ...[...personal].filter((word) => text.includes(word)).map((word): Breach => ({ invariant: 'I9', what: `an error told ${by} a personal word of ${word.length} characters` })),
    ...(inside.test(text) ? [{ invariant: 'I9', what: `an error told ${by} how a process works inside` } as const] : []),
  ]);
  const folder = join(own.folder, 'logs');
  const written = readdirSync(folder).flatMap((file): Breach[] => {
    const text = readFileSync(join(folder, file), 'utf8');
    const found = [...personal].filter((word) => text.includes(word)).length;
    return found > 0 ? [{ invariant: 'I9', what: `${file} has ${found} personal words` }] : [];
  });
  return [...told, ...written];
}
