import { parseSha256Hash } from './sha256-hash';

describe('a SHA-256 value', () => {
  it('is read in any case, with or without its name', () => {
    expect(parseSha256Hash('AB'.repeat(32), 'hash')).toBe('ab'.repeat(32));
    expect(parseSha256Hash(` sha256:${'0f'.repeat(32)} `, 'hash')).toBe('0f'.repeat(32));
  });

  it('is not an MD5', () => {
    expect(parseSha256Hash('ab'.repeat(16), 'hash')).toMatchObject({ code: 'HASH_NOT_SHA256', parameters: { found: '32' } });
  });

  it('has hexadecimal characters only, and is required', () => {
    expect(parseSha256Hash('g'.repeat(64), 'hash')).toMatchObject({ code: 'HASH_NOT_SHA256' });
    expect(parseSha256Hash('', 'hash')).toMatchObject({ code: 'VALUE_MISSING' });
  });
});
