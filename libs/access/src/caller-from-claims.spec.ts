import { roles, type Role } from '@lianfang/vocabulary';
import { aCaller, callers, standardClaims } from '@lianfang/testing';
import { callerFromClaims, NotAuthenticated } from './index';

const claimsOf = (over: Record<string, unknown> = {}): Record<string, unknown> => ({ ...standardClaims(callers.officer, 'issuer'), ...over });
const holding = (...held: string[]) => ({ realm_access: { roles: held } });
const outcomeOf = (claims: Record<string, unknown>): string => {
  try {
    return callerFromClaims(claims).roles.join(' + ');
  } catch (error) {
    if (!(error instanceof NotAuthenticated)) throw error;
    return error.code;
  }
};

test.each(Object.keys(roles) as Role[])('%s is read back from its own claims', (role) => {
  const caller = aCaller(role);

  expect(callerFromClaims(standardClaims(caller, 'issuer'))).toEqual(caller);
});

test("roles of the identity provider's own are ignored; none of ours is no caller", () => {
  expect(outcomeOf(claimsOf(holding('offline_access', 'POLICE_OFFICER', 'uma_authorization')))).toBe('POLICE_OFFICER');
  expect(outcomeOf(claimsOf(holding('offline_access', 'constructor', '__proto__')))).toBe('NO_ROLE');
  expect(outcomeOf(claimsOf({ realm_access: undefined }))).toBe('NO_ROLE');
  expect(outcomeOf(claimsOf({ realm_access: { roles: 'POLICE_OFFICER' } }))).toBe('NO_ROLE');
});

test('two business roles of one agency go together', () => {
  expect(outcomeOf(claimsOf(holding('INTAKE_OFFICER', 'POLICE_OFFICER')))).toBe('INTAKE_OFFICER + POLICE_OFFICER');
});

test.each([
  ['AUDITOR', 'SECURITY_ADMINISTRATOR'],
  ['SECURITY_ADMINISTRATOR', 'SYSTEM_ADMINISTRATOR'],
  ['SYSTEM_ADMINISTRATOR', 'POLICE_OFFICER'],
  ['AUDITOR', 'POLICE_LEADER'],
])('%s and %s on one person are refused', (...held) => {
  expect(outcomeOf(claimsOf(holding(...held)))).toBe('ROLES_CONFLICT');
});

test.each([
  ['a bank role at the police', { ...holding('BANK_LIAISON'), institution: 'B001' }, 'WRONG_AGENCY'],
  ['roles of two agencies', holding('POLICE_OFFICER', 'BANK_LIAISON'), 'WRONG_AGENCY'],
  ['no agency', { agency: undefined }, 'WRONG_AGENCY'],
  ['an agency that is none', { agency: 'courts' }, 'WRONG_AGENCY'],
  ['police without unit', { unit: undefined, region: undefined }, 'UNIT_MISSING'],
  ['police with a region alone', { unit: undefined }, 'UNIT_MISSING'],
  ['a unit of six digits', { unit: '990101' }, 'CLAIMS_MALFORMED'],
  ['a region that holds every region', { region: '000000' }, 'CLAIMS_MALFORMED'],
  ['a region that is a pattern', { region: '99%' }, 'CLAIMS_MALFORMED'],
  ['bank staff without institution', { ...holding('BANK_ANALYST'), agency: 'banks' }, 'INSTITUTION_MISSING'],
  ['an institution with a quote', { ...holding('BANK_ANALYST'), agency: 'banks', institution: "B001'" }, 'CLAIMS_MALFORMED'],
  ['a token that speaks for the clock', { sub: 'clock' }, 'CLAIMS_MALFORMED'],
  ['a token that speaks for a partner', { sub: 'partner:banks' }, 'CLAIMS_MALFORMED'],
  ['no subject', { sub: undefined }, 'CLAIMS_MALFORMED'],
])('refuses %s', (_, over, code) => {
  expect(outcomeOf(claimsOf(over))).toBe(code);
});

test("the region is the unit's first six digits unless stated", () => {
  expect(callerFromClaims(claimsOf({ region: undefined })).region).toBe('990101');
  expect(callerFromClaims(claimsOf({ region: '990100' })).region).toBe('990100');
});
