/** Where the signed application form 紧急止付申请表 stands. */
export const FormState = { SIGNED: 'SIGNED', DUE: 'DUE', OVERDUE: 'OVERDUE' } as const;

/** A state of the application form. */
export type FormState = keyof typeof FormState;

/** What each form state means. */
export const formStateDescriptions = {
  SIGNED: { description: 'Signed.' },
  DUE: { description: 'Taken by phone: to be signed within the catch-up time.' },
  OVERDUE: { description: 'The catch-up time has run out without a signature.' },
};

/** What became of the acceptance receipt 受案回执 (程序规定 171). */
export const Receipt = { HANDED_OVER: 'HANDED_OVER', REFUSED: 'REFUSED', UNREACHABLE: 'UNREACHABLE' } as const;

/** A fate of the acceptance receipt. */
export type Receipt = keyof typeof Receipt;

/** What each fate means. */
export const receiptDescriptions = {
  HANDED_OVER: { description: 'Handed over.' },
  REFUSED: { description: 'The reporter refused to take it; noted.' },
  UNREACHABLE: { description: 'The reporter could not be reached, as in a phone report; noted.' },
};

/** Whom of a case a person is; one person may be several. */
export const PersonPart = { REPORTER: 'REPORTER', DECEIVED: 'DECEIVED', PAYER: 'PAYER' } as const;

/** A part that a person has in a case. */
export type PersonPart = keyof typeof PersonPart;

/** What each part means. */
export const personPartDescriptions = {
  REPORTER: { description: '报案人: who reports.' },
  DECEIVED: { description: '被骗人: who was deceived.' },
  PAYER: { description: '付款账户持有人: who holds the paying account.' },
};

/** Who is called or written to instead of a minor, an elder, the dead or an organisation. */
export const ContactRelation = { GUARDIAN: 'GUARDIAN', FAMILY: 'FAMILY', COMMUNITY: 'COMMUNITY', AGENT: 'AGENT' } as const;

/** A relation of a contact. */
export type ContactRelation = keyof typeof ContactRelation;

/** What each relation means. */
export const contactRelationDescriptions = {
  GUARDIAN: { description: '监护人 of a minor.' },
  FAMILY: { description: '家属 of an elder.' },
  COMMUNITY: { description: '社区或村委会 of an elder who has no family near.' },
  AGENT: { description: '代理人、代办人 of an organisation, an estate or a person.' },
};

/** What a lead of a case is. */
export const LeadKind = {
  ACCOUNT: 'ACCOUNT', PHONE: 'PHONE', PLATFORM_ACCOUNT: 'PLATFORM_ACCOUNT', DOMAIN: 'DOMAIN', URL: 'URL', APP: 'APP',
} as const;

/** A kind of lead. */
export type LeadKind = keyof typeof LeadKind;

/** What each kind of lead means. */
export const leadKindDescriptions = {
  ACCOUNT: { description: 'A bank or payment account.' },
  PHONE: { description: 'A phone number or SMS port.' },
  PLATFORM_ACCOUNT: { description: 'An account on an Internet platform.' },
  DOMAIN: { description: 'A domain name.' },
  URL: { description: 'An address of a page or download.' },
  APP: { description: 'An app by its name or package.' },
};

/** Why two cases are likely one report. */
export const DuplicateReason = { VOUCHER: 'VOUCHER', VICTIM_AND_TRANSFER: 'VICTIM_AND_TRANSFER', PAYEE: 'PAYEE' } as const;

/** A reason to think that two cases are one. */
export type DuplicateReason = keyof typeof DuplicateReason;

/** What each reason means. */
export const duplicateReasonDescriptions = {
  VOUCHER: { description: 'The same voucher, by its hash.' },
  VICTIM_AND_TRANSFER: { description: 'The same victim, amount and time of transfer.' },
  PAYEE: { description: 'The same payee account: another victim of the same account, or the same report twice.' },
};

/** What happened to a case without changing its state. */
export const CaseFactKind = {
  FORM_DUE: 'FORM_DUE', FORM_SIGNED: 'FORM_SIGNED', FORM_OVERDUE: 'FORM_OVERDUE', ENTRY_OVERDUE: 'ENTRY_OVERDUE',
  TRANSFERS_ADDED: 'TRANSFERS_ADDED', LEADS_ADDED: 'LEADS_ADDED', DUPLICATES_FOUND: 'DUPLICATES_FOUND', MERGED_FROM: 'MERGED_FROM', LEGAL_DOCUMENT_RECORDED: 'LEGAL_DOCUMENT_RECORDED',
  PHONE_FLAGS_CHANGED: 'PHONE_FLAGS_CHANGED',
} as const;

/** A kind of fact. */
export type CaseFactKind = keyof typeof CaseFactKind;
