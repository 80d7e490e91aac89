import { isRefusal, refuse, type Refusal } from './refusal';
import { parseRegion } from './region';
import { normaliseGrouped } from './typed-text';

/** Reads a police organisation code 公安机关机构代码 (GA/T 380): 12 digits of which the first six are a region. Returns the digits. */
export function parsePoliceUnitCode(text: string, path: string): string | Refusal {
  const code = normaliseGrouped(text);
  if (code === '') return refuse('VALUE_MISSING', { path });
  if (!/^\d{12}$/.test(code) || isRefusal(parseRegion(code.slice(0, 6), path))) return refuse('POLICE_UNIT_FORM', { path });
  return code;
}

/** The GB/T 2260 region of a unit; it decides what its leaders may approve (`approvalLevelOf`). */
export const regionOfUnit = (unitCode: string): string => unitCode.slice(0, 6);
