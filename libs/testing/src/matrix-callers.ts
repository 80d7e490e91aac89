import { agencies, clockCaller, partnerCaller, type Agency, type Caller } from '@lianfang/vocabulary';
import { aCaller, callers, units } from './people/callers';

/** Who is asked in a matrix: a label that says role and place, and the caller. */
export type MatrixCallers = Readonly<Record<string, Caller>>;

const administrators = (agency: Agency): MatrixCallers => ({
  AUDITOR: aCaller('AUDITOR', { agency }),
  SECURITY_ADMINISTRATOR: aCaller('SECURITY_ADMINISTRATOR', { agency }),
  SYSTEM_ADMINISTRATOR: aCaller('SYSTEM_ADMINISTRATOR', { agency }),
  COORDINATOR: callers.coordinator,
});

const machines = (agency: Agency): MatrixCallers =>
  Object.fromEntries([['clock', clockCaller(agency)], ...agencies.filter((from) => from !== agency).map((from) => [`message from ${from}`, partnerCaller(agency, from)])]);

const police: MatrixCallers = Object.fromEntries(
  (['INTAKE_OFFICER', 'POLICE_OFFICER', 'DUTY_OFFICER', 'POLICE_LEADER'] as const).flatMap((role, index) => [
    [role, aCaller(role)],
    [`${role}, another unit of the county`, aCaller(role, { number: 300 + index, unit: units.station })],
    [`${role}, the city above`, aCaller(role, { number: 310 + index, unit: units.cityBureau })],
    [`${role}, the next county`, aCaller(role, { number: 320 + index, unit: units.neighbour })],
    [`${role}, another province`, aCaller(role, { number: 330 + index, unit: units.elsewhere })],
  ]),
);

const banks: MatrixCallers = Object.fromEntries(
  (['BANK_LIAISON', 'BANK_ANALYST'] as const).flatMap((role, index) => [
    [role, aCaller(role)],
    [`${role}, another institution`, aCaller(role, { number: 340 + index, institution: 'B002' })],
  ]),
);

/**
 * Every role in every place that matters to a thing of `agency` that belongs to `units.bureau` (police, region 990101) or `B001` (banks):
 * own unit, other unit, region above, next region, other province; own and other institution; the other agencies' staff; the machines.
 */
export const matrixCallers = (agency: Agency): MatrixCallers => ({ ...police, ...banks, ...administrators(agency), ...machines(agency) });
