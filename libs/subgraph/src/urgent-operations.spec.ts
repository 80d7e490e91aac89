import { laneOf } from './urgent-operations';

it.each([
  'mutation A($input: ApproveStopPaymentBatchInput!) { approveStopPaymentBatch(input: $input) { __typename } }',
  'mutation { a: approveStopPaymentBatch(input: {}) { ...Told } b: declineStopPayment(input: {}) { __typename } } fragment Told on Refusals { refusals { code } }',
])('a document of urgent mutations alone is urgent', (query) => {
  expect([laneOf(query), laneOf(query)]).toEqual(['urgent', 'urgent']);
});

it.each([
  ['a reading', '{ stopPaymentRequests { edges { node { id } } } }'],
  ['a comment', '{ stopPaymentRequests { edges { node { id } } } } # approveStopPaymentBatch'],
  ['an alias', 'mutation { approveStopPaymentBatch: reportFraud(input: {}) { __typename } }'],
  ['company', 'mutation { approveStopPaymentBatch(input: {}) { __typename } reportFraud(input: {}) { __typename } }'],
  ['a fragment at the root', 'mutation { ...All } fragment All on Mutation { approveStopPaymentBatch(input: {}) { __typename } reportFraud(input: {}) { __typename } }'],
  ['a second operation', 'mutation A { approveStopPaymentBatch(input: {}) { __typename } } query B { stopPaymentRequests { edges { node { id } } } }'],
  ['a word that does not parse', 'approveStopPaymentBatch {'],
  ['an urgent name of every object', 'mutation { constructor approveStopPaymentBatch }'],
])('%s does not make a document urgent', (_what, query) => {
  expect(laneOf(query)).toBe('ordinary');
});

it('what is no text is ordinary', () => {
  expect(laneOf(undefined)).toBe('ordinary');
});
