import type { Sentences } from '../refusal';

/** Amounts, accounts, bank codes and payees. */
export const moneyValueRefusals = {
  AMOUNT_NOT_A_NUMBER: { zh: '金额无法识别，请以元为单位只填数字，例如 3000.00。', en: 'Not an amount; type digits in yuan, as in 3000.00.' },
  AMOUNT_WITH_SEPARATOR: { zh: '金额请不要带千分位逗号或空格，例如三万元填 30000。', en: 'Leave out commas and spaces between digits, as in 30000.' },
  AMOUNT_WITH_UNIT: { zh: '金额以元为单位，请不要写“元”“万”等字，例如三万元填 30000。', en: 'Leave out units such as 元 or 万 and type plain yuan, as in 30000.' },
  AMOUNT_NEGATIVE: { zh: '金额不能为负数，请核对凭证后填写。', en: 'An amount cannot be negative; check the voucher.' },
  AMOUNT_ZERO: { zh: '金额不能为零，请核对凭证后填写。', en: 'An amount cannot be zero; check the voucher.' },
  AMOUNT_TOO_PRECISE: { zh: '金额最多两位小数（精确到分），请核对。', en: 'At most two decimals (one fen); check the amount.' },
  AMOUNT_TOO_LARGE: { zh: '金额超过一千亿元，请核对是否多输了数字。', en: 'More than ¥100 billion; check for extra digits.' },
  ACCOUNT_MASKED: {
    zh: '账号中含有星号，请填写完整账号；截图看不到时可向汇出行查询。',
    en: 'The account number is masked; type all of it, or ask the paying bank for it.',
  },
  ACCOUNT_CUT_BY_SPREADSHEET: {
    zh: '账号已被表格软件改成科学计数法，后几位已丢失；请把该列设为“文本”后重新填写完整账号。',
    en: 'A spreadsheet turned the account number into scientific notation and lost its last digits; format the column as text and enter it again.',
  },
  ACCOUNT_MAYBE_CUT: {
    zh: '账号第 15 位以后全为 0 且校验位不符，可能被表格软件截断，请对照凭证核对。',
    en: 'All digits after the 15th are 0 and the check digit is wrong; a spreadsheet may have cut it. Compare it with the voucher.',
  },
  ACCOUNT_WRONG_LENGTH: {
    zh: '账号应为 5 至 32 位，现为 {found} 位，请核对。',
    en: 'An account number has 5 to 32 characters; {found} were found. Check it.',
  },
  ACCOUNT_BAD_CHARACTER: {
    zh: '账号只能含数字和字母；子账户请写作“主账号_识别号”。',
    en: 'Only digits and letters; write a sub-account as main account, underscore, sub-account number.',
  },
  CARD_CHECK_DIGIT: {
    zh: '卡号校验位不符，请对照凭证核对；存折和对公账户可忽略。',
    en: 'The card check digit is wrong; compare it with the voucher (passbooks and corporate accounts have none).',
  },
  BANK_CODE_NOT_TWELVE_DIGITS: {
    zh: '联行号应为 12 位数字，现为 {found} 位，请核对。',
    en: 'A bank branch code has 12 digits; {found} characters were found. Check it.',
  },
  BANK_CODE_IS_SWIFT: { zh: '这是 SWIFT 代码，请填写 12 位联行号。', en: 'This is a SWIFT code; enter the 12-digit bank branch code.' },
  BANK_CODE_CHECK_DIGIT: { zh: '联行号校验位不符，请核对。', en: 'The check digit of the bank branch code is wrong; check it.' },
  PAYEE_IDENTIFIER_FORM: {
    zh: '收款标识应为 {shortest} 至 {longest} 位数字、字母或常用符号，不含空格和星号，请核对。',
    en: 'The payee identifier has {shortest} to {longest} characters without spaces or asterisks; check it.',
  },
  PAYEE_NOT_STOPPABLE: {
    zh: '此类收款方不能用止付指令处置，请按所列建议办理。',
    en: 'A stop order cannot reach this kind of payee; follow the advice given for it.',
  },
  INSTITUTION_UNKNOWN: {
    zh: '尚不知开户机构，请按账号前缀或凭证补填后再发指令。',
    en: 'The institution is not known yet; add it from the number prefix or the voucher before ordering.',
  },
  INSTITUTION_CODE_FORM: {
    zh: '机构代码应为 1 至 14 位数字或大写字母，请从机构列表中选择。',
    en: 'An institution code has 1 to 14 digits or letters; pick it from the list.',
  },
  CHAIN_MISSING: {
    zh: '请选择链（例如 TRON、Ethereum）；同一地址格式可能用于多条链。',
    en: 'Choose the chain (TRON, Ethereum …); several chains share one form of address.',
  },
  CHAIN_ADDRESS_FORM: { zh: '地址不符合{chainZh}的格式，请从原始记录中完整复制。', en: 'Not an address of {chainEn}; copy all of it from the original record.' },
  CHAIN_ADDRESS_OF_OTHER_CHAIN: {
    zh: '这是{foundZh}的地址，所选链为{chainZh}；请核对是 TRC20 还是 ERC20 等。',
    en: 'This is an address of {foundEn}, but {chainEn} was chosen; check whether it was TRC20, ERC20 or another.',
  },
} as const satisfies Record<string, Sentences>;
