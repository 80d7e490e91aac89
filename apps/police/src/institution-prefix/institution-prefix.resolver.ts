import { resultOf, type RequestContext } from '@lianfang/subgraph';
import { isRefusal, parseAccountNumber, type Refused } from '@lianfang/vocabulary';
import { Arg, Ctx, Field, InputType, Int, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import { actionContext } from '../action-context';
import { importInstitutionPrefixes, type PrefixImport } from './import-institution-prefixes.actions';
import { InstitutionPrefix } from './institution-prefix.entity';
import { findInstitution, loadPrefixes } from './institution-prefix.query';

/** What an import did, or would do. */
@ObjectType({ description: 'What an import of prefixes did, or would do in a dry run.' })
export class InstitutionPrefixImport implements PrefixImport {
  @Field(() => Boolean, { description: 'Whether nothing was changed.' })
  readonly dryRun: boolean;

  @Field(() => Int, { description: 'Rows that were not there before.' })
  readonly added: number;

  @Field(() => Int, { description: 'Rows whose institution or note changed.' })
  readonly changed: number;

  @Field(() => Int, { description: 'Rows that stood there as they are.' })
  readonly unchanged: number;
}

/** A prefix file. */
@InputType({ description: 'A prefix file to import.' })
export class ImportInstitutionPrefixesInput {
  @Field(() => String, { description: 'Minted by the client, 1 to 128 characters; a repeat changes nothing.' })
  idempotencyKey: string;

  @Field(() => String, { description: 'CSV in UTF-8 with the header `prefix,institution,product`.' })
  csv: string;

  @Field(() => Boolean, { defaultValue: false, description: 'Tells what would change, and changes nothing.' })
  dryRun: boolean;
}

const ImportInstitutionPrefixesResult = resultOf('ImportInstitutionPrefixesResult', () => InstitutionPrefixImport);

/** Reads and imports the table of prefixes. */
@Resolver()
export class InstitutionPrefixResolver {
  @Query(() => [InstitutionPrefix], { nullable: true, description: 'The prefixes, in order.' })
  async institutionPrefixes(
    @Arg('institution', () => String, { nullable: true, description: 'Only of this institution.' }) institution: string | null,
    @Ctx() context: RequestContext,
  ): Promise<InstitutionPrefix[]> {
    return loadPrefixes(await context.manager(), institution ?? null);
  }

  @Query(() => String, { nullable: true, description: 'The institution of an account number by its longest known prefix; null when none is known.' })
  async findInstitution(@Arg('number', () => String, { description: 'An account number as typed; ten digits are enough.' }) number: string, @Ctx() context: RequestContext): Promise<string | null> {
    const parsed = parseAccountNumber(number, 'number');
    return isRefusal(parsed) ? null : ((await findInstitution(await context.manager(), parsed.main)) ?? null);
  }

  @Mutation(() => ImportInstitutionPrefixesResult, { description: 'Brings the table of prefixes up to date. One faulty row refuses the file; every fault is told with its line.' })
  importInstitutionPrefixes(@Arg('input', () => ImportInstitutionPrefixesInput, { description: 'What is submitted.' }) given: ImportInstitutionPrefixesInput, @Ctx() context: RequestContext): Promise<PrefixImport | Refused> {
    return importInstitutionPrefixes(actionContext(context), given);
  }
}
