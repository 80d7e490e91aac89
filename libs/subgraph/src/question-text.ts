import { hasUnwritable } from '@lianfang/vocabulary';
import { defaultFieldResolver, isIntrospectionType, isObjectType, type GraphQLFieldResolver, type GraphQLSchema } from 'graphql';
import { badUserInput } from './error-codes';
import type { RequestContext } from './request-context';

/** Longest text in the arguments of a question, in characters: no number, code, id or cursor is longer. */
const LONGEST_QUESTION_TEXT = 1_000;

/**
 * Refuses what no question can mean, before any resolver sees it: a text that the database cannot take (U+0000 and other control characters,
 * half a character), or one that nobody searches by. A failed statement would take the other fields of the request with it.
 * What a mutation is given is parsed by its action, which refuses with the field's own path and sentence.
 */
export function guardQuestions(schema: GraphQLSchema): void {
  const mutation = schema.getMutationType();
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || isIntrospectionType(type) || type === mutation) continue;
    for (const field of Object.values(type.getFields())) {
      if (field.args.length === 0) continue;
      const resolve: GraphQLFieldResolver<unknown, RequestContext> = field.resolve ?? defaultFieldResolver;
      field.resolve = (source, input: Readonly<Record<string, unknown>>, context, info) => {
        for (const [name, value] of Object.entries(input)) assertAskable(value, name);
        return resolve(source, input, context, info);
      };
    }
  }
}

function assertAskable(value: unknown, path: string): void {
  if (typeof value === 'string' && hasUnwritable(value)) throw badUserInput('It holds a character that cannot be kept, mostly from pasting; delete it and ask again.', path);
  if (typeof value === 'string' && value.length > LONGEST_QUESTION_TEXT) throw badUserInput(`It is longer than ${LONGEST_QUESTION_TEXT} characters; shorten it and ask again.`, path);
  if (typeof value !== 'object' || value === null || value instanceof Date) return;
  for (const [name, part] of Object.entries(value)) assertAskable(part, `${path}.${name}`);
}
