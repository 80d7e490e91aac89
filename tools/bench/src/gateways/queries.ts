/** One document that the gateways are asked. */
export interface BenchQuery {
  readonly name: string;
  readonly document: string;
}

const orderFields = 'id state version startedAt expiresAt held { fen currency }';

/** Pages of fifteen requests beside each other: as many fetches of orders as pages, and one of the pages. */
const pages = Array.from({ length: 15 }, (_, place) => `p${place}: stopPaymentRequests(first: 15, filter: { caseId: "01900000-0000-7000-8000-0000000000${String(place).padStart(2, '0')}" }) { edges { node { id state institution ordinal order { ${orderFields} } } } }`);

/** What is asked: the page that an officer looks at all day, and one as heavy as a page may reasonably be. */
export const queries: readonly BenchQuery[] = [
  { name: '20 entities, 2 hops', document: '{ stopPaymentRequests(first: 20) { edges { node { id state order { id state startedAt expiresAt held { fen currency } } } } } }' },
  { name: 'heavy', document: `{ ${pages.join(' ')} }` },
];
