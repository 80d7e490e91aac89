import { administratorRoles, agencies, clockCaller, partnerCaller, roles, type Caller, type Role } from '@lianfang/vocabulary';
import { aCaller, callers, units } from '@lianfang/testing';
import { fieldPermissions, mayDo, permissionFor, permissionKeys, sideOfAgency } from './index';

const everyRole = Object.keys(roles) as Role[];
const codeOf = (caller: Caller, key: string, target?: Parameters<typeof mayDo>[2]): string => mayDo(caller, key, target)?.code ?? 'allowed';

/** Every role; those that any agency may have, in each of the two agencies. */
const staff: [string, Caller][] = everyRole.flatMap((role): [string, Caller][] =>
  roles[role].agency === 'any' ? (['police', 'banks'] as const).map((agency) => [`${role} of ${agency}`, aCaller(role, { agency })]) : [[role, aCaller(role)]],
);

/** What a key allows, as a lawyer reads it: role and reach, then the sides without a person. */
function reachOf(key: string): string {
  const places = { unit: { unit: units.bureau }, region: { region: '990101' }, institution: { institution: 'B001' }, 'other place': { unit: units.elsewhere, region: '980201', institution: 'B002' } };
  const persons = staff.flatMap(([who, caller]) => {
    const allowed = Object.entries(places).filter(([, target]) => codeOf(caller, key, target) === 'allowed');
    return allowed.length > 0 ? [`${who} (${allowed.map(([place]) => place).join(', ')})`] : [];
  });
  const machines = agencies.flatMap((home) => [clockCaller(home), ...agencies.map((from) => partnerCaller(home, from))]);
  const able = machines.filter((caller) => mayDo(caller, key) === undefined).map(({ id, agency }) => `${id} in ${agency}`);
  return [...persons, ...able].join(' · ') || 'nobody';
}


test('every role × every key × every place, machines included: the reviewed table', () => {
  const table = permissionKeys.map((key) => `${key}: ${reachOf(key)}`).join('\n');

  expect(`\n${table}\n`).toMatchSnapshot();
});

test('whatever is not written down is nobody\'s', () => {
  expect(() => mayDo(callers.leader, 'fraud-case.DELETE')).toThrow('no permission is written down');
  expect(() => permissionFor('constructor')).toThrow('no permission is written down');
});

test('administrators hold no business permission', () => {
  const business = permissionKeys.filter((key) => !/^(audit-entry|exchange)\.|\.read$/.test(key));

  for (const key of business) for (const role of administratorRoles) expect([key, role, role in permissionFor(key).roles]).toEqual([key, role, false]);
});

test('nobody but business staff sees a full value', () => {
  for (const role of ['AUDITOR', 'SECURITY_ADMINISTRATOR', 'SYSTEM_ADMINISTRATOR', 'COORDINATOR'] as const) {
    for (const key of permissionKeys.filter((one) => one.startsWith('full.'))) expect([role, key, codeOf(aCaller(role), key)]).toEqual([role, key, 'NOT_ALLOWED']);
  }
});

test('a coordinator may do nothing that touches a case or an order', () => {
  expect(permissionKeys.filter((key) => mayDo(callers.coordinator, key) === undefined)).toEqual([]);
});

test('a unit reaches itself, a duty desk its region, a leader what lies below', () => {
  const propose = 'stop-payment-request.PROPOSE';
  const bureau = { unit: units.bureau, region: '990101' };
  const neighbour = { unit: units.neighbour, region: '990102' };

  expect([callers.officer, callers.officerOfStation, callers.dutyOfficer, callers.dutyOfficerOfCity].map((caller) => codeOf(caller, propose, bureau))).toEqual(['allowed', 'OUTSIDE_YOUR_SCOPE', 'allowed', 'allowed']);
  expect([callers.officer, callers.dutyOfficer, callers.dutyOfficerOfCity, callers.dutyOfficerElsewhere].map((caller) => codeOf(caller, propose, neighbour))).toEqual(['OUTSIDE_YOUR_SCOPE', 'OUTSIDE_YOUR_SCOPE', 'allowed', 'OUTSIDE_YOUR_SCOPE']);
  expect([callers.leader, callers.leaderOfCity, callers.leaderOfProvince, callers.leaderElsewhere].map((caller) => codeOf(caller, 'stop-payment-request.APPROVE', neighbour))).toEqual(['OUTSIDE_YOUR_SCOPE', 'allowed', 'allowed', 'OUTSIDE_YOUR_SCOPE']);
});

test('a thing without a place is out of reach, a question without a thing is not', () => {
  expect(codeOf(callers.officer, 'fraud-case.REPORT', {})).toBe('OUTSIDE_YOUR_SCOPE');
  expect(codeOf(callers.leader, 'fraud-case.OPEN', { region: null })).toBe('OUTSIDE_YOUR_SCOPE');
  expect(codeOf(callers.liaison, 'stop-payment-order.CLAIM', { institution: null })).toBe('OUTSIDE_YOUR_SCOPE');
  expect(codeOf(callers.officer, 'fraud-case.REPORT')).toBe('allowed');
});

test("an institution's auditor reads that institution, the agency's auditor all of them", () => {
  const read = 'stop-payment-order.read';

  expect(['B001', 'B002'].map((institution) => codeOf(callers.auditorOfB001, read, { institution }))).toEqual(['allowed', 'OUTSIDE_YOUR_SCOPE']);
  expect(['B001', 'B002'].map((institution) => codeOf(callers.bankAuditor, read, { institution }))).toEqual(['allowed', 'allowed']);
  expect(codeOf(callers.policeAuditor, read, { institution: 'B001' })).toBe('NOT_ALLOWED');
});

test('a refusal names the roles that may, in both languages', () => {
  expect(mayDo(callers.officer, 'fraud-case.OPEN')).toEqual({ code: 'NOT_ALLOWED', law: null, path: null, parameters: { roles: 'POLICE_LEADER', rolesZh: '公安机关负责人', rolesEn: 'police leader' } });
});

test('each row belongs to the agency of its roles, and no agency is its own partner', () => {
  for (const key of permissionKeys) {
    const { agencies: homes, roles: able, machines = [] } = permissionFor(key);
    const foreign = (Object.keys(able) as Role[]).filter((role) => roles[role].agency !== 'any' && !homes.some((home) => home === roles[role].agency));
    const own = machines.filter((side) => homes.some((home) => sideOfAgency(home) === side));

    expect([key, foreign, own]).toEqual([key, [], []]);
  }
});

test('the field rows hold the types that every subgraph shares', () => {
  expect(Object.keys(fieldPermissions)).toEqual(expect.arrayContaining(['Money', 'Disclosure', 'Refusals', 'PageInfo']));
});
