import 'reflect-metadata';
import { writeSchema } from '@lianfang/subgraph';
import { subgraphParts } from './subgraph';

/** Writes the banks' schema to the file that is named: `node print-schema.js apps/banks/schema.graphql`. */
writeSchema(subgraphParts, process.argv[2] ?? 'apps/banks/schema.graphql').catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
