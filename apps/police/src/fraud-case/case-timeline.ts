import type { Transition } from '@lianfang/access';
import { Instant } from '@lianfang/subgraph';
import { Field, ID, ObjectType } from 'type-graphql';
import type { CaseFact } from './case-trace.entity';

/** A detail of an entry of the time line. */
@ObjectType({ description: 'A detail of an entry: a code, id, count or amount; never personal data.' })
export class TimelineDetail {
  @Field(() => String, { description: 'What it is, as in `lossFen`.' })
  name: string;

  @Field(() => String, { description: 'Its value as text.' })
  value: string;
}

/** One thing that happened to a case. */
@ObjectType({ description: 'One thing that happened to a case: a change of state, or a fact that changed none.' })
export class TimelineEntry {
  @Field(() => ID, { description: 'Opaque id; the same as in the audit trail.' })
  id: string;

  @Field(() => Instant, { description: 'When.' })
  at: Date;

  @Field(() => String, { description: 'The action of the lifecycle, as in `ACCEPT`, or the fact, as in `FORM_OVERDUE`.' })
  action: string;

  @Field(() => String, { nullable: true, description: 'State before; null for a report and for facts.' })
  fromState: string | null;

  @Field(() => String, { nullable: true, description: 'State after; null for facts.' })
  toState: string | null;

  @Field(() => String, { description: 'Which side acted: police or clock.' })
  bySide: string;

  @Field(() => String, { nullable: true, description: 'Unit of who acted; null for the clock.' })
  actorUnit: string | null;

  @Field(() => [TimelineDetail], { description: 'Codes, ids, counts and amounts.' })
  details: TimelineDetail[];
}

/** Changes of state and facts in one line, oldest first. */
export function timelineOf(transitions: readonly Transition[], facts: readonly CaseFact[]): TimelineEntry[] {
  const moves = transitions.map((transition) => ({ ...transition, details: detailsOf(transition.facts) }));
  const others = facts.map((fact) => ({ ...fact, action: fact.kind, fromState: null, toState: null, actorUnit: fact.bySide === 'clock' ? null : fact.unitCode, details: detailsOf(fact.facts) }));
  return [...moves, ...others]
    .sort((one, other) => one.at.getTime() - other.at.getTime() || (one.id < other.id ? -1 : 1))
    .map(({ id, at, action, fromState, toState, bySide, actorUnit, details }) => Object.assign(new TimelineEntry(), { id, at, action, fromState, toState, bySide, actorUnit, details }));
}

const detailsOf = (facts: CaseFact['facts']): TimelineDetail[] =>
  Object.entries(facts).flatMap(([name, value]) => (value === null ? [] : [Object.assign(new TimelineDetail(), { name, value: String(value) })]));
