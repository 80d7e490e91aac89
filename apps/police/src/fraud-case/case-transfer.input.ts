import { Field, ID, InputType, Int } from 'type-graphql';

/** A payee as it was typed; what belongs in `identifier` depends on the kind. */
@InputType({ description: 'A payee, as typed: an account of any kind, or where else the money went.' })
export class PayeeInput {
  @Field(() => String, { description: 'Kind, as in `BANK_CARD`, `CORPORATE_ACCOUNT`, `PAYMENT_ACCOUNT`, `CHAIN_ADDRESS`, `CASH_OR_GOLD`.' })
  kind: string;

  @Field(() => String, { description: 'Account, order, merchant, wallet, address or card number; for cash and gold what was handed over where.' })
  identifier: string;

  @Field(() => String, { nullable: true, description: 'Code of the institution in the directory; found from the number where it is not given.' })
  institution?: string | null;

  @Field(() => String, { nullable: true, description: "Holder's name; leave it out while it is unknown." })
  holderName?: string | null;

  @Field(() => String, { nullable: true, description: "Class of a bank card's account: I, II or III." })
  accountClass?: string | null;

  @Field(() => String, { nullable: true, description: 'Chain of an address, as in `TRON`.' })
  chain?: string | null;

  @Field(() => String, { nullable: true, description: 'Transaction hash on the chain.' })
  transaction?: string | null;
}

/** One transfer of a victim's money. */
@InputType({ description: "One transfer of a victim's money; every value as typed." })
export class CaseTransferInput {
  @Field(() => String, { nullable: true, description: 'Paying account.' })
  payerAccountNumber?: string | null;

  @Field(() => String, { nullable: true, description: "Code of the paying account's institution." })
  payerInstitution?: string | null;

  @Field(() => PayeeInput, { description: 'Who or what received the money.' })
  payee: PayeeInput;

  @Field(() => String, { description: 'Amount in yuan (or the unit of `currency`), digits with at most two decimals: `3000.00`.' })
  amount: string;

  @Field(() => String, { nullable: true, description: 'ISO 4217 code; CNY when left out.' })
  currency?: string | null;

  @Field(() => String, { description: 'When it was sent, to the second, China time unless an offset is given: `2026-05-01 08:30:15`.' })
  transferredAt: string;

  @Field(() => String, { description: 'How it was sent: COUNTER, ATM, ONLINE_BANKING, MOBILE_BANKING, THIRD_PARTY, QR_SCAN, VIRTUAL_CURRENCY, CASH, OTHER.' })
  channel: string;

  @Field(() => String, { nullable: true, description: 'SHA-256 of the voucher, 64 hexadecimal characters.' })
  voucherHash?: string | null;

  @Field(() => Int, { defaultValue: 1, description: '1 receives from the victim, 2 from level 1, up to 20.' })
  accountLevel?: number;

  @Field(() => Boolean, { defaultValue: true, description: 'Whether it is a loss; an attempt that failed is not.' })
  isLoss?: boolean;

  @Field(() => ID, { nullable: true, description: 'The transfer of this case that it corrects.' })
  correctsId?: string | null;
}

/** A lead of a case. */
@InputType({ description: 'A lead of a case, as typed.' })
export class CaseLeadInput {
  @Field(() => String, { description: 'ACCOUNT, PHONE, PLATFORM_ACCOUNT, DOMAIN, URL or APP.' })
  kind: string;

  @Field(() => String, { description: 'The account, number, name, domain, address or app.' })
  value: string;

  @Field(() => String, { nullable: true, description: 'Platform of a platform account, P01 to P11.' })
  platform?: string | null;

  @Field(() => String, { nullable: true, description: 'What is known of it, up to 500 characters.' })
  note?: string | null;

  @Field(() => ID, { nullable: true, description: 'The lead of this case that it corrects.' })
  correctsId?: string | null;
}

/** Transfers that became known later. */
@InputType({ description: 'Transfers that became known later, or corrections: what was entered stays, the correction is a new row.' })
export class AddCaseTransfersInput {
  @Field(() => String, { description: 'Minted by the client, 1 to 128 characters; a repeat changes nothing.' })
  idempotencyKey: string;

  @Field(() => ID, { description: 'The case.' })
  caseId: string;

  @Field(() => [CaseTransferInput], { description: 'The transfers, at least one.' })
  transfers: CaseTransferInput[];
}

/** Leads that became known later. */
@InputType({ description: 'Leads that became known later, or corrections: what was entered stays, the correction is a new row.' })
export class AddCaseLeadsInput {
  @Field(() => String, { description: 'Minted by the client, 1 to 128 characters; a repeat changes nothing.' })
  idempotencyKey: string;

  @Field(() => ID, { description: 'The case.' })
  caseId: string;

  @Field(() => [CaseLeadInput], { description: 'The leads, at least one.' })
  leads: CaseLeadInput[];
}
