import { oneTimeCode } from './one-time-code';

// RFC 6238, appendix B, for SHA-1, the last six of the eight digits.
test.each([
  [59, '287082'],
  [1_111_111_109, '081804'],
  [20_000_000_000, '353130'],
])('at second %s the code is that of the standard', (second, code) => {
  expect(oneTimeCode('12345678901234567890', second * 1000)).toBe(code);
});
