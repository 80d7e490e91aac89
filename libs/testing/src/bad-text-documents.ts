import type { GraphQLSchema } from 'graphql';
import { attackDocuments, type AttackDocument } from './attack-documents';

/** Texts that come by pasting, by accident or on purpose; none may be more than a refusal or a mistake of the client. */
export const badTexts: Readonly<Record<string, string>> = { NUL: 'A\u0000B', 'lone surrogate': 'A\ud800B', '100 kB': 'A'.repeat(100_000) };

/** Texts that would be more than a value if they were ever written into a statement; the first holds them all. */
export const injections: readonly [string, ...string[]] = [
  "x' or '1'='1'; select pg_sleep(30); -- \"$$\\", "' or '1'='1", "'; drop table audit_entry; --", "\\' or 1=1 --", '%', '_______', '{"$ne":null}',
];

/** For every text that an argument of a root field takes, directly or inside its input, and every bad text: a document that sends it there. */
export const badTextDocuments = (schema: GraphQLSchema): AttackDocument[] =>
  Object.entries(badTexts).flatMap(([kind, value]) => attackDocuments({ schema, into: ['String', 'ID'], value }).map((document) => ({ ...document, label: `${document.label}: ${kind}` })));
