import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { PrintedSubgraph } from './compose';

/** Where the composed supergraph stands, from the repository's root. */
export const supergraphFile = join('apps', 'gateway', 'supergraph.graphql');

/** Where an app's schema stands, from the repository's root. */
export const schemaFile = (app: string): string => join('apps', app, 'schema.graphql');

/** Where an app's command that prints its schema is built to, from the repository's root. */
export const printCommand = (app: string): string => join('dist', 'apps', app, 'src', 'print-schema.js');

/** The apps that have a file, as in `schemaFile`. */
export const appsWith = (root: string, file: (app: string) => string): string[] => readdirSync(join(root, 'apps')).filter((app) => existsSync(join(root, file(app)))).sort();

/** Every committed subgraph schema. */
export const readSchemas = (root: string): PrintedSubgraph[] =>
  appsWith(root, schemaFile).map((name) => ({ name, schema: readFileSync(join(root, schemaFile(name)), 'utf8') }));
