import { areaList } from '@vant/area-data';
import { refuse, warn, type Refusal, type Warning } from './refusal';
import { provinces } from './region-provinces';
import { normaliseGrouped } from './typed-text';

/** Levels of public security organs and of regions, the lowest first: the order in which approval rises. */
export const regionLevels = ['COUNTY', 'CITY', 'PROVINCE'] as const;

/** A level of region, of a unit and of an approver. */
export type RegionLevel = (typeof regionLevels)[number];

/** The words for a level, also for sentences: "needs a leader of level …". */
export const regionLevelWords = {
  COUNTY: { zh: '县级', en: 'county' },
  CITY: { zh: '设区的市级', en: 'city' },
  PROVINCE: { zh: '省级', en: 'province' },
} as const satisfies Record<RegionLevel, { zh: string; en: string }>;

/** A region by its GB/T 2260 code. */
export interface Region {
  /** Six digits, as in `110105`. */
  readonly code: string;
  readonly level: RegionLevel;
}

/**
 * Reads a GB/T 2260 code. Refuses another form, `000000`, and a code that is coarser than `atLeastAsFine` asks.
 * Whether the code is assigned is not refused (abolished codes stand in old papers): see `regionWarnings`.
 */
export function parseRegion(text: string, path: string, atLeastAsFine: RegionLevel = 'PROVINCE'): Region | Refusal {
  const code = normaliseGrouped(text);
  if (code === '') return refuse('VALUE_MISSING', { path });
  if (!/^\d{6}$/.test(code) || code.startsWith('00') || /^\d{2}00(?!00)/.test(code)) return refuse('REGION_NOT_SIX_DIGITS', { path });
  const level = regionLevelOf(code);
  if (level !== atLeastAsFine && isLevelAtLeast(level, atLeastAsFine)) {
    return refuse(atLeastAsFine === 'COUNTY' ? 'REGION_COUNTY_NEEDED' : 'REGION_CITY_NEEDED', { path });
  }
  return { code, level };
}

/** Doubts about a code that is well formed: its province is not in the table, or it is a county or city that is not in force now (abolished, or never assigned). */
export function regionWarnings({ code }: Pick<Region, 'code'>, path: string): Warning[] {
  if (!provinceOf(code)) return [warn('REGION_UNKNOWN', path)];
  return isInForce(code) ? [] : [warn('REGION_NOT_IN_FORCE', path)];
}

/** Hong Kong, Macao and Taiwan have no counties in GB/T 2260. */
const withoutCounties: readonly string[] = ['71', '81', '82'];

/** Whether a code is assigned now, by the list of counties, cities and provinces. */
export const isInForce = (code: string): boolean =>
  withoutCounties.includes(code.slice(0, 2)) || [areaList.county_list, areaList.city_list, areaList.province_list].some((list) => Object.hasOwn(list, code));

/** `xx0000` is a province, `xxxx00` a city, everything else a county. Throws on anything but six digits. */
export function regionLevelOf(code: string): RegionLevel {
  assertRegionCode(code);
  if (code.endsWith('0000')) return 'PROVINCE';
  return code.endsWith('00') ? 'CITY' : 'COUNTY';
}

/** What the leaders of a unit in this region may approve at most: the level of the region itself. */
export const approvalLevelOf = (regionCode: string): RegionLevel => regionLevelOf(regionCode);

/** Whether `level` is the required one or above. */
export const isLevelAtLeast = (level: RegionLevel, required: RegionLevel): boolean => regionLevels.indexOf(level) >= regionLevels.indexOf(required);

/**
 * The region and all below it, as a prefix: the code without trailing `00` pairs.
 * Never empty: `000000` throws, for an empty prefix would hold every region.
 *
 * @example regionScope('110100') === '1101'
 */
export function regionScope(code: string): string {
  assertRegionCode(code);
  return code.replace(/(?:00){1,2}$/, '');
}

/** Whether a region lies in a scope made by `regionScope`; an empty scope holds nothing. */
export const isWithinScope = (regionCode: string, scope: string): boolean => scope !== '' && regionCode.startsWith(scope);

/** The province of a code, or nothing when the first two digits are not assigned. */
export const provinceOf = (code: string): { zh: string; en: string } | undefined => provinces[code.slice(0, 2)];

function assertRegionCode(code: string): void {
  if (!/^\d{6}$/.test(code) || code.startsWith('00')) throw new Error('region: expected six digits that begin with a province');
}
