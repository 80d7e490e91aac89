import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { wrongRules } from './wrong-rules';

/** What `npm run simulate` is asked for. */
export interface Request {
  readonly schedules: number;
  /** The first of the consecutive seeds. */
  readonly seed: number;
  readonly workers: number;
  /** The name, or a part of it, of a wrong rule to simulate instead of the right ones. */
  readonly wrongRule: string | undefined;
}

/** Reads the command line. Throws with a sentence that says what is wrong. */
export function readCommandLine(args: string[]): Request {
  const { values } = parseArgs({ args, options: { schedules: { type: 'string', default: '100000' }, seed: { type: 'string', default: '1' }, workers: { type: 'string' }, 'wrong-rule': { type: 'string' } } });
  const wrongRule = values['wrong-rule'];
  if (wrongRule !== undefined && !wrongRules.some(({ name }) => name.includes(wrongRule))) throw new Error(`--wrong-rule: none is called so; there are:\n  ${wrongRules.map(({ name }) => name).join('\n  ')}`);
  return { schedules: wholeNumber('schedules', values.schedules), seed: wholeNumber('seed', values.seed), workers: wholeNumber('workers', values.workers ?? String(availableParallelism())), wrongRule };
}

function wholeNumber(name: string, text: string): number {
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new Error(`--${name}: expected a whole number from 1, found "${text}"`);
  return Number(text);
}
