'use strict';
/* A Jest reporter that writes down how many tests of a project passed and failed, for the closing line of `npm test`. */
const { mkdirSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

module.exports = class TestCounts {
  constructor(globalConfig, { folder, project }) {
    this.file = join(folder, `${project.replace(/[\\/]/g, '.')}.json`);
    mkdirSync(folder, { recursive: true });
  }

  onRunComplete(_contexts, { numPassedTests, numFailedTests, numPendingTests, numTodoTests, numRuntimeErrorTestSuites }) {
    // A spec file that cannot even be loaded has no tests to fail: it counts as one itself.
    const counts = { passed: numPassedTests, failed: numFailedTests + numRuntimeErrorTestSuites, skipped: numPendingTests + numTodoTests };
    writeFileSync(this.file, JSON.stringify(counts));
  }
};
