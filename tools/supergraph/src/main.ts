import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { composeSupergraph } from './compose';
import { appsWith, printCommand, readSchemas, schemaFile, supergraphFile } from './files';

/** Four folders up from dist/tools/supergraph/src. */
const root = resolve(__dirname, '..', '..', '..', '..');

/** Prints every app's schema by the app's own command, then composes them. Run the build first. */
function main(): void {
  for (const app of appsWith(root, printCommand)) {
    execFileSync(process.execPath, [join(root, printCommand(app)), join(root, schemaFile(app))], { cwd: root, stdio: 'inherit' });
    process.stdout.write(`${schemaFile(app)}\n`);
  }
  const subgraphs = readSchemas(root);
  writeFileSync(join(root, supergraphFile), composeSupergraph(subgraphs));
  process.stdout.write(`${supergraphFile}: ${subgraphs.map(({ name }) => name).join(', ')}\n`);
}

try {
  main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
