import { isBlank, hasInvisible, isMaskedText, maskAllBut, normaliseGrouped, normaliseTyped } from './typed-text';

describe('typed text', () => {
  it('reads full-width letters and digits as the half-width ones that were meant', () => {
    expect(normaliseTyped('　ＡＢ１２　３ ')).toBe('AB12 3');
  });

  it('drops what nobody sees', () => {
    expect(normaliseTyped('\ufeff6222\u200b0001')).toBe('62220001');
    expect(hasInvisible('张\u200b三')).toBe(true);
    expect(hasInvisible('张三')).toBe(false);
    expect(hasInvisible('张\u200b三')).toBe(true);
  });

  it('closes the groups in which people type numbers', () => {
    expect(normaliseGrouped(' 6222 0000\t0000 0001\n')).toBe('6222000000000001');
  });

  it('knows a blanked number by its stars, of either width', () => {
    expect(['6222****0001', '张＊', '*三'].map(isMaskedText)).toEqual([true, true, true]);
    expect(isMaskedText('62220001')).toBe(false);
  });

  it('blanks a text that is too short to show anything', () => {
    expect(maskAllBut('1234', 4)).toBe('****');
    expect(maskAllBut('12345', 4)).toBe('*2345');
  });
});

test('a text of spaces and invisible characters is blank, in either width', () => {
  expect([undefined, null, '', ' \t', '\u3000', '\u200b'].every(isBlank)).toBe(true);
  expect(isBlank('\u200b0')).toBe(false);
});
