import { Instant } from '@lianfang/subgraph';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { DuplicateReason, duplicateReasonDescriptions } from './case-codes';
import type { CaseDuplicate } from './case-trace.entity';
import { FraudCase } from './fraud-case.entity';

registerEnumType(DuplicateReason, { name: 'DuplicateReason', description: 'Why two cases are likely one report.', valuesConfig: duplicateReasonDescriptions });

/** Another case that is likely the same report. Of another region's case only unit and duty phone are shown. */
@ObjectType({ description: "Another case that is likely the same report, or another victim of the same account. Of another region's case only its unit and duty phone are shown." })
export class LikelyDuplicate {
  @Field(() => ID, { description: 'Opaque id of the pair.' })
  id: string;

  @Field(() => DuplicateReason, { description: 'Why.' })
  reason: DuplicateReason;

  @Field(() => Instant, { description: 'When the pair was found.' })
  foundAt: Date;

  @Field(() => String, { description: 'Unit of the other case, 12 digits.' })
  unitCode: string;

  @Field(() => String, { nullable: true, description: 'Name of that unit, where the directory knows it.' })
  unitName: string | null;

  @Field(() => String, { nullable: true, description: 'Its 24-hour duty phone, where the directory knows it.' })
  dutyPhone: string | null;

  @Field(() => FraudCase, { nullable: true, description: 'The other case; null where it belongs to another region.' })
  otherCase: FraudCase | null;
}

/** A pair as it is seen from one of its cases. */
export function otherSideOf(pair: CaseDuplicate, caseId: string): { readonly caseId: string; readonly unitCode: string } {
  return pair.caseId === caseId ? { caseId: pair.otherCaseId, unitCode: pair.otherUnitCode } : { caseId: pair.caseId, unitCode: pair.unitCode };
}
