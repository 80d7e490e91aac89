// Writes the generated docs (docs/messages.md, the code lists of docs/glossary.md) from the built vocabulary.
// Run by `npm run docs:write` after a build; the specs of this library compare the files with the code.
const { readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const root = join(__dirname, '../..');
const built = join(root, 'dist/libs/vocabulary/src');
const { describeMessages } = require(join(built, 'messages/describe-messages'));
const { renewGlossary } = require(join(built, 'describe-words'));

const glossary = join(root, 'docs/glossary.md');
writeFileSync(join(root, 'docs/messages.md'), describeMessages());
writeFileSync(glossary, renewGlossary(readFileSync(glossary, 'utf8')));
console.log('docs/messages.md and docs/glossary.md are current');
