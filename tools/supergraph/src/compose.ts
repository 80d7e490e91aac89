import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';

/** A subgraph's schema as it is printed to `apps/<name>/schema.graphql`. */
export interface PrintedSubgraph {
  /** The agency's word, as in `police`; also the placeholder of its address. */
  readonly name: string;
  readonly schema: string;
}

const header = '# Composed by `npm run supergraph` from apps/*/schema.graphql; a test proves it current. `{police}` and the like are filled in from the gateway\'s config.\n\n';

/** Composes the supergraph, with `{name}` in place of every address. Throws with every reason why the schemas do not fit. */
export function composeSupergraph(subgraphs: readonly PrintedSubgraph[]): string {
  const ordered = [...subgraphs].sort((one, other) => (one.name < other.name ? -1 : 1));
  const { supergraphSdl, errors } = composeServices(ordered.map(({ name, schema }) => ({ name, url: `{${name}}`, typeDefs: parse(schema) })));
  if (errors) throw new Error(`the subgraphs do not compose:\n${errors.map((error) => `  ${error.message}`).join('\n')}`);
  return `${header}${supergraphSdl}\n`;
}
