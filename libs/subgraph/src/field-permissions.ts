import { roles, type Role } from '@lianfang/vocabulary';
import { defaultFieldResolver, isIntrospectionType, isObjectType, type GraphQLField, type GraphQLFieldResolver, type GraphQLObjectType, type GraphQLSchema } from 'graphql';
import { publicError } from './error-codes';
import type { RequestContext } from './request-context';

/** Who may read a field: some roles, or every proven caller. */
export type Readers = readonly Role[] | 'ANYONE';

/** GraphQL type → field → readers; `*` stands for the fields that have no row of their own. Written in `libs/access/src/permissions.ts`. */
export type FieldPermissions = Readonly<Record<string, Readonly<Record<string, Readers>>>>;

const bits = new Map(Object.keys(roles).map((role, place) => [role, 1 << place]));

/** The roles as a bit mask, so that one `&` decides a field. */
const maskOf = (names: readonly Role[]): number => names.reduce((mask, name) => mask | (bits.get(name) ?? 0), 0);

const masks = new WeakMap<RequestContext, number>();

/** A caller's mask, reckoned once per request. */
function callerMask(context: RequestContext): number {
  const known = masks.get(context);
  if (known !== undefined) return known;
  const mask = maskOf(context.caller.roles);
  masks.set(context, mask);
  return mask;
}

/** The machinery of federation itself, open to every proven caller: it gives nothing that its fields do not give. */
const isFederation = (type: string, field: string): boolean => type === '_Service' || (type === 'Query' && (field === '_service' || field === '_entities'));

/** Connections and edges that `connectionOf` builds: the list field and the node decide. */
const carriesNodes = (type: GraphQLObjectType): boolean => /.(Connection|Edge)$/.test(type.name) && ('edges' in type.getFields() || 'node' in type.getFields());

/**
 * Puts the permissions table in front of every field's resolver. A denied field answers FORBIDDEN: null where it may be null.
 * Throws with the whole list when a field has no row.
 */
export function guardFields(schema: GraphQLSchema, table: FieldPermissions): void {
  const missing: string[] = [];
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || isIntrospectionType(type)) continue;
    const rows = table[type.name] ?? (carriesNodes(type) ? { '*': 'ANYONE' as const } : {});
    for (const field of Object.values(type.getFields())) {
      if (isFederation(type.name, field.name)) continue;
      const readers = rows[field.name] ?? rows['*'];
      if (readers === undefined) missing.push(`${type.name}.${field.name}`);
      else guard(type.name, field, readers);
    }
  }
  if (missing.length > 0) throw new Error(`permissions.ts has no row for ${missing.length} field(s): ${missing.join(', ')}. Add who may read them.`);
}

function guard(type: string, field: GraphQLField<unknown, RequestContext>, readers: Readers): void {
  if (readers === 'ANYONE') return;
  const allowed = maskOf(readers);
  const resolve: GraphQLFieldResolver<unknown, RequestContext> = field.resolve ?? defaultFieldResolver;
  field.resolve = (source, input, context, info) => {
    if ((callerMask(context) & allowed) === 0) throw publicError('FORBIDDEN', `Your role may not read ${type}.${field.name}.`);
    return resolve(source, input, context, info);
  };
}
