import { z } from 'zod';
import { refusals } from '../refusal';
import { messageContracts } from './contracts';
import type { MessageContract } from './message-contract';

/** The part of JSON Schema that our contracts use. */
interface Schema {
  readonly type?: string;
  readonly format?: string;
  readonly pattern?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxItems?: number;
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
}

/** docs/messages.md, whole: every message type with its whitelist of fields, then every refusal with its sentences. */
export function describeMessages(): string {
  return [
    '# Messages and refusals',
    'Made from `libs/vocabulary` by `npm run docs:write`; a test compares it with the code. Change the tables there, not here.',
    '## Messages between agencies',
    'A field that is not listed cannot travel. Amounts are integer fen as text, instants UTC with milliseconds, ids UUID; `?`: may be null.',
    ...messageContracts.map(describeContract),
    '## Refusals and warnings',
    'An expected "no" is a code with a sentence that says what to do next; a warning is stored and shown. `{name}` is a parameter.',
    table(['code', '中文', 'English'], Object.entries(refusals).map(([code, { zh, en }]) => [`\`${code}\``, zh, en])),
    '',
  ].join('\n\n').trimEnd() + '\n';
}

function describeContract({ type, from, to, urgent, data }: MessageContract): string {
  const rows = fieldsOf(z.toJSONSchema(data) as Schema, '').map(([path, shape]) => [`\`${path}\``, shape]);
  return `### ${type}\n\n${from} → ${to}${urgent ? ', urgent' : ''}.\n\n${table(['field', 'shape'], rows)}`;
}

function fieldsOf(schema: Schema, path: string): [string, string][] {
  if (schema.anyOf) return variantsOf(schema.anyOf, path);
  if (schema.items) return withWhole(path, `list of at most ${schema.maxItems ?? 'any number'}`, fieldsOf(schema.items, `${path}[]`));
  if (!schema.properties) return [[path, shapeOf(schema)]];
  return Object.entries(schema.properties).flatMap(([name, field]) => fieldsOf(field, path === '' ? name : `${path}.${name}`));
}

function variantsOf(variants: readonly Schema[], path: string): [string, string][] {
  const present = variants.filter(({ type }) => type !== 'null');
  const mark = present.length < variants.length ? '?' : '';
  const [only] = present;
  if (present.length === 1 && only) return fieldsOf(only, `${path}${mark}`);
  return withWhole(`${path}${mark}`, 'one of the following', present.flatMap((variant) => fieldsOf(variant, path)));
}

const withWhole = (path: string, shape: string, parts: [string, string][]): [string, string][] => [[path, shape], ...parts];

function shapeOf(schema: Schema): string {
  if (schema.const !== undefined) return `\`${String(schema.const)}\``;
  if (schema.enum) return schema.enum.map((value) => `\`${String(value)}\``).join(' ');
  if (schema.format === 'uuid') return 'id';
  if (schema.format === 'date-time') return 'instant';
  if (schema.pattern !== undefined) return `text like \`${schema.pattern.replaceAll('|', '\\|')}\``;
  if (schema.type === 'string') return `text, ${schema.minLength ?? 0} to ${schema.maxLength ?? 'any number of'} characters`;
  if (schema.type === 'integer') return `integer, ${schema.minimum ?? 'any'} to ${schema.maximum ?? 'any'}`;
  return schema.type === 'boolean' ? 'true or false' : (schema.type ?? 'any');
}

/** A markdown table. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
