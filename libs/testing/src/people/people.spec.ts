import { isRefusal, parseAccountNumber, accountNumberWarnings, parseCitizenId, parsePersonName, parsePhoneNumber, provinceOf } from '@lianfang/vocabulary';
import { callerFromClaims } from '@lianfang/access';
import { callers, inventedRegions, inventPerson, people, standardClaims } from '../index';

const now = new Date('2026-05-01T00:00:00.000Z');
const everybody = [...Object.values(people), ...Array.from({ length: 300 }, (_, seed) => inventPerson(seed))];

test('invented people pass every check of the standards', () => {
  for (const { name, idNumber, phone, account } of everybody) {
    expect(parsePersonName(name, 'name')).toBe(name);
    expect([idNumber, isRefusal(parseCitizenId(idNumber, 'id', now))]).toEqual([idNumber, false]);
    expect(parsePhoneNumber(phone, 'phone')).toMatchObject({ kind: 'MOBILE' });
    const number = parseAccountNumber(account, 'account');
    if (isRefusal(number)) throw new Error(`refused: ${number.code}`);
    expect(accountNumberWarnings(number, 'account')).toEqual([]);
  }
});

test('no invented person can be a living one: their region was never assigned', () => {
  for (const { idNumber } of everybody) expect(provinceOf(idNumber.slice(0, 6))).toBeUndefined();
  for (const region of Object.values(inventedRegions)) expect(provinceOf(region)).toBeUndefined();
});

test('the people of the parts are all different', () => {
  const values = Object.values(people);
  for (const field of ['name', 'idNumber', 'phone', 'account'] as const) expect(new Set(values.map((person) => person[field])).size).toBe(values.length);
});

test('every invented caller is accepted from a token, each with an id of its own', () => {
  for (const caller of Object.values(callers)) expect(callerFromClaims(standardClaims(caller, 'issuer'))).toEqual(caller);
  expect(new Set(Object.values(callers).map(({ id }) => id)).size).toBe(Object.keys(callers).length);
});
