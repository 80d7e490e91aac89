const preset = require('../../jest.preset.cjs')(__dirname);

// What needs a running Keycloak is run by `npm run test:keycloak` with jest.keycloak.config.cjs.
module.exports = { ...preset, testPathIgnorePatterns: ['/src/with-keycloak/'] };
