import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MOST_NODES, estimateNodes } from '@lianfang/subgraph';
import { Kind, buildASTSchema, parse, validate } from 'graphql';
import { attempt } from '../action';
import { Session, type Answer } from '../session';
import { findOrder, loadInbox, orderActions } from './bank-desk';
import { caseActions, findCase } from './case-desk';
import { findRequest, loadBatches, loadRequests, stopActions } from './stop-desk';

/** Writes down what a desk would send. */
class Noting extends Session {
  readonly documents: string[] = [];

  constructor() {
    super({ gatewayUrl: '', issuer: '' }, 'nobody');
  }

  override ask(query: string): Promise<Answer> {
    this.documents.push(query);
    return Promise.resolve({ errors: [{ message: 'noted' }] });
  }
}

const schema = buildASTSchema(parse(readFileSync(join(__dirname, '../../../../apps/gateway/supergraph.graphql'), 'utf8')));

async function documentsOfTheDesks(): Promise<readonly string[]> {
  const noting = new Noting();
  for (const action of [...Object.values(caseActions), ...Object.values(stopActions), ...Object.values(orderActions)]) await attempt(noting, action, {});
  const reads = [findCase(noting, ''), findRequest(noting, ''), loadBatches(noting, ''), loadRequests(noting, ''), findOrder(noting, ''), loadInbox(noting)];
  await Promise.allSettled(reads);
  return noting.documents;
}

function estimateOf(text: string): number {
  const document = parse(text);
  const operations = document.definitions.filter((one) => one.kind === Kind.OPERATION_DEFINITION);
  return Math.max(...operations.map((operation) => estimateNodes({ getSchema: () => schema, getFragment: () => undefined }, operation).nodes));
}

test('what the desks ask is valid, and asks for at most half of what a document may ask for', async () => {
  const documents = await documentsOfTheDesks();

  expect(documents).toHaveLength(24);
  expect(documents.flatMap((document) => validate(schema, parse(document)))).toEqual([]);
  expect(documents.filter((document) => estimateOf(document) > MOST_NODES / 2)).toEqual([]);
});
