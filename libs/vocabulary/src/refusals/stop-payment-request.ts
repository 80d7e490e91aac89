import type { Sentences } from '../refusal';

/** Why a proposal is refused. */
const proposalRefusals = {
  BATCH_EMPTY: { zh: '请至少填写一笔需要止付的款项。', en: 'Name at least one payment to stop.' },
  BATCH_TOO_LONG: { zh: '一批最多 {most} 笔，请分批提交。', en: 'At most {most} in one batch; submit the rest as another batch.' },
  REASON_ONLY_NUMBER: { zh: '理由不能只写编号，请用文字写明。', en: 'A number alone is no reason; say it in words.' },
  CASE_NOT_ACCEPTED: { zh: '案件尚未受理，请先受理再提交止付。', en: 'The case has not been accepted; accept it first, then propose the stop.' },
  FORM_MISSING: { zh: '《紧急止付申请表》未签或补签已超期，请先由报案人签署。', en: 'The stop-payment form is not signed or its catch-up time has passed; have the reporter sign it first.' },
  TRANSFER_OR_PAYEE: { zh: '请选择案件中的一笔转账，或填写收款方信息，二者择一。', en: 'Choose a transfer of the case or type the payee, one of the two.' },
  TRANSFER_NOT_OF_CASE: { zh: '此案中没有这笔转账，请刷新后从列表中选择。', en: 'The case has no such transfer; refresh and choose from the list.' },
  NAME_OR_UNKNOWN: { zh: '请填写户名；不知道时请勾选“户名未知”，银行将按其余信息核对。', en: "Give the holder's name, or say that it is unknown; the bank then matches the rest." },
  NAME_AND_UNKNOWN: { zh: '已填写户名又勾选了“户名未知”，请保留其一。', en: "A holder's name is given and also marked unknown; keep one of the two." },
  HOLD_AMBIGUOUS: { zh: '全户止付不应再填限额，请保留其一。', en: 'A stop of the whole account has no amount; keep one of the two.' },
  HOLD_ABOVE_TRANSFER: { zh: '限额不能超过涉案转入金额（{most} 元），请核对。', en: 'The amount cannot exceed what was paid in ({most} yuan); check it.' },
  PAYEE_CANNOT_BE_STOPPED: { zh: '{kindZh}不能止付。{adviceZh}', en: 'A stop order cannot reach this kind of payee ({kindEn}). {adviceEn}' },
  INSTITUTION_NOT_LISTED: { zh: '机构 {institution} 不在机构目录中，请从列表中选择其总行或支付机构。', en: 'Institution {institution} is not in the directory; pick its head office from the list.' },
  PAYING_ACCOUNT: { zh: '这是被害人自己的付款账户，不适用紧急止付；请改用保护性止付。', en: "This is the victim's own paying account; a stop order does not apply. Ask for a protective hold instead." },
  ACCOUNT_TWICE_IN_BATCH: { zh: '同一账户在本批第 {position} 行已列，一个账户只发一份指令，请删去重复行。', en: 'Row {position} of this batch names the same account; one order per account, remove the repeat.' },
  STOP_UNDER_WAY: { zh: '本案对该账户的止付已提交，正在等待审批或银行答复，请勿重复提交。', en: 'A stop of this account in this case is waiting for approval or for the bank; do not submit it again.' },
  SECOND_STOP_BY_REQUEST: { zh: '本案已止付过该账户，请在原止付上点“再次止付”并写明理由。', en: 'This case has stopped the account before; ask for the second stop on that request, with a reason.' },
  THIRD_STOP: { zh: '同一账户止付以两次为限，本单位已用完；请在到期前办理冻结。', en: 'An account may be stopped twice, and your unit has used both; apply for a freeze before the stop ends.' },
  EXTERNAL_NUMBER_USED: { zh: '业务申请编号已用于另一止付，请核对（平台会按重复提交退回）。', en: 'The external application number belongs to another stop; check it (the platform returns repeats).' },
  EXTERNAL_MESSAGE_NUMBER_USED: { zh: '平台报文号已用于本单位另一止付，请对照平台核对。', en: "The platform's message number belongs to another stop of your unit; check it on the platform." },
  EXTERNAL_MESSAGE_NUMBER_FORM: { zh: '平台报文号最多 53 位字母、数字或连字符，请核对。', en: "A message number of the platform has at most 53 letters, digits or hyphens; check it." },
  EXTERNAL_NUMBER_FORM: { zh: '业务申请编号最多 36 位字母、数字或连字符，请核对。', en: 'An external application number has at most 36 letters, digits or hyphens; check it.' },
} as const satisfies Record<string, Sentences>;

/** Why a protective hold of a victim's own account is refused. */
const protectiveHoldRefusals = {
  PROTECTIVE_HOLD_NOT_ASKED: { zh: '保护性止付须由账户本人（未成年人由监护人）提出，请确认后勾选。', en: 'A protective hold is asked for by the holder, or a minor\'s guardian; confirm it first.' },
  PROTECTIVE_HOLD_HOLDER_UNKNOWN: { zh: '案件中没有付款账户持有人，请先补录其姓名。', en: 'The case names no holder of a paying account; add the person first.' },
  PROTECTIVE_HOLD_OF_PAYEE: { zh: '该账户是本案的收款账户，请按紧急止付提交。', en: 'This account took money in the case; propose a stop instead.' },
  PROTECTIVE_HOLD_STANDS: { zh: '本案对该账户的保护性止付已提交或正在生效，请勿重复提交。', en: 'A protective hold of this account waits or stands in this case; do not submit it again.' },
  PROTECTIVE_HOLD_ANEW: { zh: '保护性止付不更正、不续止；本人仍需要时请重新提交。', en: 'A protective hold is not corrected or followed by a second; submit a new one if the holder still wants it.' },
} as const satisfies Record<string, Sentences>;

/** Why a table pasted from a sheet is refused, whole or at a row. */
const pastedRowRefusals = {
  ROWS_MALFORMED: { zh: '第 {line} 行的引号不成对，无法分行，请核对后重新粘贴。', en: 'The quotes of line {line} do not match, so rows cannot be told apart; check it and paste again.' },
  ROWS_COLUMN_MISSING: { zh: '表头缺少“{column}”列，请补上后重新粘贴。', en: 'The header has no column "{column}"; add it and paste again.' },
  ROWS_COLUMN_TWICE: { zh: '表头中“{column}”列出现两次，请只保留收款方的一列。', en: "The header has the column \"{column}\" twice; keep the payee's." },
  ROW_TOO_MANY_CELLS: { zh: '本行有 {found} 格，应不超过 {most} 格；金额请不要带逗号。', en: 'The row has {found} cells where {most} are expected; leave commas out of amounts.' },
} as const satisfies Record<string, Sentences>;

/** Why a decision, a correction or a second stop is refused. */
const decisionRefusals = {
  BATCH_DECIDED: { zh: '这批止付已由他人审批，请刷新查看结果。', en: 'This batch has been decided; refresh to see the outcome.' },
  NOTHING_TO_APPROVE: { zh: '没有待审批的止付；如全部不同意，请退回本批。', en: 'Nothing is left to approve; to approve none, return the batch.' },
  LEGAL_DOCUMENT_MISSING: { zh: '请填写止付文书号；文书由办案系统出具，在此登记编号。', en: "Enter the legal document's number; it is issued in the case system and recorded here." },
  LEGAL_DOCUMENT_RECORDED: { zh: '该止付已登记法律文书；登记后不能更换，如有误请联系该机构和系统管理员。', en: 'The stop has its legal document on record, which is not replaced; if it is wrong, call the institution and your administrator.' },
  DOCUMENT_OF_NOTHING: { zh: '这批止付中没有已下达而缺文书的，无需登记。', en: 'No stop of this batch was ordered without its document; there is nothing to record.' },
  OTHER_UNIT_NEEDS_REASON: { zh: '其他单位已对该账户止付，再次止付须写明理由。', en: 'Another unit has stopped this account; a further stop needs a stated reason.' },
  CORRECTION_NOT_POSSIBLE: { zh: '只有因信息不符、查无此户或技术原因未执行的止付可以更正重发。', en: 'Only a stop that was not executed for a mismatch, an unknown account or a technical cause can be corrected and sent again.' },
  CORRECTION_CHANGES_NOTHING: { zh: '更正内容与原信息相同，请修改银行指出的不符项。', en: 'The correction changes nothing; change the field that the bank found different.' },
  NOTHING_TO_RETRY: { zh: '本批没有因技术原因或超时未执行的止付；信息不符的请更正后重发，已重发的请到新批次查看。', en: 'Nothing in this batch failed for a technical cause or lapsed; correct what differs, and look for what was sent again in its new batch.' },
  CORRECTION_UNDER_WAY: { zh: '该止付已更正重发，请在新的止付上继续。', en: 'It has been corrected and sent again; continue with the new request.' },
} as const satisfies Record<string, Sentences>;

/** Doubts that are stored on the request, and lines of notices. */
const stopPaymentWarnings = {
  OTHER_UNIT_ON_ACCOUNT: { zh: '{unit}也在对该账户止付，值班电话 {phone}，请联系。', en: '{unit} is also stopping this account; duty phone {phone}.' },
  INSTITUTION_DIFFERS_FROM_PREFIX: { zh: '所填机构 {stated} 与账号前缀所属机构 {found} 不一致，请对照凭证核对；有误请退回更正。', en: 'The stated institution {stated} is not that of the number prefix, {found}; check the voucher, and return the request if it is wrong.' },
  CORE_CANNOT: { zh: '机构 {institution} 的核心系统不能{cannotZh}，很可能答复“系统不支持此种止付”，请改正或先致电该机构。', en: 'The core system of {institution} cannot {cannotEn} and will likely answer NOT_SUPPORTED; change the request, or call the institution first.' },
  BANK_CLOCK_DIFFERS: { zh: '银行记载的止付时间（{started}）与本系统不符，相差超过 {minutes} 分钟；期限按银行时间计算，请联系核实。', en: "The bank's start ({started}) does not fit our clock by more than {minutes} minutes; the term follows the bank's time. Ask the bank." },
  BANK_TERM_DIFFERS: { zh: '银行报送的到期时间（{found}）不是止付后 48 小时，本系统按 {expected} 计算，请联系核实。', en: "The bank's end ({found}) is not 48 hours after the start; we reckon {expected}. Ask the bank." },
  BANK_ANSWERS_CONFLICT: { zh: '银行先后的答复互相矛盾（{answer}，当前 {state}），已记录，请立即电话核实。', en: "The bank's answers contradict each other ({answer} in state {state}); recorded. Call the bank at once." },
  RELEASED_UNASKED: { zh: '银行称已解除止付，但未发出过解除指令，请立即电话核实。', en: 'The bank says it released the stop although no release was ordered. Call the bank at once.' },
  OUTFLOWS_CUT_OFF: { zh: '流出交易过多，答复中只列出一部分，请发起查询。', en: 'More outflows exist than the answer carries; send an inquiry.' },
} as const satisfies Record<string, Sentences>;

/** Why an outflow did not become a proposal for the next layer; shown beside it. */
const chaseRefusals = {
  CHASE_ACCOUNT_UNKNOWN: { zh: '银行未报送对方账号，请向该行查询。', en: 'The bank did not give the receiving account; ask it.' },
  CHASE_INSTITUTION_UNKNOWN: { zh: '尚不知对方开户机构，请查明后补充止付。', en: 'The receiving institution is not known; find it and propose the stop by hand.' },
  CHASE_LAYER_LIMIT: { zh: '已达追踪层级上限（{limit} 层），如需继续请人工提出。', en: 'The chase ends at layer {limit}; propose further stops by hand.' },
  CHASE_AMOUNT_LIMIT: { zh: '金额低于自动追踪下限（{limit} 元），如需止付请人工提出。', en: 'Below the least amount of the chase ({limit} yuan); propose the stop by hand if it is needed.' },
  CHASE_ALREADY_COVERED: { zh: '该账户在本案中已有止付。', en: 'The case already has a stop on this account.' },
  CHASE_BATCH_LIMIT: { zh: '一次最多自动提出 {limit} 个账户，其余请人工提出。', en: 'At most {limit} accounts are proposed at once; propose the rest by hand.' },
  CHASE_NEEDS_A_PERSON: { zh: '商户、备付金等账户不自动追踪，请人工判断。', en: 'Merchants and reserve accounts are never proposed by the machine; a person decides.' },
} as const satisfies Record<string, Sentences>;

/** Lines of notices to units and to affected persons. */
const noticeLines = {
  FREEZE_HOURS_LEFT: { zh: '止付还有 {hours} 小时到期，冻结尚缺以下各项：', en: 'The stop ends in {hours} hours; a freeze still lacks:' },
  FREEZE_LACKS_CASE_OPENED: { zh: '案件尚未立案。', en: 'The case has not been opened.' },
  FREEZE_LACKS_OPENING_DOCUMENT: { zh: '没有立案决定书文号。', en: 'The opening decision has no document number.' },
  FREEZE_LACKS_FORM: { zh: '《紧急止付申请表》尚未签署。', en: 'The stop-payment form is not signed.' },
  FREEZE_LACKS_LEGAL_DOCUMENT: { zh: '止付没有登记法律文书，请在该批止付上补登文书号。', en: 'The stop has no legal document on record; record its number on the batch.' },
  FREEZE_BELOW_THRESHOLD: { zh: '损失金额低于立案标准（{threshold} 元），请考虑并案，否则安排解除。', en: 'The loss is below the threshold for opening a case ({threshold} yuan); consider merging, else plan the release.' },
  BATCH_WAITING: { zh: '一批止付（{accounts} 个账户）提交 {minutes} 分钟仍未审批，请值守负责人立即审批或退回。', en: 'A batch of stops ({accounts} accounts) has waited {minutes} minutes for approval; approve or return it now.' },
  ORDER_UNACKNOWLEDGED: { zh: '指令发出 {minutes} 分钟仍无签收回执，请电话联系该机构。', en: 'No receipt {minutes} minutes after the order; call the institution.' },
  ORDER_UNANSWERED: { zh: '指令已过有效期仍无答复，请联系该机构，必要时重新提出。', en: 'The order has passed its validity without an answer; call the institution and propose again if needed.' },
  RELEASE_UNCONFIRMED: { zh: '解除指令发出 {minutes} 分钟仍未确认，请催办。', en: 'The release is not confirmed {minutes} minutes after it was ordered; urge the institution.' },
  EXPIRY_UNCONFIRMED: { zh: '止付已到期 {minutes} 分钟，银行尚未确认解除，请催办；在确认前不得告知当事人已解除。', en: 'The stop ended {minutes} minutes ago and the bank has not confirmed; urge it, and tell nobody yet that the account is open.' },
  MEASURE_TAKEN: { zh: '您的账户（尾号 {lastFour}）因涉嫌电信网络诈骗案件被{unit}紧急止付，期限 48 小时。文书号：{document}。值班电话：{phone}。', en: 'Your account ending in {lastFour} was stopped for 48 hours by {unit} in a telecom-fraud case. Document: {document}. Duty phone: {phone}.' },
  PROTECTIVE_HOLD_TAKEN: { zh: '应您本人要求，您的账户（尾号 {lastFour}）已由{unit}保护性止付，期限 48 小时，期间只收不付。文书号：{document}。值班电话：{phone}。', en: 'At your wish {unit} has put a protective hold on your account ending in {lastFour} for 48 hours; it receives but does not pay. Document: {document}. Duty phone: {phone}.' },
  PROTECTIVE_HOLD_REMEDY: { zh: '不再需要时，请本人到{unit}或致电值班电话 {phone} 要求解除；到期后可再次提出。', en: 'When you no longer need it, ask {unit} in person or by the duty phone {phone} to release it; when it has ended you may ask again.' },
  NOT_BY_PHONE: { zh: '当事人手机可能被控制、转接或共享屏幕：请当面或通过其亲属、社区告知，不得拨打或发送至该手机。', en: 'The phone may be remotely controlled, forwarded or shared: tell the person face to face or through family or community, never by that phone.' },
  MEASURE_REMEDY: { zh: '如有异议，可凭本通知向{unit}提出申诉并提交材料，或拨打值班电话 {phone}。', en: 'If you object, you may appeal to {unit} with your materials, or call the duty phone {phone}.' },
} as const satisfies Record<string, Sentences>;

/** Why rows of the prefix table are refused. */
const institutionPrefixRefusals = {
  PREFIX_FILE_HEADER: { zh: '首行应为 prefix,institution,product，请按模板整理。', en: 'The first line must be prefix,institution,product; use the template.' },
  PREFIX_FORM: { zh: '账号前缀应为 3 至 12 位数字，请核对。', en: 'A prefix has 3 to 12 digits; check it.' },
  PREFIX_TWICE: { zh: '同一前缀在第 {line} 行已归属另一机构，请只保留一行。', en: 'Line {line} gives the same prefix to another institution; keep one of them.' },
  PREFIX_FILE_EMPTY: { zh: '文件中没有数据行。', en: 'The file has no rows.' },
  PREFIX_FILE_MALFORMED: { zh: '第 {line} 行不是有效的 CSV（引号或列数不对），请核对。', en: 'Line {line} is no valid CSV (quotes or number of columns); check it.' },
} as const satisfies Record<string, Sentences>;

/** Refusals, warnings and lines of notices on the police side of a stop-payment. */
export const stopPaymentRequestRefusals = {
  ...proposalRefusals,
  ...pastedRowRefusals,
  ...protectiveHoldRefusals,
  ...decisionRefusals,
  ...stopPaymentWarnings,
  ...chaseRefusals,
  ...noticeLines,
  ...institutionPrefixRefusals,
} as const satisfies Record<string, Sentences>;
