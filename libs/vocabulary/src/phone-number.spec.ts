import { maskPhone, parsePhoneNumber, type PhoneNumber } from './phone-number';
import { isRefusal } from './refusal';

const parsed = (text: string) => parsePhoneNumber(text, 'phone');
const known = (text: string): PhoneNumber => {
  const phone = parsed(text);
  if (isRefusal(phone)) throw new Error(phone.code);
  return phone;
};

describe('a phone number', () => {
  it.each([
    '13800138000', '+86 138 0013 8000', '0086-138-0013-8000', '8613800138000', '+86+8613800138000', '+868613800138000',
    '１３８００１３８０００', '17951 13800138000', '013800138000', '\u202d13800138000\u202c',
  ])('is one mobile however it is typed: %s', (text) => {
    expect(parsed(text)).toEqual({ kind: 'MOBILE', number: '+8613800138000' });
  });

  it.each([
    ['010-62345678', 'LANDLINE', '+861062345678'],
    ['+86 10 6234 5678', 'LANDLINE', '+861062345678'],
    ['+86 010 6234 5678', 'LANDLINE', '+861062345678'],
    ['(0755)12345678', 'LANDLINE', '+8675512345678'],
    ['0311-8888888', 'LANDLINE', '+863118888888'],
    ['1064012345678', 'IOT', '1064012345678'],
    ['144100000000', undefined, undefined],
    ['1441000000000', 'IOT', '1441000000000'],
    ['400-812-3456', 'SERVICE', '4008123456'],
    ['+86 400 812 3456', 'SERVICE', '4008123456'],
    ['95588', 'SERVICE', '95588'],
    ['96110', 'SPECIAL', '96110'],
    ['12381', 'SPECIAL', '12381'],
    ['110', 'SPECIAL', '110'],
    ['119', 'SPECIAL', '119'],
    ['120', 'SPECIAL', '120'],
    ['10086', 'SPECIAL', '10086'],
    ['10690000', 'SMS_PORT', '10690000'],
    ['106912345678901', 'SMS_PORT', '106912345678901'],
    ['+1 202-555-0123', 'FOREIGN', '+12025550123'],
    ['00852 9123 4567', 'FOREIGN', '+85291234567'],
  ])('reads %s as %s', (text, kind, number) => {
    const phone = parsed(text);
    expect(isRefusal(phone) ? { kind: undefined, number: undefined } : phone).toEqual({ kind, number });
  });

  it.each([
    ['138001380001', 'PHONE_WRONG_LENGTH'],
    ['1380013800', 'PHONE_WRONG_LENGTH'],
    ['138****8000', 'PHONE_MASKED'],
    ['12345678', 'PHONE_WRONG_LENGTH'],
    ['微信', 'PHONE_NOT_A_NUMBER'],
    ['+999123456789', 'PHONE_NOT_A_NUMBER'],
    ['+86', 'PHONE_NOT_A_NUMBER'],
    ['  ', 'VALUE_MISSING'],
  ])('refuses "%s" as %s', (text, code) => {
    expect(parsed(text)).toMatchObject({ code, path: 'phone' });
  });

  it('says how many digits a mobile of the wrong length has', () => {
    expect(parsed('138001380001')).toMatchObject({ parameters: { found: '12' } });
  });

  it('shows three and four digits of a mobile, four of other numbers, and all of a number that is nobody’s', () => {
    expect(maskPhone(known('13800138000'))).toBe('138****8000');
    expect(maskPhone(known('010-62345678'))).toBe('****5678');
    expect(maskPhone(known('96110'))).toBe('96110');
  });
});
