import { isRefused, sentence, type RefusalCode } from '@lianfang/vocabulary';
import { Arg, Directive, Field, ObjectType, createUnionType, registerEnumType, type ClassType } from 'type-graphql';

/** The languages of sentences. */
export enum Language {
  ZH = 'ZH',
  EN = 'EN',
}

registerEnumType(Language, {
  name: 'Language',
  description: 'A language of sentences.',
  valuesConfig: { ZH: { description: '简体中文' }, EN: { description: 'English' } },
});

/** One value that fills a sentence. */
@ObjectType({ description: 'One value that fills a sentence; never personal data.' })
@Directive('@shareable')
export class RefusalParameter {
  @Field(() => String, { description: 'The name of the gap in the sentence, as in `limit`.' })
  readonly name: string;

  @Field(() => String, { description: 'What fills it.' })
  readonly value: string;
}

/** What a refusal and a warning share: a code of the vocabulary with its sentence. */
interface Coded {
  readonly code: RefusalCode;
  readonly parameters: Readonly<Record<string, string>>;
}

const listed = (parameters: Coded['parameters']): RefusalParameter[] =>
  Object.entries(parameters).map(([name, value]) => Object.assign(new RefusalParameter(), { name, value }));

const spoken = (coded: Coded, language: Language): string => sentence(coded, language === Language.ZH ? 'zh' : 'en');

/** One expected "no"; resolves from the vocabulary's `Refusal` as it stands. */
@ObjectType({ description: 'One expected "no": what was refused, by which rule, and what to do next.' })
@Directive('@shareable')
export class Refusal {
  @Field(() => String, { description: 'A code of the closed list in docs/messages.md, as in `AMOUNT_NOT_POSITIVE`.' })
  readonly code: RefusalCode;

  @Field(() => String, { nullable: true, description: 'Id of the row in docs/law.md that gives the rule, as in `DL-02`.' })
  readonly law: string | null;

  @Field(() => String, { nullable: true, description: 'Where in the input, as in `transfers.0.amount`; null when the whole is refused.' })
  readonly path: string | null;

  readonly parameters: Readonly<Record<string, string>>;

  @Field(() => [RefusalParameter], { name: 'parameters', description: 'The values that fill the sentence.' })
  listParameters(): RefusalParameter[] {
    return listed(this.parameters);
  }

  @Field(() => String, { description: 'What to tell the person, and what to do next.' })
  sentence(@Arg('language', () => Language, { defaultValue: Language.ZH, description: 'The language of the sentence.' }) language: Language): string {
    return spoken(this, language);
  }
}

/** The refused outcome of a mutation; resolves from the vocabulary's `Refused` as it stands. */
@ObjectType({ description: 'The refused outcome of a mutation: nothing was changed.' })
@Directive('@shareable')
export class Refusals {
  @Field(() => [Refusal], { description: 'Why, one entry per rule and place; at least one.' })
  readonly refusals: readonly Refusal[];
}

/** A stored doubt: allowed, but somebody should look. */
@ObjectType({ description: 'Something doubtful that was allowed and stored; somebody should look.' })
@Directive('@shareable')
export class Warning {
  @Field(() => String, { description: 'A code of the closed list in docs/messages.md.' })
  readonly code: RefusalCode;

  @Field(() => String, { nullable: true, description: 'Where in the input, as in `transfers.0.amount`.' })
  readonly path: string | null;

  readonly parameters: Readonly<Record<string, string>>;

  @Field(() => [RefusalParameter], { name: 'parameters', description: 'The values that fill the sentence.' })
  listParameters(): RefusalParameter[] {
    return listed(this.parameters);
  }

  @Field(() => String, { description: 'What to tell the person.' })
  sentence(@Arg('language', () => Language, { defaultValue: Language.ZH, description: 'The language of the sentence.' }) language: Language): string {
    return spoken(this, language);
  }
}

/** One action that a thing's lifecycle knows, and whether the caller may take it now. */
@ObjectType({ description: 'One action of a thing, and why the caller may not take it now.' })
@Directive('@shareable')
export class ActionAvailability {
  @Field(() => String, { description: "The action's name in the lifecycle, as in `APPROVE`." })
  readonly action: string;

  @Field(() => Refusal, { nullable: true, description: 'Null when the caller may take it; the mutation checks everything again.' })
  readonly refusal: Refusal | null;
}

/**
 * The union `Thing | Refusals` that a mutation answers. The resolver returns the action's outcome as it is: the thing, or the vocabulary's `Refused`.
 *
 * @example const ReportFraudCaseResult = resultOf('ReportFraudCaseResult', () => FraudCase);
 */
export function resultOf<Thing extends object>(name: string, thing: () => ClassType<Thing>) {
  return createUnionType({
    name,
    description: 'The thing as it stands after the action, or why nothing was changed.',
    types: () => [thing(), Refusals] as const,
    resolveType: (outcome: unknown) => (isRefused(outcome) || outcome instanceof Refusals ? Refusals : thing()),
  });
}
