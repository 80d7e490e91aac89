'use strict';
/*
 * Builds everything (under a second) and runs one of our programs with the arguments that follow:
 * `run.cjs start` is tools/setup/src/start.ts, `run.cjs tools/demo story` is tools/demo/src/story.ts. Without a name it only builds.
 */
const { spawnSync } = require('node:child_process');
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const root = join(__dirname, '..', '..');
const swc = join(root, 'node_modules', '@swc', 'cli', 'bin', 'swc.js');

/** SWC compiles every project to CommonJS in dist; sources are only read. */
function build() {
  if (!existsSync(swc)) fail('The packages are not installed. npm start and npm test install them; alone: node tools/setup/bootstrap.cjs');
  const args = [swc, 'apps', 'libs', 'tools', '-d', 'dist', '--config-file', '.swcrc', '-q'];
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) fail('The build failed; the message above names the file.');
}

/** Becomes the program: from here on it is as if Node had been started with it. */
function become([first, ...rest]) {
  const [project, program, ...given] = first.includes('/') ? [first, ...rest] : ['tools/setup', first, ...rest];
  const file = join(root, 'dist', project, 'src', `${program}.js`);
  if (!existsSync(file)) fail(`There is no program ${project}/src/${program}.ts.`);
  process.argv = [process.execPath, file, ...given];
  require('./launch.cjs');
  require('node:module').runMain();
}

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}

build();
if (process.argv.length > 2) become(process.argv.slice(2));
