import { Sealed } from '@lianfang/database';
import { isPhoneUnsafe, mayBeMessaged } from './message-safety.rules';

const adult = { isMinor: false, isDeceased: false, phoneSealed: Sealed.of('+8619900000001') };
const safe = { phoneControlled: false, callsForwarded: false, screenShared: false };

it('a message may go to an adult on a phone that nobody else holds', () => {
  expect(mayBeMessaged(adult, safe)).toBe(true);
});

it('no message goes to a child, the dead, or somebody without a phone', () => {
  expect(mayBeMessaged({ ...adult, isMinor: true }, safe)).toBe(false);
  expect(mayBeMessaged({ ...adult, isDeceased: true }, safe)).toBe(false);
  expect(mayBeMessaged({ ...adult, phoneSealed: null }, safe)).toBe(false);
});

it.each(['phoneControlled', 'callsForwarded', 'screenShared'] as const)('no message goes to a phone with the flag %s', (flag) => {
  expect(isPhoneUnsafe({ ...safe, [flag]: true })).toBe(true);
  expect(mayBeMessaged(adult, { ...safe, [flag]: true })).toBe(false);
});
