import { parseFreeText } from './free-text';

const read = (text: string) => parseFreeText(text, 'reason', 10);

test('free text keeps its lines, its marks and what looks like a program', () => {
  expect(read(' 第一行\n\t“二” ')).toBe('第一行\n\t“二”');
  expect(read('<b>&\'"</b>')).toBe('<b>&\'"</b>');
  expect(read('阿·迪 😀')).toBe('阿·迪 😀');
});

test.each([
  ['blank', ' 　\n', 'VALUE_MISSING'],
  ['too long', '一二三四五六七八九十百', 'VALUE_TOO_LONG'],
  ['with a character that a database cannot keep', '甲\u0000乙', 'VALUE_UNWRITABLE'],
  ['with a control character of a terminal', '甲\u001b[2J', 'VALUE_UNWRITABLE'],
  ['with half an emoji', '甲\ud83d乙', 'VALUE_UNWRITABLE'],
])('free text is refused when it is %s', (_what, text, code) => {
  expect(read(text)).toMatchObject({ code, path: 'reason' });
});

test('length counts characters as people do', () => {
  expect(read('😀'.repeat(10))).toBe('😀'.repeat(10));
});
