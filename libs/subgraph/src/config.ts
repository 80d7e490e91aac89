import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { ConfigProblem } from './run-app';

/** The variables of a process, as in `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A setting that has a default in development and none in production. */
export interface DevelopmentDefault<Schema extends z.ZodType> {
  readonly schema: Schema;
  readonly value: string;
  readonly forDevelopment: true;
}

type Setting = z.ZodType | DevelopmentDefault<z.ZodType>;
type SchemaOf<S> = S extends DevelopmentDefault<infer Schema> ? Schema : S;
type Config<Shape extends Record<string, Setting>> = {
  readonly [Name in keyof Shape]: SchemaOf<Shape[Name]> extends z.ZodType ? z.output<SchemaOf<Shape[Name]>> : never;
};

/** A setting that production must give itself. */
export const developmentDefault = <Schema extends z.ZodType>(schema: Schema, value: string): DevelopmentDefault<Schema> => ({ schema, value, forDevelopment: true });

/** Whether the process runs in production; everything else is development. */
export const isProduction = (environment: Environment): boolean => environment['NODE_ENV'] === 'production';

/**
 * Reads a process's settings: one schema per variable, all parsed from text. A variable can also come from a file, as containers hand out secrets:
 * `KEYRING_FILE` names the file with the value of `KEYRING`. Throws one error with the whole list of what is missing or wrong, without the values themselves.
 *
 * @example parseConfig({ PORT: port.default(4001), DATABASE_URL: developmentDefault(z.url(), 'postgres://…') }, process.env)
 */
export function parseConfig<const Shape extends Record<string, Setting>>(shape: Shape, environment: Environment): Config<Shape> {
  const problems: string[] = [];
  const production = isProduction(environment);
  const entries = Object.entries(shape).map(([name, setting]) => {
    const { text: given, problem } = readVariable(name, environment);
    if (problem) {
      problems.push(problem);
      return [name, undefined];
    }
    const marked = 'forDevelopment' in setting ? setting : undefined;
    if (production && marked && given === undefined) problems.push(`${name} is missing: its default is for development only`);
    const parsed = ('forDevelopment' in setting ? setting.schema : setting).safeParse(given ?? (production ? undefined : marked?.value));
    if (!parsed.success && !(production && marked && given === undefined)) problems.push(`${name}: ${given === undefined ? 'is missing' : told(parsed.error)}`);
    return [name, parsed.data];
  });
  const offset = readVariable('CLOCK_OFFSET', environment).text;
  if (production && offset && readOffset(offset) !== 0) problems.push('CLOCK_OFFSET moves the clock, which production refuses');
  for (const name of ['FAILPOINT', 'FAILPOINT_SWITCH']) if (production && readVariable(name, environment).text) problems.push(`${name} makes the process fail, which production refuses`);
  if (problems.length > 0) throw new ConfigProblem(problems);
  return Object.fromEntries(entries) as Config<Shape>;
}

/** The text of a variable, from itself or from the file that `…_FILE` names. */
function readVariable(name: string, environment: Environment): { readonly text?: string | undefined; readonly problem?: string } {
  const text = environment[name]?.trim() || undefined;
  const file = environment[`${name}_FILE`]?.trim() || undefined;
  if (file === undefined) return { text };
  if (text !== undefined) return { problem: `${name} and ${name}_FILE are both set: keep one` };
  try {
    return { text: readFileSync(file, 'utf8').trim() || undefined };
  } catch {
    return { problem: `${name}_FILE names a file that cannot be read` };
  }
}

/** zod's reasons without the value that was given. */
const told = (error: z.ZodError): string => error.issues.map((issue) => issue.message.replace(/, received .*$/, '')).join('; ');

/** A TCP port; 0 lets the system choose. */
export const port = z.coerce.number().int().min(0).max(65_535);

const unit: Readonly<Record<string, number>> = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1_000 };

/** Milliseconds of `49h`, `-50h`, `90m`, `30s`, `2d`; NaN for anything else. */
function readOffset(text: string): number {
  const match = /^(-?\d{1,5})([dhms])$/.exec(text.trim());
  return match ? Number(match[1]) * (unit[match[2] ?? ''] ?? Number.NaN) : text.trim() === '0' ? 0 : Number.NaN;
}

/** How far the process's clock is moved, in milliseconds, from `49h` or `-50h`; nothing is 0. Production refuses any other. */
export const clockOffset = z
  .string()
  .default('0')
  .transform(readOffset)
  .refine((milliseconds) => !Number.isNaN(milliseconds), 'expected a number and d, h, m or s, as in 49h or -50h');
