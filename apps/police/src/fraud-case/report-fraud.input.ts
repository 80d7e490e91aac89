import { Field, InputType } from 'type-graphql';
import { CasePersonInput } from './case-person.input';
import { CaseLeadInput, CaseTransferInput } from './case-transfer.input';

/** The signed application form. */
@InputType({ description: 'The signed application form 紧急止付申请表.' })
export class ApplicationFormInput {
  @Field(() => String, { description: 'When it was signed, as typed.' })
  signedAt: string;

  @Field(() => String, { nullable: true, description: 'SHA-256 of its scan, 64 hexadecimal characters.' })
  sha256?: string | null;
}

/** A report of fraud: the minimum data set (86-12). Every value arrives as typed and is refused with its path. */
@InputType({ description: 'A report of fraud: the minimum data set. Wrong values are refused all at once, each with its path; nothing typed is lost.' })
export class ReportFraudInput {
  @Field(() => String, { description: 'Minted by the client, 1 to 128 characters; a repeat changes nothing.' })
  idempotencyKey: string;

  @Field(() => String, { description: 'HOTLINE_110, POLICE_STATION, HOTLINE_96110, BANK_BRANCH, APP or PLATFORM_TRANSFER.' })
  reportChannel: string;

  @Field(() => String, { nullable: true, description: "Unit that takes the case, 12 digits; the caller's own when left out." })
  unitCode?: string | null;

  @Field(() => String, { nullable: true, description: 'When it was reported; now when left out.' })
  reportedAt?: string | null;

  @Field(() => String, { nullable: true, description: 'When the incident became known, as in the 110 record.' })
  incidentAt?: string | null;

  @Field(() => String, { nullable: true, description: 'Phone lane: number of the 110 or 96110 incident.' })
  incidentNumber?: string | null;

  @Field(() => String, { nullable: true, description: 'Phone lane: number of the call recording.' })
  recordingNumber?: string | null;

  @Field(() => Boolean, { defaultValue: false, description: 'Phone lane: the reporter read the id number out on the recorded line.' })
  idReadOut?: boolean;

  @Field(() => ApplicationFormInput, { nullable: true, description: 'The signed form; without it the report is by phone and the form follows under the catch-up clock.' })
  applicationForm?: ApplicationFormInput | null;

  @Field(() => CasePersonInput, { description: 'Who reports.' })
  reporter: CasePersonInput;

  @Field(() => CasePersonInput, { nullable: true, description: 'Who was deceived; the reporter when left out.' })
  deceived?: CasePersonInput | null;

  @Field(() => CasePersonInput, { nullable: true, description: 'Who holds the paying account; the deceived person when left out.' })
  payer?: CasePersonInput | null;

  @Field(() => String, { nullable: true, description: 'When the fraudster first made contact.' })
  firstContactAt?: string | null;

  @Field(() => String, { description: 'NETWORK, PHONE or SMS (S-1).' })
  channel: string;

  @Field(() => String, { description: 'FAKE_WEBSITE, FRAUD_APP or OTHER (S-5).' })
  vector: string;

  @Field(() => String, { nullable: true, description: 'P01 to P11.' })
  platform?: string | null;

  @Field(() => String, { nullable: true, description: 'WECHAT, QQ or MINOR (S-4).' })
  messenger?: string | null;

  @Field(() => String, { description: 'Primary crime type, T01 to T99.' })
  crimeType: string;

  @Field(() => [String], { defaultValue: [], description: 'Secondary crime types.' })
  secondaryCrimeTypes?: string[];

  @Field(() => [String], { defaultValue: [], description: 'Chain codes L1 to L4, the primary way of leading first; those of the payees are added.' })
  chainCodes?: string[];

  @Field(() => String, { nullable: true, description: 'M1, M2 or M3.' })
  contactMode?: string | null;

  @Field(() => String, { nullable: true, description: 'Where the personal information leaked from; UNKNOWN when left out.' })
  personalInformationSource?: string | null;

  @Field(() => String, { description: 'What happened, up to 4,000 characters.' })
  narrative: string;

  @Field(() => String, { nullable: true, description: 'Loss in yuan as told; the case counts the transfers and warns of a difference.' })
  statedLoss?: string | null;

  @Field(() => String, { nullable: true, description: 'Amount in yuan that was tried but not lost; the transfers that are no loss when left out.' })
  attemptedAmount?: string | null;

  @Field(() => [CaseTransferInput], { description: 'The transfers, at least one.' })
  transfers: CaseTransferInput[];

  @Field(() => [CaseLeadInput], { defaultValue: [], description: 'The leads.' })
  leads?: CaseLeadInput[];

  @Field(() => Boolean, { defaultValue: false, description: 'The phone is remotely controlled: nothing is sent to it.' })
  phoneControlled?: boolean;

  @Field(() => Boolean, { defaultValue: false, description: 'Calls are forwarded: nothing is confirmed by that phone.' })
  callsForwarded?: boolean;

  @Field(() => Boolean, { defaultValue: false, description: 'The screen is shared: nothing is sent to it.' })
  screenShared?: boolean;

  @Field(() => String, { nullable: true, description: 'Version of the privacy notice that was shown; the current one when left out.' })
  noticeVersion?: string | null;

  @Field(() => Boolean, { defaultValue: false, description: 'The reporter declared to bear the loss of a false report (86-10).' })
  liabilityDeclared?: boolean;
}
