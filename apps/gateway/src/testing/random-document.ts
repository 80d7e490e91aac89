import { getNamedType, getNullableType, isAbstractType, isEnumType, isInputObjectType, isLeafType, isListType, isNonNullType, isRequiredArgument, isRequiredInputField, isUnionType, type GraphQLArgument, type GraphQLField, type GraphQLInputType, type GraphQLNamedType, type GraphQLSchema } from 'graphql';
import type { Dice } from './dice';

/** A document made by chance, with variables for it. */
export interface RandomDocument {
  readonly document: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Names that objects or lists inherit: as aliases they must work like any other. */
const awkward = ['toString', 'valueOf', 'hasOwnProperty', 'map', 'length', 'entries'];

const declarations: Readonly<Record<string, string>> = { yes: 'Boolean! = true', no: 'Boolean = false', maybe: 'Boolean!', id: 'ID!' };

/** Makes a document of what a schema has: fields by chance, `favourites` more often, aliases, fragments with and without names, conditions, the same field twice. */
export function randomDocument(schema: GraphQLSchema, dice: Dice, favourites: ReadonlySet<string>): RandomDocument {
  const root = dice.happens(20) ? (schema.getMutationType() ?? schema.getQueryType()) : schema.getQueryType();
  if (!root) throw new Error('the schema has a root');
  const writer = new Writer(schema, dice, favourites);
  const body = [writer.selections(root, 4), ...writer.fragments].join('\n');
  const declared = Object.entries(declarations).filter(([name]) => body.includes(`$${name}`)).map(([name, type]) => `$${name}: ${type}`);
  const operation = root === schema.getMutationType() ? 'mutation' : 'query';
  const given = { maybe: dice.happens(50), id: `id-${dice.throw(9)}`, yes: dice.happens(50) ? dice.happens(50) : undefined, no: dice.happens(30) ? dice.happens(50) : undefined };
  return { document: `${operation} Random${declared.length > 0 ? `(${declared.join(', ')})` : ''} ${body}`, variables: JSON.parse(JSON.stringify(given)) as Record<string, unknown> };
}

class Writer {
  readonly fragments: string[] = [];
  readonly #written: { readonly name: string; readonly type: string }[] = [];
  /** What each name in the answer stands for; it never stands for two things. */
  readonly #names = new Map<string, string>();

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly dice: Dice,
    private readonly favourites: ReadonlySet<string>,
  ) {}

  selections(type: GraphQLNamedType, depth: number): string {
    const count = 1 + this.dice.throw(depth > 2 ? 5 : 3);
    const parts = Array.from({ length: count }, () => this.selection(type, depth));
    const doubled = this.dice.happens(20) ? [...parts, this.dice.pick(parts)] : parts;
    return `{ ${doubled.join(' ')} }`;
  }

  private selection(type: GraphQLNamedType, depth: number): string {
    if (this.dice.happens(8)) return `${this.dice.happens(40) ? 'kind: ' : ''}__typename${this.condition()}`;
    if (this.dice.happens(12)) return `... ${this.narrowing(type)}${this.condition()} ${this.selections(type, depth)}`;
    if (isAbstractType(type) && (isUnionType(type) || this.dice.happens(50))) {
      const one = this.dice.pick(this.schema.getPossibleTypes(type));
      return `... on ${one.name}${this.condition()} ${this.selections(one, depth)}`;
    }
    if (this.dice.happens(10)) return `...${this.fragment(type, depth)}${this.condition()}`;
    if (isUnionType(type) || !('getFields' in type) || isInputObjectType(type)) return '__typename';
    return this.field(Object.values(type.getFields()), depth);
  }

  private narrowing(type: GraphQLNamedType): string {
    return this.dice.happens(50) ? '' : `on ${type.name}`;
  }

  private fragment(type: GraphQLNamedType, depth: number): string {
    const known = this.#written.filter((one) => one.type === type.name);
    if (known.length > 0 && this.dice.happens(50)) return this.dice.pick(known).name;
    const body = this.selections(type, depth - 1);
    const name = `F${this.#written.length}`;
    this.#written.push({ name, type: type.name });
    this.fragments.push(`fragment ${name} on ${type.name} ${body}`);
    return name;
  }

  private field(fields: readonly GraphQLField<unknown, unknown>[], depth: number): string {
    const leaves = fields.filter((field) => isLeafType(getNamedType(field.type)));
    const liked = fields.filter(({ name }) => this.favourites.has(name));
    const field = this.dice.pick(depth <= 0 && leaves.length > 0 ? leaves : liked.length > 0 && this.dice.happens(50) ? liked : fields);
    const type = getNamedType(field.type);
    const call = `${field.name}${this.given(field.args)}`;
    const name = this.nameFor(field, call);
    const start = `${name === field.name ? '' : `${name}: `}${call}${this.condition()}`;
    if (isLeafType(type)) return start;
    return depth <= -1 ? '__typename' : `${start} ${this.selections(type, depth - 1)}`;
  }

  /** The field's own name, an awkward one, or another, so that it is not taken by something else. */
  private nameFor(field: GraphQLField<unknown, unknown>, call: string): string {
    const meaning = `${call}: ${String(field.type)}`;
    const wished = this.dice.happens(6) ? this.dice.pick(awkward) : field.name;
    const name = [wished, ...Array.from({ length: 99 }, (_, place) => `${field.name}${place}`)].find((one) => (this.#names.get(one) ?? meaning) === meaning) ?? field.name;
    this.#names.set(name, meaning);
    return name;
  }

  private condition(): string {
    if (!this.dice.happens(8)) return '';
    return this.dice.pick([' @skip(if: $no)', ' @include(if: $yes)', ' @include(if: $maybe)', ' @skip(if: false)', ' @include(if: true)', ' @skip(if: $maybe) @include(if: $yes)']);
  }

  private given(args: readonly GraphQLArgument[]): string {
    const chosen = args.filter((arg) => isRequiredArgument(arg) || this.dice.happens(15));
    return chosen.length > 0 ? `(${chosen.map((arg) => `${arg.name}: ${this.literal(arg.type, 0)}`).join(', ')})` : '';
  }

  private literal(type: GraphQLInputType, depth: number): string {
    const nullable = getNullableType(type);
    if (!isNonNullType(type) && this.dice.happens(10)) return 'null';
    if (isListType(nullable)) return `[${this.literal(nullable.ofType, depth + 1)}]`;
    if (isEnumType(nullable)) return this.dice.pick(nullable.getValues()).name;
    if (isInputObjectType(nullable)) {
      const fields = Object.values(nullable.getFields()).filter((field) => isRequiredInputField(field) || (depth < 2 && this.dice.happens(10)));
      return `{ ${fields.map((field) => `${field.name}: ${this.literal(field.type, depth + 1)}`).join(', ')} }`;
    }
    switch (nullable.name) {
      case 'Int': return String(1 + this.dice.throw(4));
      case 'Boolean': return this.dice.pick(['true', 'false']);
      case 'ID': return this.dice.pick(['$id', '"id-7"']);
      case 'Instant': return '"2026-01-31T08:00:00.000Z"';
      default: return '"虚构"';
    }
  }
}

