import { refuse, type Refusal } from './refusal';
import { normaliseTyped } from './typed-text';

/** China's zone, in milliseconds ahead of UTC; one zone, no summer time since 1991. */
const CHINA_OFFSET = 8 * 3_600_000;

const DATE = String.raw`(?<year>\d{4})[-/.](?<month>\d{1,2})[-/.](?<day>\d{1,2})`;
const TIME = String.raw`(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:\.(?<fraction>\d{1,9}))?)?`;
const CHINESE_DATE = String.raw`(?<year>\d{4})年(?<month>\d{1,2})月(?<day>\d{1,2})日`;

/** `yyyyMMddHHmmss` (the national platform's messages), or date and time in ISO or Chinese writing; only ISO carries an offset. */
const forms: readonly RegExp[] = [
  /^(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})(?<hour>\d{2})(?<minute>\d{2})(?<second>\d{2})$/,
  new RegExp(String.raw`^${DATE}[T ]${TIME} ?(?<offset>Z|[+-]\d{2}:?\d{2})?$`, 'i'),
  new RegExp(String.raw`^${CHINESE_DATE} ?${TIME}$`),
  new RegExp(String.raw`^${CHINESE_DATE} ?(?<hour>\d{1,2})[时時点點](?<minute>\d{1,2})分?(?:(?<second>\d{1,2})秒)?$`),
];

/**
 * Reads an instant: ISO 8601 with offset; without one it is China time, as are `20240501083015`, `2024-05-01 08:30[:15]`,
 * `2024/5/1 8:30` and `2024年5月1日8时30分[15秒]`. Refuses 12-hour forms, dates without a time and days that do not exist.
 */
export function parseInstant(text: string, path: string): Date | Refusal {
  const typed = normaliseTyped(text);
  if (typed === '') return refuse('VALUE_MISSING', { path });
  if (/[ap]\.?m\.?\b|上午|下午|中午|晚上|凌晨|早上|傍晚/i.test(typed)) return refuse('TIME_TWELVE_HOUR', { path });
  const parts = forms.map((form) => form.exec(typed)?.groups).find((groups) => groups !== undefined);
  if (!parts) return refuse('TIME_NOT_READ', { path });
  return instantOf(parts) ?? refuse('TIME_IMPOSSIBLE', { path });
}

function instantOf(parts: Record<string, string | undefined>): Date | undefined {
  const number = (name: string): number => Number(parts[name] ?? 0);
  const [year, month, day] = [number('year'), number('month'), number('day')] as const;
  const [hour, minute, second] = [number('hour'), number('minute'), number('second')] as const;
  const offset = offsetOf(parts['offset']);
  if (!isCalendarDay(year, month, day) || hour > 23 || minute > 59 || second > 59 || offset === undefined) return undefined;
  const milliseconds = Number((parts['fraction'] ?? '').padEnd(3, '0').slice(0, 3));
  return new Date(Date.UTC(year, month - 1, day, hour, minute, second, milliseconds) - offset);
}

function offsetOf(text: string | undefined): number | undefined {
  if (text === undefined) return CHINA_OFFSET;
  if (text.toUpperCase() === 'Z') return 0;
  const [hours, minutes] = [Number(text.slice(1, 3)), Number(text.slice(-2))];
  if (hours > 14 || minutes > 59) return undefined;
  return (text.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

/** Whether a day exists (29 February only in leap years); years 1800 to 2199. */
export function isCalendarDay(year: number, month: number, day: number): boolean {
  if (year < 1800 || year > 2199) return false;
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** Refuses an instant after `now`. */
export const refuseFuture = (instant: Date, now: Date, path: string): Refusal | undefined =>
  instant.getTime() > now.getTime() ? refuse('TIME_IN_FUTURE', { path }) : undefined;

/** For screens and papers, China time to the second: `2026-05-01 08:30:15`. */
export const formatChinaTime = (instant: Date): string => chinaIso(instant).slice(0, 19).replace('T', ' ');

/** The day in China, as in `2026-05-01`. */
export const chinaDay = (instant: Date): string => chinaIso(instant).slice(0, 10);

/** The year in China, as document numbers carry it. */
export const chinaYear = (instant: Date): number => Number(chinaIso(instant).slice(0, 4));

const chinaIso = (instant: Date): string => new Date(instant.getTime() + CHINA_OFFSET).toISOString();
