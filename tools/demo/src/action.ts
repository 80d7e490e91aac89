import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { thingOf, type Session, type Told } from './session';

/** A mutation as the demo takes it: its name, its input type, and what is read of the thing when it is not refused. */
export interface Action<Shape extends z.ZodType> {
  readonly mutation: string;
  readonly inputType: string;
  /** The type of the thing. */
  readonly type: string;
  readonly fields: string;
  /** What the fields must look like. */
  readonly shape: Shape;
}

/** Input of an action; a key of the submission is made up when none is given. */
export type ActionInput = Readonly<Record<string, unknown>>;

/** Takes an action. Throws with the refusals' sentences, and when the thing does not look as it should. */
export async function take<Shape extends z.ZodType>(session: Session, action: Action<Shape>, input: ActionInput): Promise<z.output<Shape>> {
  return action.shape.parse(thingOf(await attempt(session, action, input)));
}

/**
 * Takes an action that must not be done, and gives the codes of the refusals, or of the error where the role has no part in it at all.
 * Throws when it is done.
 */
export async function refused(session: Session, action: Action<z.ZodType>, input: ActionInput): Promise<readonly string[]> {
  const outcome = await attempt(session, action, input);
  if ('refusals' in outcome) return outcome.refusals.map(({ code }) => code);
  throw new Error(`not true: ${session.username} may not ${action.mutation}, yet it was done`);
}

/** Takes an action, whatever comes of it: the thing, the refusals, or the code of an error as a refusal of its own. */
export async function attempt(session: Session, { mutation, inputType, fields, type }: Action<z.ZodType>, input: ActionInput): Promise<Told> {
  const document = `mutation Act($input: ${inputType}!) { outcome: ${mutation}(input: $input) { __typename ... on ${type} { ${fields} } ... on Refusals { refusals { code path sentence(language: EN) } } } }`;
  const { data, errors } = await session.ask(document, { input: { idempotencyKey: randomUUID(), ...input } });
  if (errors?.length) return { refusals: errors.map(({ message, extensions, path }) => ({ code: extensions?.code ?? 'NO_CODE', path: path?.join('.') ?? null, sentence: message })) };
  const outcome = outcomeShape.parse(data?.['outcome']);
  return outcome.__typename === 'Refusals' ? { refusals: outcome.refusals ?? [] } : { thing: outcome };
}

const outcomeShape = z.looseObject({
  __typename: z.string(),
  refusals: z.array(z.object({ code: z.string(), path: z.string().nullable(), sentence: z.string() })).optional(),
});
