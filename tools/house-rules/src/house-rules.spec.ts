import { failpointNames } from '@lianfang/database';
import { messageContracts, refusals } from '@lianfang/vocabulary';
import { findCitizenIds, isAssignedProvince, standardVectors } from './citizen-ids';
import { files, hasFile, placesOf, productionSources, projects, sources, textOf } from './house';
import { migrationClasses, presentChecksums, sealedChecksums, sealNew } from './migration-checksums';

/*
 * The rules of the house that a machine can check. Each test lists the places that break its rule; the comment says why the
 * rule is there and what was probably forgotten. Not here, because they stand beside what they guard: the committed schemas and
 * supergraph are current (tools/supergraph), docs/messages.md and the code lists equal the tables (libs/vocabulary).
 */

/** Source of a pattern, so that this file does not match itself. */
const pattern = (source: string, flags = ''): RegExp => new RegExp(source, flags);

describe('names', () => {
  // Such a word says nothing about the field, so everything ends up in it. Forgotten: find the glossary's word for what the file is about.
  it('no path has a segment that could hold anything', () => {
    const empty = /(^|\/)(utils?|helpers?|common|shared|core|types?|dto|services?|managers?|misc)(\.[^/]*)?(\/|$)/;

    expect(files.filter(({ path }) => empty.test(path)).map(({ path }) => path)).toEqual([]);
  });

  // A suffix tells what kind of code a file holds before it is opened. Forgotten: the closed list in CONTRIBUTING.md; a new one needs an ADR.
  it('every suffix is on the closed list', () => {
    const known = new Set(['input', 'query', 'entity', 'lifecycle', 'rules', 'actions', 'resolver', 'reference', 'stub', 'messages', 'loader', 'spec', 'e2e']);

    expect(sources.filter(({ name }) => name.split('.').slice(1, -1).some((suffix) => !known.has(suffix))).map(({ path }) => path)).toEqual([]);
  });

  // One way to spell a file, so that a name is found without guessing. Forgotten: kebab-case after the main export (components: PascalCase.tsx).
  it('every source file is named in kebab-case', () => {
    const named = /^([a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)*\.ts|[A-Z][A-Za-z0-9]*(\.spec)?\.tsx|(main|routes)\.tsx)$/;

    expect(sources.filter(({ name }) => !named.test(name)).map(({ path }) => path)).toEqual([]);
  });
});

describe('projects', () => {
  // A newcomer reads the README first. Forgotten: one screen on what the project owns and what it does not.
  it('every app, lib and tool has a README', () => {
    expect(projects.filter(({ path }) => !hasFile(`${path}/README.md`)).map(({ path }) => path)).toEqual([]);
  });

  // A lib has one door; an app has none, because nobody imports an app. Forgotten: name the export in the lib's src/index.ts.
  it('a lib has exactly one index.ts, an app has none', () => {
    const doors = (path: string) => sources.filter((file) => file.path.startsWith(`${path}/`) && file.name === 'index.ts').map((file) => file.path);

    expect(projects.filter(({ kind }) => kind === 'libs').flatMap(({ path }) => (doors(path).join() === `${path}/src/index.ts` ? [] : [path]))).toEqual([]);
    expect(projects.filter(({ kind }) => kind === 'apps').flatMap(({ path }) => doors(path))).toEqual([]);
  });

  // The layer rule of eslint knows a project by its tag: without one everything would be allowed. Forgotten: "tags" in project.json.
  it('every project has the tag of its layer', () => {
    const expected = { apps: /^layer:app$/, tools: /^layer:tool$/, libs: /^layer:(vocabulary|database|access|exchange|subgraph|testing)$/ };
    const tagsOf = (path: string) => (JSON.parse(textOf(`${path}/project.json`)) as { tags?: string[] }).tags ?? [];

    expect(projects.filter(({ kind, path }) => !tagsOf(path).some((tag) => expected[kind].test(tag))).map(({ path }) => path)).toEqual([]);
  });
});

describe('code', () => {
  // Behind a star nobody sees what a module gives or where a name comes from. Forgotten: list the names.
  it('nothing exports everything', () => {
    expect(placesOf(pattern('^export\\s+\\*'), sources)).toEqual([]);
  });

  // Settings are parsed once, at the start, and what is missing is told in one list. Forgotten: add the setting to the project's config.ts.
  it('the environment is read in config.ts only', () => {
    expect(placesOf(pattern('process\\.env\\b'), productionSources.filter(({ name }) => name !== 'config.ts'))).toEqual([]);
  });

  // A table or a rule that no spec reads can be wrong for years. Forgotten: x.rules.spec.ts beside x.rules.ts.
  it('every lifecycle and every list of rules has a spec beside it', () => {
    const tables = sources.filter(({ path }) => /\.(lifecycle|rules)\.ts$/.test(path));

    expect(tables.filter(({ path }) => !hasFile(path.replace(/\.ts$/, '.spec.ts'))).map(({ path }) => path)).toEqual([]);
  });

  // A skipped test looks like a passed one. Forgotten: mend it or delete it; `only` skips all the others.
  it('no test is skipped or put off', () => {
    expect(placesOf(pattern('\\b(describe|it|test)\\.(skip|only|todo|fixme)\\b|\\b(xit|xdescribe|xtest|fit|fdescribe)\\('), sources.filter(({ path }) => !path.startsWith('tools/house-rules/')))).toEqual([]);
  });

  // What is put off without an issue is put off for ever. Forgotten: open the issue and name its number.
  it('no note of unfinished work is without an issue', () => {
    expect(placesOf(pattern('\\b(TO' + 'DO|FIX' + 'ME|X' + 'XX)\\b(?! ?\\(?#\\d)'), sources)).toEqual([]);
  });

  // The tree must build on every machine. Forgotten: a path relative to the repository, or a setting.
  it('no file names a folder of one machine or a registry', () => {
    const places = pattern('(^|[\\s"\'`(=:])(/wo' + 'rk/|/ho' + 'me/[a-z]|/Us' + 'ers/[A-Za-z]|/ro' + 'ot/|[A-Z]:\\\\\\\\?Us' + 'ers)|registry\\.(npm' + 'js|yarn' + 'pkg)|npm' + 'mirror|art' + 'ifactory|:_auth' + 'Token');

    expect(placesOf(places, files.filter(({ name }) => !/\.(png|jpe?g|woff2?|pdf|xlsx)$/.test(name)))).toEqual([]);
  });
});

describe('fail points', () => {
  // A point that no process comes by is an accident that never happens, and a promise that nothing proves. Forgotten: reach('its.name') at the step, or the row of the list.
  it('every fail point of the list stands at its step', () => {
    const code = productionSources.filter(({ path }) => !path.startsWith('libs/database/src/failpoint/') && !path.startsWith('tools/')).map(({ path }) => textOf(path)).join('\n');
    const isThere = (name: string): boolean => code.includes(`'${name}'`) || code.includes(`failpoints: '${name.replace(/\.[a-z-]+$/, '')}'`);

    expect(failpointNames.filter((name) => !isThere(name))).toEqual([]);
  });
});

describe('migrations', () => {
  // The digits order them over all libs; the class name is what the database remembers. Forgotten: <13 digits>-<verb>-<object>.ts and a class that ends in the same digits.
  it('a migration is named after its time and what it does, and so is its class', () => {
    const misnamed = migrationClasses.filter(({ name, path }) => {
      const digits = /^(\d{13})-[a-z]+(-[a-z0-9]+)+\.ts$/.exec(name)?.[1];
      return digits === undefined || !new RegExp(`export class [A-Z][A-Za-z0-9]*${digits}\\b`).test(textOf(path));
    });

    expect(misnamed.map(({ path }) => path)).toEqual([]);
  });

  // Two of one time would run in an order that nobody chose. Forgotten: take the next free number of your project's range.
  it('no two migrations have the same time', () => {
    const times = migrationClasses.map(({ name }) => name.slice(0, 13));

    expect(times.filter((time, index) => times.indexOf(time) < index)).toEqual([]);
  });

  // Databases have run it: a change would reach new ones only. Forgotten: write a new migration; for a new one run `npm run migrations:seal`.
  it('no migration has changed since it was sealed, and every one is sealed', () => {
    expect(presentChecksums()).toEqual(sealedChecksums());
  });

  it('a changed or removed migration is not sealed again', () => {
    expect(() => sealNew({ 'a.ts': 'one' }, { 'a.ts': 'two' })).toThrow(/write a new one instead:\na\.ts/);
    expect(() => sealNew({ 'a.ts': 'one' }, {})).toThrow(/a\.ts/);
    expect(sealNew({ 'b.ts': 'two' }, { 'b.ts': 'two', 'a.ts': 'one' })).toEqual({ 'a.ts': 'one', 'b.ts': 'two' });
  });
});

describe('personal data', () => {
  const peopleFolder = 'libs/testing/src/people/';
  const texts = files.filter(({ name }) => !/\.(png|jpe?g|woff2?|pdf|xlsx)$/.test(name) && name !== 'package-lock.json');
  const idsOf = (path: string) => findCitizenIds(textOf(path)).filter((id) => !standardVectors.includes(id));

  // A valid number may be somebody's. Forgotten: take a person from the testing kit, or spoil the check digit when the number is meant to be wrong.
  it('a valid citizen id stands nowhere but with the invented people', () => {
    expect(texts.filter(({ path }) => !path.startsWith(peopleFolder) && idsOf(path).length > 0).map(({ path }) => path)).toEqual([]);
  });

  // Region codes that no province ever had make sure that an invented number is nobody's. Forgotten: take the kit's invented regions.
  it('invented people come from regions that were never assigned', () => {
    const people = texts.filter(({ path }) => path.startsWith(peopleFolder));

    expect(people.flatMap(({ path }) => idsOf(path)).filter(isAssignedProvince)).toEqual([]);
  });

  it('the search knows a valid id from a number that only looks like one', () => {
    const [valid = ''] = standardVectors;

    expect(findCitizenIds(`number: '${valid}'`)).toEqual([valid]);
    expect(findCitizenIds(valid.toLowerCase())).toEqual([valid]);
    expect(findCitizenIds(`9${valid}`)).toEqual([]);
    expect(findCitizenIds(valid.replace('X', '1'))).toEqual([]);
    expect(findCitizenIds(valid.replace('1231', '1331'))).toEqual([]);
  });
});

describe('registers', () => {
  const rowsOf = (path: string): Set<string> => new Set([...textOf(path).matchAll(/^\|\s*`?([A-Za-z0-9._-]+)`?\s*\|/gm)].flatMap(([, cell]) => cell ?? []));

  // A rule without its law cannot be defended to a lawyer. Forgotten: a row in docs/law.md.
  it('every law that the code names is in the law register', () => {
    const named = sources.flatMap(({ path }) => {
      const text = textOf(path);
      const fields = [...text.matchAll(/\blaw: '([A-Z0-9]+-[^']+)'/g)].map(([, id]) => id ?? '');
      const tags = [...text.matchAll(/@law ((?:[A-Z0-9]+-[0-9A-Za-z]+[ ,]*)+)/g)].flatMap(([, ids]) => (ids ?? '').split(/[ ,]+/));
      return [...fields, ...tags].filter((id) => id !== '').map((id) => ({ id, path }));
    });
    const register = rowsOf('docs/law.md');

    expect(named.filter(({ id }) => !register.has(id)).map(({ id, path }) => `${id} in ${path}`)).toEqual([]);
  });

  // Whoever meets a refusal looks its code up. Forgotten: `npm run docs:write` after a change of the tables; codes that nothing holds any more must go.
  it('every refusal code has its two sentences and stands in docs/messages.md', () => {
    const text = textOf('docs/messages.md');
    const wanting = Object.entries(refusals).filter(([code, { zh, en }]) => !text.includes(`\`${code}\``) || zh.trim() === '' || en.trim() === '');

    expect(wanting.map(([code]) => code)).toEqual([]);
  });

  // A sentence that says only "no" leaves its reader alone. Forgotten: the same parameters in both languages, so that neither shows a bare {name}.
  it('the two sentences of a refusal speak of the same things', () => {
    const parameters = (sentence: string) => [...sentence.matchAll(/\{(\w+?)(?:Zh|En)?\}/g)].map(([, name]) => name).sort().join();

    expect(Object.entries(refusals).filter(([, { zh, en }]) => parameters(zh) !== parameters(en)).map(([code]) => code)).toEqual([]);
  });

  // Another agency builds its side from this document. Forgotten: `npm run docs:write`.
  it('every message type stands in docs/messages.md', () => {
    const text = textOf('docs/messages.md');

    expect(messageContracts.filter(({ type }) => !text.includes(type)).map(({ type }) => type)).toEqual([]);
  });

  // An attack whose test was renamed away is an attack that nobody tries any more. Forgotten: the new title in docs/security.md.
  it('every attack of docs/security.md is proven by specs that are there', () => {
    const attacks = textOf('docs/security.md').split('\n').filter((line) => /^\| (?!attack \|)/.test(line)).map((line) => line.split(' | ').at(-1) ?? '');
    const proofs = attacks.flatMap((cell) => [...cell.matchAll(/((?:`[^`]+\.spec\.ts`(?:, )?)+): ("[^"]+"(?: · "[^"]+")*)/g)].flatMap(([, specs = '', titles = '']) =>
      [...specs.matchAll(/`([^`]+)`/g)].flatMap(([, path = '']) => [...titles.matchAll(/"([^"]+)"/g)].map(([, title = '']) => ({ path, title })))));

    expect(attacks.filter((cell) => !cell.includes('.spec.ts`: "'))).toEqual([]);
    expect(proofs.length).toBeGreaterThan(40);
    expect(proofs.filter(({ path, title }) => !hasFile(path) || !textOf(path).includes(title.replace(' (%s)', ''))).map(({ path, title }) => `${path}: ${title}`)).toEqual([]);
  });

  // One word per thing, everywhere: what is not in the glossary has no agreed name. Forgotten: a row in docs/glossary.md.
  it('every lifecycle is named by a word of the glossary', () => {
    const glossary = textOf('docs/glossary.md');
    const names = sources.filter(({ path }) => path.endsWith('.lifecycle.ts')).flatMap(({ path }) => [...textOf(path).matchAll(/lifecycle\(\s*'([^']+)'/g)].map(([, name]) => name ?? ''));

    expect(names.filter((name) => !glossary.includes(`\`${name}\``))).toEqual([]);
  });

  // Every dependency is a stranger in the house. Forgotten: a line in docs/adr/0001 that says what it is for, or to strike the line when the package goes.
  it('the table of dependencies names exactly what the package files ask for', () => {
    const packageFiles = files.filter(({ name }) => name === 'package.json').map(({ path }) => JSON.parse(textOf(path)) as Partial<Record<string, Record<string, string>>>);
    const asked = packageFiles.flatMap((file) => ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'].flatMap((kind) => Object.keys(file[kind] ?? {})));
    const rows = textOf('docs/adr/0001-dependencies.md').split('\n').filter((row) => row.startsWith('| `'));
    const named = rows.flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, name]) => name ?? ''));

    expect(named.sort()).toEqual([...new Set(asked)].sort());
  });

  // A folder or a table without an agreed name is found by nobody who knows only the field. Forgotten: a row in docs/glossary.md with the name in code.
  it('every feature folder and every table is a word of the glossary', () => {
    const words = new Set([...textOf('docs/glossary.md').matchAll(/^\|[^|]*\|[^|]*\|([^|]*)\|/gm)].flatMap(([, cell]) => [...(cell ?? '').matchAll(/`([^`]+)`/g)].map(([, word]) => asWord(word ?? ''))));
    const folders = sources.flatMap(({ path }) => /^apps\/[^/]+\/src\/([^/]+)\//.exec(path)?.[1] ?? []).filter((name) => !['migrations', 'testing'].includes(name));
    const tables = migrationClasses.flatMap(({ path }) => [...textOf(path).matchAll(/\bcreate table (?:if not exists )?([a-z_.]+)/g)].map(([, name]) => name ?? ''));

    expect([...new Set([...folders, ...tables])].filter((name) => !words.has(asWord(name)))).toEqual([]);
  });
});

/** `stop_payment_batch`, `stop-payment-batch` and `stopPaymentBatch` are one word. */
const asWord = (name: string): string => name.replace(/[-_]/g, '').toLowerCase();
