import { inventPerson, people } from '@lianfang/testing';
import { mask } from './index';

test('a name keeps its first character, an id its region and end, an account its last four', () => {
  const { name, idNumber, account, phone } = people.holder;

  expect(mask('name', name)).toBe(`${name.charAt(0)}${'*'.repeat(name.length - 1)}`);
  expect(mask('id-number', idNumber)).toMatch(/^990\*+.{4}$/);
  expect(mask('account', account)).toBe('*'.repeat(15) + account.slice(-4));
  expect(mask('account', `${account}_00001`)).toBe('*'.repeat(15) + account.slice(-4));
  expect(mask('phone', phone)).toBe(`199****${phone.slice(-4)}`);
  expect(mask('phone', `+86${phone}`)).toBe(`199****${phone.slice(-4)}`);
  expect(mask('text', '任意叙述')).toBe('***');
});

test('no mask of any invented person gives the value away', () => {
  for (let seed = 0; seed < 200; seed += 1) {
    const { name, idNumber, account, phone } = inventPerson(seed);
    const masks = [mask('name', name), mask('id-number', idNumber), mask('account', account), mask('phone', phone), mask('phone', 'not a phone 123456')];

    for (const masked of masks) expect(masked).toContain('**');
    expect(masks.some((masked) => [name, idNumber, account, phone].includes(masked))).toBe(false);
  }
});
