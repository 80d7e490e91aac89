/** The lists of roles that SQL compares with the caller's; the matrix spec proves that they agree with the permissions table. */
const holdsOneOf = (...roles: string[]): string =>
  `string_to_array(current_setting('caller.roles', true), ',') && array[${roles.map((role) => `'${role}'`).join(', ')}]`;

const isOf = (agency: string): string => `current_setting('caller.agency', true) = '${agency}'`;

/** A `caller.*` setting in SQL, as text or null; null makes every comparison fail, so that a caller without it sees nothing. */
export const setting = (name: string): string => `nullif(current_setting('${name}', true), '')`;

/** Auditors see what their agency holds, in an institution only that institution's; always masked (permissions.ts gives them no full value). */
const policeAuditor = `(${isOf('police')} and ${holdsOneOf('AUDITOR')})`;
const bankAuditor = `(${isOf('banks')} and ${holdsOneOf('AUDITOR')} and (${setting('caller.institution')} is null or institution = ${setting('caller.institution')}))`;

const regionStaffBy = (column: string): string => `(${isOf('police')} and ${holdsOneOf('INTAKE_OFFICER', 'POLICE_OFFICER', 'DUTY_OFFICER', 'POLICE_LEADER')}
  and starts_with(${column}, ${setting('caller.region_scope')}))`;
const regionStaff = regionStaffBy('region_code');
const institutionStaff = `(${isOf('banks')} and ${holdsOneOf('BANK_LIAISON', 'BANK_ANALYST')} and institution = ${setting('caller.institution')})`;

/**
 * SQL conditions for `rowSecurity({ table, runtime })` in an app's migrations. They read the columns named below and the `caller.*` settings.
 *
 * @example rowSecurity({ table: 'fraud_case', runtime: sees.region, runtimeCheck: writes.region })
 */
export const sees = {
  /** Police rows with `region_code`: the region's officers and leaders, and the agency's auditors. */
  region: `(${regionStaff} or ${policeAuditor})`,
  /** Another agency's rows with `asker_region`: the officers and leaders of the region that asked. */
  askersRegion: regionStaffBy('asker_region'),
  /** Bank rows with `institution`: that institution's desk and analysts, and auditors. */
  institution: `(${institutionStaff} or ${bankAuditor})`,
  /** Rows of every police member of staff with a business role, and auditors: reference data without persons, as account prefixes. */
  police: `(${isOf('police')} and ${holdsOneOf('INTAKE_OFFICER', 'POLICE_OFFICER', 'DUTY_OFFICER', 'POLICE_LEADER', 'AUDITOR')})`,
  /** The same for banks. */
  banks: `(${isOf('banks')} and ${holdsOneOf('BANK_LIAISON', 'BANK_ANALYST', 'AUDITOR')})`,
} as const;

/** The same reach without auditors, for `runtimeCheck`: who may write such rows at all. */
export const writes = {
  region: regionStaff,
  institution: institutionStaff,
  /** Police rows with `unit_code` alone: its first six digits are the region (GA/T 380). */
  unitsRegion: regionStaffBy('unit_code'),
  /** Rows that any police officer or leader may add, as a notice to another region's unit. */
  police: `(${isOf('police')} and ${holdsOneOf('INTAKE_OFFICER', 'POLICE_OFFICER', 'DUTY_OFFICER', 'POLICE_LEADER')})`,
} as const;

/** A row of which the caller is the author: `actor_id` is the caller's own id. */
export const isOwnAct = `actor_id = ${setting('caller.id')}`;

/**
 * Entries that the auditors of the agency whose database this is read, whoever acted: a guest's look too.
 * One institution's auditors read only what concerns that institution.
 */
export const trailAuditors = `(${holdsOneOf('AUDITOR')} and ${setting('caller.agency')} = ${setting('database.agency')}
  and (${setting('caller.institution')} is null or institution = ${setting('caller.institution')}))`;

/** Rows that an agency's auditors read, one institution's auditors only `institution`'s. */
export const auditorsOnly = `(${holdsOneOf('AUDITOR')} and agency = ${setting('caller.agency')}
  and (${setting('caller.institution')} is null or institution = ${setting('caller.institution')}))`;
