import { ArgsType, Directive, Field, Int, ObjectType, type ClassType } from 'type-graphql';
import type { z } from 'zod';
import { cursorOf, readCursor, type Keyset } from './cursor';
import { badUserInput } from './error-codes';

/** Longest page, in rows; the gateway refuses more before it asks a subgraph. */
export const LONGEST_PAGE = 100;

/** Where a page stands in its list. */
@ObjectType({ description: 'Where a page stands in its list (Relay connections).' })
@Directive('@shareable')
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether rows follow.' })
  readonly hasNextPage: boolean;

  @Field(() => Boolean, { description: 'Whether the page was asked for `after` a row.' })
  readonly hasPreviousPage: boolean;

  @Field(() => String, { nullable: true, description: 'Cursor of the first row; null when the page is empty.' })
  readonly startCursor: string | null;

  @Field(() => String, { nullable: true, description: 'Cursor of the last row: pass it as `after` for the next page.' })
  readonly endCursor: string | null;
}

/** The arguments of every long list: `@Args(() => PageArguments) page: PageArguments`. */
@ArgsType()
export class PageArguments {
  @Field(() => Int, { defaultValue: 20, description: 'How many rows at most, 1 to 100.' })
  readonly first: number;

  @Field(() => String, { nullable: true, description: 'Only rows after this cursor, in the order of the list.' })
  readonly after?: string | null;
}

/** One row of a connection. */
export interface Edge<Node> {
  readonly node: Node;
  readonly cursor: string;
}

/** A page of rows as it stands in answers. */
export interface Connection<Node> {
  readonly edges: readonly Edge<Node>[];
  readonly pageInfo: PageInfo;
}

/** A checked page: `first` rows (fetch one more to learn whether rows follow) after the keyset, or from the start. */
export interface Page<Place> {
  readonly first: number;
  readonly after: Place | null;
}

const built = new WeakMap<object, ClassType<Connection<unknown>>>();

/**
 * The connection type of a node: `<Node>Connection` with `<Node>Edge`.
 *
 * @example const FraudCaseConnection = connectionOf(FraudCase); … @Query(() => FraudCaseConnection)
 */
export function connectionOf<Node extends object>(NodeClass: ClassType<Node>): ClassType<Connection<Node>> {
  const known = built.get(NodeClass);
  const connection = known ?? buildConnection(NodeClass);
  built.set(NodeClass, connection);
  return connection as ClassType<Connection<Node>>;
}

function buildConnection<Node extends object>(NodeClass: ClassType<Node>): ClassType<Connection<Node>> {
  @ObjectType(`${NodeClass.name}Edge`, { description: 'One row of the page.' })
  class NodeEdge implements Edge<Node> {
    @Field(() => NodeClass, { description: 'The row.' })
    readonly node: Node;

    @Field(() => String, { description: 'Its place in the list; opaque.' })
    readonly cursor: string;
  }

  @ObjectType(`${NodeClass.name}Connection`, { description: 'One page of a list.' })
  class NodeConnection implements Connection<Node> {
    @Field(() => [NodeEdge], { description: 'The rows of the page, in the order of the list.' })
    readonly edges: readonly NodeEdge[];

    @Field(() => PageInfo, { description: 'Where the page stands in the list.' })
    readonly pageInfo: PageInfo;
  }
  return NodeConnection;
}

/** Checks the arguments of a list. `place` is the shape of its keyset, as in `z.tuple([z.iso.datetime(), z.uuid()])`. */
export function readPage<Shape extends z.ZodType>(page: PageArguments, place: Shape): Page<z.output<Shape>> {
  if (page.first < 1 || page.first > LONGEST_PAGE) throw badUserInput(`A page has 1 to ${LONGEST_PAGE} rows.`, 'first');
  return { first: page.first, after: page.after == null ? null : readCursor(page.after, place) };
}

/** Makes the answer's page from `first + 1` fetched rows. `keysetOf` gives a row's sort values, id last. */
export function pageOf<Node>(rows: readonly Node[], page: Page<unknown>, keysetOf: (row: Node) => Keyset): Connection<Node> {
  const edges = rows.slice(0, page.first).map((node) => ({ node, cursor: cursorOf(keysetOf(node)) }));
  return {
    edges,
    pageInfo: {
      hasNextPage: rows.length > page.first,
      hasPreviousPage: page.after !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}
