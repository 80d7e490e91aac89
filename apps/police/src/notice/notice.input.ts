import { Field, ID, InputType } from 'type-graphql';
import { NoticeAudience, NoticeKind } from './notice.entity';

/** What a list of notices is narrowed to. */
@InputType({ description: 'What the list is narrowed to; what is left out does not narrow.' })
export class NoticeFilter {
  @Field(() => [NoticeKind], { nullable: true, description: 'Only of these kinds.' })
  kinds?: NoticeKind[] | null;

  @Field(() => NoticeAudience, { nullable: true, description: 'Only to this audience.' })
  audience?: NoticeAudience | null;

  @Field(() => ID, { nullable: true, description: 'Only of this case.' })
  caseId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only of this request.' })
  requestId?: string | null;
}
