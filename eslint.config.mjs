import nx from '@nx/eslint-plugin';
import typescript from '@typescript-eslint/eslint-plugin';
import parser from '@typescript-eslint/parser';

/** Which layers a layer may import from; arrows only downwards. `testing` is for specs and tools, see `testingImports`. */
const layers = {
  vocabulary: [],
  database: ['vocabulary'],
  access: ['database', 'vocabulary'],
  exchange: ['database', 'vocabulary'],
  subgraph: ['access', 'database', 'vocabulary'],
  testing: ['subgraph', 'access', 'exchange', 'database', 'vocabulary'],
  app: ['subgraph', 'access', 'exchange', 'database', 'vocabulary'],
  tool: ['tool', 'subgraph', 'access', 'exchange', 'database', 'vocabulary', 'testing'],
};

const layerConstraints = Object.entries(layers).map(([layer, below]) => ({
  sourceTag: `layer:${layer}`,
  // A spec may use the testing kit; which files are specs is not Nx's to know, so every layer may name it here.
  onlyDependOnLibsWithTags: [layer, ...below, 'testing'].map((name) => `layer:${name}`),
}));

/** The kit is built upon the libs whose specs use it: Nx sees a circle of projects where there is none of files that run. */
const kitCycles = [['testing', '*']];

const testingImports = {
  paths: [{ name: '@lianfang/testing', message: 'The testing kit is for specs and tools: production code that needs it has a part missing in a lib.' }],
};

const environmentOnlyInConfig = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: 'Read process.env in a config.ts only: there it is parsed once and what is missing is told at the start.',
};

/** Every statement runs as a caller (architecture, "Writing"): a DataSource by hand would go round row-level security. */
const databaseOnlyThroughItsDoor = [
  { selector: "NewExpression[callee.name='DataSource']", message: 'Open a Database of @lianfang/database: its asCaller is the one door.' },
  {
    selector: "CallExpression[callee.property.name=/^(query|getRepository|createQueryBuilder|createQueryRunner)$/][callee.object.name=/^(dataSource|source|connection|pool|client)$/i]",
    message: 'Use the manager that asCaller gives: statements outside it run without a caller.',
  },
  {
    selector: "CallExpression[callee.property.name=/^(query|getRepository|createQueryBuilder|createQueryRunner)$/][callee.object.type='MemberExpression'][callee.object.property.name=/^(dataSource|source|connection|pool|client)$/i]",
    message: 'Use the manager that asCaller gives: statements outside it run without a caller.',
  },
];

const noTrickyExports = { selector: 'ExportAllDeclaration', message: 'Name what you export: `export *` hides where a name comes from.' };

const code = ['apps/*/src/**/*.ts', 'libs/*/src/**/*.ts', 'tools/*/src/**/*.ts'];
const specs = ['**/*.spec.ts', '**/*.e2e.ts', '**/src/testing/**/*.ts'];

export default [
  { ignores: ['**/node_modules/', 'dist/', '.nx/', '.data/', 'coverage/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: code,
    languageOptions: { parser, sourceType: 'module' },
    plugins: { '@nx': nx, '@typescript-eslint': typescript },
    rules: {
      '@nx/enforce-module-boundaries': ['error', { depConstraints: layerConstraints, enforceBuildableLibDependency: false, allow: [], ignoredCircularDependencies: kitCycles }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/no-unsafe-function-type': 'error',
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'as' }],
      'max-lines': ['error', { max: 300 }],
      'max-lines-per-function': ['error', { max: 60 }],
      'no-restricted-imports': ['error', testingImports],
      'no-restricted-syntax': ['error', environmentOnlyInConfig, ...databaseOnlyThroughItsDoor, noTrickyExports],
      'no-empty': 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  // A migration is one statement after another: its length is the table's, not the function's.
  { files: ['**/src/migrations/*.ts', '**/src/**/migrations/*.ts'], rules: { 'max-lines-per-function': 'off' } },
  // The door itself, and tools that prepare a server before any caller exists.
  {
    files: ['libs/database/src/**/*.ts', 'libs/testing/src/**/*.ts', 'tools/*/src/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', environmentOnlyInConfig, noTrickyExports] },
  },
  { files: ['**/src/config.ts', '**/src/*.config.ts'], rules: { 'no-restricted-syntax': ['error', ...databaseOnlyThroughItsDoor, noTrickyExports] } },
  { files: ['libs/testing/src/**/*.ts', 'tools/*/src/**/*.ts', ...specs], rules: { 'no-restricted-imports': 'off' } },
  {
    files: specs,
    rules: { 'max-lines': ['error', { max: 600 }], 'max-lines-per-function': 'off', 'no-restricted-syntax': ['error', noTrickyExports] },
  },
  { files: ['**/*.cjs'], languageOptions: { sourceType: 'commonjs' } },
];
