import type { Sentences } from '../refusal';

/** Persons, organisations, phones, regions and units. */
export const identityValueRefusals = {
  PHONE_NOT_A_NUMBER: {
    zh: '号码无法识别，请填 11 位手机号、带区号的固定电话，或以 + 开头的境外号码。',
    en: 'Not a phone number; type an 11-digit mobile, a landline with area code, or a foreign number that begins with +.',
  },
  PHONE_WRONG_LENGTH: {
    zh: '手机号应为 11 位，现为 {found} 位，请核对是否多输或漏输。',
    en: 'A mobile has 11 digits; {found} were found. Check for extra or missing digits.',
  },
  PHONE_MASKED: { zh: '号码中含有星号，请填写完整号码。', en: 'The phone number is masked; type all of it.' },
  CITIZEN_ID_WRONG_LENGTH: { zh: '公民身份号码应为 18 位，现为 {found} 位，请核对。', en: 'A citizen id has 18 characters; {found} were found. Check it.' },
  CITIZEN_ID_FIFTEEN_DIGITS: {
    zh: '这是旧的 15 位号码，请按现行证件填写 18 位号码。',
    en: 'This is an old 15-digit number; enter the 18 characters of the present card.',
  },
  CITIZEN_ID_BAD_CHARACTER: { zh: '公民身份号码前 17 位为数字，末位为数字或 X，请核对。', en: 'A citizen id has 17 digits and then a digit or X; check it.' },
  CITIZEN_ID_BIRTH_DATE: {
    zh: '号码中的出生日期不存在或晚于今天，请核对第 7 至 14 位。',
    en: 'Its date of birth does not exist or lies in the future; check characters 7 to 14.',
  },
  CITIZEN_ID_CHECK_DIGIT: { zh: '公民身份号码校验位不符，请逐位核对。', en: 'The check digit is wrong; compare it character by character.' },
  ID_MASKED: { zh: '证件号码中含有星号，请填写完整号码。', en: 'The id number is masked; type all of it.' },
  ID_NUMBER_FORM: { zh: '证件号码不符合“{kindZh}”的格式，请核对证件种类和号码。', en: 'Not the form of a {kindEn}; check the kind of document and its number.' },
  CREDIT_CODE_WRONG_LENGTH: {
    zh: '统一社会信用代码应为 18 位，现为 {found} 位，请核对。',
    en: 'A unified social credit code has 18 characters; {found} were found. Check it.',
  },
  CREDIT_CODE_BAD_CHARACTER: {
    zh: '统一社会信用代码不使用字母 I、O、S、V、Z，请核对是否为数字 1、0、5、2。',
    en: 'Credit codes do not use I, O, S, V or Z; check for the digits 1, 0, 5 and 2.',
  },
  CREDIT_CODE_CHECK_DIGIT: { zh: '统一社会信用代码校验位不符，请对照营业执照核对。', en: 'The check character is wrong; compare it with the business licence.' },
  REGION_NOT_SIX_DIGITS: {
    zh: '行政区划代码应为 6 位数字，例如 110105，请从列表中选择。',
    en: 'A region code has six digits, as in 110105; pick it from the list.',
  },
  REGION_CITY_NEEDED: { zh: '请选到市一级，不能只选省。', en: 'Choose a city, not only a province.' },
  REGION_COUNTY_NEEDED: { zh: '请选到县（区）一级，不能只选省或市。', en: 'Choose a county or district, not only a province or city.' },
  REGION_UNKNOWN: {
    zh: '行政区划代码的省份不在代码表内，请核对。',
    en: 'The province of this region code was never assigned; check it.',
  },
  REGION_NOT_IN_FORCE: {
    zh: '行政区划代码已撤销或未启用，请核对现行代码。',
    en: 'This region code was abolished or never assigned; check the present code.',
  },
  POLICE_UNIT_FORM: {
    zh: '公安机关机构代码应为 12 位数字，前 6 位为行政区划代码，请从单位列表中选择。',
    en: 'A police unit code has 12 digits of which the first six are a region; pick it from the list.',
  },
  NAME_MASKED: { zh: '姓名中含有星号，请填写全名。', en: 'The name is masked; type all of it.' },
  NAME_TOO_SHORT: { zh: '姓名至少两个字，请填写全名。', en: 'A name has at least two characters; type all of it.' },
  NAME_TOO_LONG: {
    zh: '名称最多 {longest} 字，请核对是否误粘贴了其他内容。',
    en: 'A name has at most {longest} characters; check whether something else was pasted.',
  },
  NAME_ASCII_DOT: { zh: '姓名中的间隔号请用“·”（中文间隔号），不要用英文句点。', en: 'Between parts of a name use the middle dot ·, not a full stop.' },
  NAME_INVISIBLE: { zh: '姓名中有看不见的字符，请删除后重新输入。', en: 'The name contains invisible characters; delete it and type it anew.' },
  NAME_BAD_CHARACTER: {
    zh: '姓名中有数字或符号，请核对是否填错了栏目。',
    en: 'The name contains digits or symbols; check whether it belongs in another field.',
  },
} as const satisfies Record<string, Sentences>;
