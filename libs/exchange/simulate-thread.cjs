'use strict';
/* A thread of the simulator, straight from the sources, for its spec: inside Jest's sandbox the same code takes nearly three times as long. */
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { transformSync } = require('@swc/core');
require('reflect-metadata');

const root = join(__dirname, '..', '..');
const swc = JSON.parse(readFileSync(join(root, '.swcrc'), 'utf8'));

/** Compiles a source as the build does. */
function compile(filename) {
  const { code } = transformSync(readFileSync(filename, 'utf8'), { ...swc, jsc: { ...swc.jsc, baseUrl: root }, sourceMaps: 'inline', swcrc: false, filename });
  return code;
}

require.extensions['.ts'] = (module, filename) => module._compile(compile(filename), filename);
require('./src/simulator/simulate-range.ts');
