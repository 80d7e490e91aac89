import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';

/** A supergraph, the schema of each of its subgraphs, and the fields that lead from one to another. */
export interface World {
  readonly supergraph: string;
  readonly subgraphs: Readonly<Record<string, string>>;
  readonly favourites: ReadonlySet<string>;
}

const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@external", "@provides", "@requires"])';

/** Three agencies that know one another's things: entities in lists of lists, in unions and behind interfaces, required fields, a list of which each knows a part, several hops. */
const neighbours: Readonly<Record<string, string>> = {
  one: `${link}
    type Query { house: House houses: [House!]! rows: [[House]] any: [Thing] named: [Named!] }
    type Mutation { open(name: String!): House close(name: String!): Thing }
    type House @key(fields: "id") { id: ID! name: String! size: Int area: Float isOpen: Boolean! colour: Colour rooms: [Room!] keeper: Person first: Room! notes: [Note!]! @shareable }
    type Note { text: String! }
    type Room @key(fields: "id") { id: ID! number: Int! doors: [[Door!]] }
    type Person @key(fields: "id") { id: ID! home: House friends: [Person] }
    type Door implements Named { name: String! width: Int! }
    interface Named { name: String! }
    type Window implements Named { name: String! height: Float }
    union Thing = House | Room | Person | Door
    enum Colour { RED GREEN }`,
  two: `${link}
    type Query { person: Person people: [Person!] }
    type Person @key(fields: "id") { id: ID! name: String! age: Int pets: [Pet!]! size: Int! @external label: String @requires(fields: "size") }
    type House @key(fields: "id") { id: ID! owner: Person owners: [Person!]! price: Money! notes: [Note!]! @shareable }
    type Note { mark: Int }
    type Money @shareable { fen: String! }
    interface Pet { name: String! friend: Person }
    type Cat implements Pet { name: String! friend: Person lives: Int! }
    type Dog implements Pet { name: String! friend: Person house: House }`,
  three: `${link}
    type Query { count: Int! }
    type Person @key(fields: "id") { id: ID! size: Int! lucky: [Int!]! wealth: Money }
    type Room @key(fields: "id") { id: ID! guests: [Person]! warm: Boolean }
    type Money @shareable { fen: String! }`,
};

/** The worlds in which both executors are held against each other: the project's own, and one with everything that it may yet grow. */
export const worlds: Readonly<Record<string, () => World>> = {
  'the project': () => {
    const read = (file: string): string => readFileSync(join(__dirname, '../../../', file), 'utf8');
    const supergraph = read('gateway/supergraph.graphql').replace(/"\{\w+\}"/g, '"http://127.0.0.1:1"');
    const favourites = new Set(['order', 'orders', 'holds', 'account', 'request', 'requests', 'batch', 'edges', 'node', 'stopPaymentRequests', 'stopPaymentRequest', 'stopPaymentBatches', 'stopPaymentInbox', 'outflows', 'bankAccount']);
    return { supergraph, subgraphs: { police: read('police/schema.graphql'), banks: read('banks/schema.graphql') }, favourites };
  },
  'three neighbours': () => {
    const services = Object.entries(neighbours).map(([name, sdl]) => ({ name, url: 'http://127.0.0.1:1', typeDefs: parse(sdl) }));
    const { supergraphSdl, errors } = composeServices(services);
    if (!supergraphSdl) throw new Error(String(errors));
    return { supergraph: supergraphSdl, subgraphs: neighbours, favourites: new Set(['owner', 'owners', 'keeper', 'home', 'guests', 'rooms', 'pets', 'friend', 'label', 'lucky', 'wealth', 'any', 'rows', 'notes', 'text', 'mark']) };
  },
};
