import { Field, InputType } from 'type-graphql';

/** A document of identity as it was typed. */
@InputType({ description: 'A document of identity, as typed.' })
export class IdDocumentInput {
  @Field(() => String, { description: 'Kind, as in `CITIZEN_ID`, `PASSPORT`, `HK_MACAO_PERMIT`.' })
  kind: string;

  @Field(() => String, { description: 'Number, as typed.' })
  number: string;
}

/** Who is contacted instead of the person. */
@InputType({ description: 'Who is contacted instead of the person: the guardian of a minor, family or community of an elder, an agent.' })
export class CaseContactInput {
  @Field(() => String, { description: 'GUARDIAN, FAMILY, COMMUNITY or AGENT.' })
  relation: string;

  @Field(() => String, { description: 'Name, as typed.' })
  name: string;

  @Field(() => String, { nullable: true, description: 'Phone, as typed.' })
  phone?: string | null;

  @Field(() => IdDocumentInput, { nullable: true, description: 'Document of identity that an agent 代办人 showed; only of an AGENT.' })
  idDocument?: IdDocumentInput | null;

  @Field(() => String, { nullable: true, description: 'What authorises an agent 代办人, as in the number and date of the letter, up to 200 characters; only of an AGENT.' })
  authorisation?: string | null;
}

/** A person or organisation of a report. */
@InputType({ description: 'A person or organisation of a report; every value as typed.' })
export class CasePersonInput {
  @Field(() => String, { description: 'Full name of the person, or legal name of the organisation.' })
  name: string;

  @Field(() => IdDocumentInput, { nullable: true, description: 'Document of identity; needed for a report by phone, where the id is read out.' })
  idDocument?: IdDocumentInput | null;

  @Field(() => String, { nullable: true, description: 'Unified social credit code; makes it an organisation.' })
  socialCreditCode?: string | null;

  @Field(() => String, { nullable: true, description: 'Phone; a report needs at least one contact.' })
  phone?: string | null;

  @Field(() => String, { nullable: true, description: 'MALE or FEMALE; read from a citizen id where there is one.' })
  sex?: string | null;

  @Field(() => String, { nullable: true, description: 'As in `1949-12-31`; read from a citizen id where there is one.' })
  birthDate?: string | null;

  @Field(() => String, { nullable: true, description: 'Occupation, up to 60 characters.' })
  occupation?: string | null;

  @Field(() => String, { nullable: true, description: 'Region of residence, GB/T 2260, 6 digits, down to the county.' })
  region?: string | null;

  @Field(() => Boolean, { defaultValue: false, description: 'Known to have died.' })
  isDeceased?: boolean;

  @Field(() => CaseContactInput, { nullable: true, description: 'Who is contacted instead.' })
  contact?: CaseContactInput | null;
}
