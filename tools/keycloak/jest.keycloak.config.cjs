const preset = require('../../jest.preset.cjs')(__dirname);

// The same promises as on the development provider, and what only Keycloak does. One after the other: log-ins of one person would disturb each other.
module.exports = { ...preset, displayName: 'keycloak', testMatch: ['<rootDir>/src/any-provider.spec.ts', '<rootDir>/src/with-keycloak/**/*.spec.ts'], maxWorkers: 1 };
