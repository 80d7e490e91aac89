export { administratorRoles, agencies, isRole, roles, type Agency, type Role } from './roles';
export { clockCaller, partnerCaller, type Caller, type Side } from './caller';
export { actionsIn, lifecycle, nextState, type ActionOf, type Lifecycle, type StateOf, type Step } from './lifecycle';
export { HOUR, MINUTE, offsetClock, setClock, type Clock } from './clock';
export { codesOf } from './codes';
export { Refused, isRefusal, isRefused, refusals, refuse, sentence, warn, type Refusal, type RefusalCode, type Sentences, type Warning } from './refusal';
export { parseFreeText } from './free-text';
export { hasInvisible, hasUnwritable, isBlank, isMaskedText, maskAllBut, normaliseGrouped, normaliseTyped } from './typed-text';
export { CREDIT_CODE_ALPHABET, bankBranchDigit, citizenIdDigit, creditCodeDigit, luhnDigit, passesLuhn } from './check-digit';
export {
  MOST_FEN, addMoney, formatMoney, isSameMoney, moneyFromWire, moneyOf, moneyToWire, parseYuan, type Money, type WireMoney,
} from './money';
export { maskPhone, parsePhoneNumber, phoneKinds, type PhoneKind, type PhoneNumber } from './phone-number';
export { accountNumberWarnings, lastFour, maskAccountNumber, parseAccountNumber, type AccountNumber } from './account-number';
export {
  approvalLevelOf, isLevelAtLeast, isWithinScope, parseRegion, provinceOf, regionLevelOf, regionLevelWords, regionLevels, regionScope, regionWarnings,
  type Region, type RegionLevel,
} from './region';
export { provinces } from './region-provinces';
export { chinaDay, chinaYear, formatChinaTime, isCalendarDay, parseInstant, refuseFuture } from './instant';
export { LONGEST_NAME, maskName, nameKey, parseHolderName, parsePersonName, sameName } from './person-name';
export { ageAt, citizenIdWarnings, maskCitizenId, parseCitizenId, type CitizenId } from './citizen-id';
export { idKinds, isIdKind, maskIdNumber, parseIdDocument, type IdDocument, type IdKind } from './id-document';
export { parseSocialCreditCode } from './social-credit-code';
export { parseBankBranchCode } from './bank-branch-code';
export { parsePoliceUnitCode, regionOfUnit } from './police-unit-code';
export { parseDocumentNumber, type DocumentNumber } from './document-number';
export { parseSha256Hash } from './sha256-hash';
export {
  chainLinkOf, chainLinks, contactModes, sourcePlatforms, type ChainCode, type ContactMode, type SourcePlatform,
} from './chain';
export { crimeTypes, usualCrimeTypes, warnOfUnusualLead, type CrimeType } from './crime-type';
export {
  accountLevelName, fraudChannels, fraudVectors, fundDestinations, messengers, personalInformationSources, reportChannels, transferChannels,
  type FraudChannel, type FraudVector, type FundDestination, type Messenger, type PersonalInformationSource, type ReportChannel, type TransferChannel,
} from './case-dimensions';
export { blockchains, isBlockchain, parseCryptoAddress, type Blockchain } from './crypto-address';
export {
  accountClasses, fundDestinationOf, isPayeeKind, isStoppable, payeeKinds, stoppablePayeeKinds, type AccountClass, type PayeeDoer, type PayeeIdentifierRule,
  type PayeeKind, type StoppablePayeeKind,
} from './payee-kinds';
export { maskPayee, parseInstitutionCode, parsePayee, payeeIdentifier, type Payee, type TypedPayee } from './payee';
export { notExecutedReasonWords, orderChannelWords, releaseReasonWords } from './stop-payment-words';
export { stopPaymentEnums } from './stop-payment-enums';
export { findContract, messageContracts } from './messages/contracts';
export type { DataOf, MessageContract } from './messages/message-contract';
export {
  mayBegin, notExecutedReasons, stopPaymentDocumentFollowed, stopPaymentKinds, stopPaymentNotExecuted, stopPaymentOrdered, stopPaymentOrderedBefore, stopPaymentReleaseOrdered,
  stopPaymentReleased, stopPaymentStopped,
} from './messages/stop-payment';
