import { maskName, nameKey, parseHolderName, parsePersonName, sameName } from './person-name';

const result = (text: string) => {
  const name = parsePersonName(text, 'name');
  return typeof name === 'string' ? name : name.code;
};

describe('a person’s name', () => {
  it.each([
    ['张三', '张三'],
    ['　张三 ', '张三'],
    ['张　三', '张三'],
    ['阿迪力·吐尔逊', '阿迪力·吐尔逊'],
    ['阿迪力•吐尔逊', '阿迪力·吐尔逊'],
    ['阿迪力 ・ 吐尔逊', '阿迪力·吐尔逊'],
    ['Jose\u0301  Pérez', 'José Pérez'],
    ["O'Neil J. Smith-Jones", "O'Neil J. Smith-Jones"],
    ['𠮷田', '𠮷田'],
  ])('reads "%s"', (text, name) => {
    expect(result(text)).toBe(name);
  });

  it.each([
    ['', 'VALUE_MISSING'],
    ['张*', 'NAME_MASKED'],
    ['＊三', 'NAME_MASKED'],
    ['张', 'NAME_TOO_SHORT'],
    ['𠮷', 'NAME_TOO_SHORT'],
    ['阿迪力.吐尔逊', 'NAME_ASCII_DOT'],
    ['阿迪力．吐尔逊', 'NAME_ASCII_DOT'],
    ['张\u200b三', 'NAME_INVISIBLE'],
    ['张三1', 'NAME_BAD_CHARACTER'],
    ['13800138000', 'NAME_BAD_CHARACTER'],
    ['张三（本人）', 'NAME_BAD_CHARACTER'],
    ['张'.repeat(121), 'NAME_TOO_LONG'],
  ])('refuses "%s" as %s', (text, code) => {
    expect(result(text)).toBe(code);
  });
});

describe('the name of an account’s holder', () => {
  it('may be an organisation’s, with digits and brackets', () => {
    expect(parseHolderName('虚构第1商贸（测试）有限公司', 'holder')).toBe('虚构第1商贸（测试）有限公司');
  });

  it('is refused when it carries control characters or tags', () => {
    expect(parseHolderName('甲乙\u0007丙', 'holder')).toMatchObject({ code: 'NAME_BAD_CHARACTER' });
    expect(parseHolderName('<b>甲乙</b>', 'holder')).toMatchObject({ code: 'NAME_BAD_CHARACTER' });
  });

  it('has a letter: a number pasted into its field is refused', () => {
    expect(parseHolderName('990011223344', 'holder')).toMatchObject({ code: 'NAME_BAD_CHARACTER' });
  });
});

describe('two writings of a name', () => {
  it('are the same through width, spaces, case, dots and brackets', () => {
    expect(sameName('阿迪力·吐尔逊', '阿迪力.吐尔逊')).toBe(true);
    expect(sameName('阿迪力·吐尔逊', '阿迪力・吐尔逊')).toBe(true);
    expect(sameName('虚构（测试）公司', '虚构(测试)公司 ')).toBe(true);
    expect(sameName('Li Lei', 'LI  LEI')).toBe(true);
    expect(sameName('ＡＢ公司', 'ab公司')).toBe(true);
  });

  it('differ in every other character', () => {
    expect(sameName('张三', '张叁')).toBe(false);
    expect(sameName('张三', '张三丰')).toBe(false);
    expect(nameKey('')).toBe('');
  });
});

it('a masked name keeps its first character and its dot', () => {
  expect(maskName('张三丰')).toBe('张**');
  expect(maskName('阿迪力·吐尔逊')).toBe('阿**·***');
});
