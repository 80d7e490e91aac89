'use strict';
/*
 * Required before anything else by every process of ours: our own stack traces name TypeScript lines, those of packages stay as they are (their maps
 * would cost each process a quarter second and 30 MB), and what V8 has compiled once is kept beside the packages for the next start.
 */
const module_ = require('node:module');
const { join } = require('node:path');

module_.setSourceMapsSupport?.(true, { nodeModules: false, generatedCode: false });
module_.enableCompileCache?.(join(__dirname, '..', '..', 'node_modules', '.cache', 'lianfang-compiled'));
