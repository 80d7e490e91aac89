import { roles, type Agency, type Caller, type Role } from '@lianfang/vocabulary';
import { inventedRegions } from './invented-region';

/** Invented police units, 12 digits each, first six their region. */
export const units = {
  /** A station and the county bureau of one county. */
  station: `${inventedRegions.county}010000`,
  bureau: `${inventedRegions.county}000000`,
  /** The city's bureau above them, and the province's. */
  cityBureau: `${inventedRegions.city}000000`,
  provinceBureau: `${inventedRegions.province}000000`,
  neighbour: `${inventedRegions.neighbour}000000`,
  elsewhere: `${inventedRegions.elsewhere}000000`,
} as const;

/** A person who acts; `id` is a UUID made from `number`, so that specs are repeatable. */
export function aCaller(role: Role, over: Partial<Caller> & { readonly number?: number } = {}): Caller {
  const { number = Object.keys(roles).indexOf(role) + 1, ...rest } = over;
  const { agency: home } = roles[role];
  const agency: Agency = rest.agency ?? (home === 'any' ? 'police' : home);
  const unit = rest.unit ?? (home === 'police' ? units.bureau : null);
  return {
    id: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
    name: `${roles[role].zh}${number}`,
    agency,
    roles: [role],
    institution: home === 'banks' ? 'B001' : null,
    unit,
    region: unit?.slice(0, 6) ?? null,
    kind: 'person',
    ...rest,
  };
}

/** One caller per role and place, the same in every spec. */
export const callers = {
  intakeOfficer: aCaller('INTAKE_OFFICER'),
  officer: aCaller('POLICE_OFFICER'),
  /** Another officer of the same unit. */
  secondOfficer: aCaller('POLICE_OFFICER', { number: 102 }),
  officerOfStation: aCaller('POLICE_OFFICER', { number: 103, unit: units.station }),
  officerOfNeighbour: aCaller('POLICE_OFFICER', { number: 104, unit: units.neighbour }),
  officerElsewhere: aCaller('POLICE_OFFICER', { number: 105, unit: units.elsewhere }),
  dutyOfficer: aCaller('DUTY_OFFICER'),
  dutyOfficerOfCity: aCaller('DUTY_OFFICER', { number: 106, unit: units.cityBureau }),
  dutyOfficerElsewhere: aCaller('DUTY_OFFICER', { number: 107, unit: units.elsewhere }),
  /** Leaders of county, city, province, and of another province. */
  leader: aCaller('POLICE_LEADER'),
  leaderOfCity: aCaller('POLICE_LEADER', { number: 108, unit: units.cityBureau }),
  leaderOfProvince: aCaller('POLICE_LEADER', { number: 109, unit: units.provinceBureau }),
  leaderElsewhere: aCaller('POLICE_LEADER', { number: 110, unit: units.elsewhere }),
  liaison: aCaller('BANK_LIAISON'),
  secondLiaison: aCaller('BANK_LIAISON', { number: 111 }),
  liaisonOfB002: aCaller('BANK_LIAISON', { number: 112, institution: 'B002' }),
  liaisonOfB003: aCaller('BANK_LIAISON', { number: 113, institution: 'B003' }),
  liaisonOfP001: aCaller('BANK_LIAISON', { number: 114, institution: 'P001' }),
  analyst: aCaller('BANK_ANALYST'),
  analystOfB002: aCaller('BANK_ANALYST', { number: 115, institution: 'B002' }),
  coordinator: aCaller('COORDINATOR'),
  policeAuditor: aCaller('AUDITOR'),
  bankAuditor: aCaller('AUDITOR', { number: 116, agency: 'banks' }),
  /** Sees one institution only. */
  auditorOfB001: aCaller('AUDITOR', { number: 117, agency: 'banks', institution: 'B001' }),
  auditorOfB002: aCaller('AUDITOR', { number: 118, agency: 'banks', institution: 'B002' }),
  securityAdministrator: aCaller('SECURITY_ADMINISTRATOR'),
  systemAdministrator: aCaller('SYSTEM_ADMINISTRATOR'),
} as const satisfies Record<string, Caller>;
