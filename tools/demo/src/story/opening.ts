import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { formatMoney, moneyOf } from '@lianfang/vocabulary';
import { inventedPrefixes } from '@lianfang/testing';
import { take } from '../action';
import { importLedger } from '../program';
import { prefixImport } from '../desks/prefix-desk';
import { holds } from '../step';
import type { Scene } from './scene';

/** Fen as people read it, as in `¥3,000.00`. */
export const cny = (fen: number): string => formatMoney(moneyOf(BigInt(fen)), 'en');

/** The house opens, the prefix table is imported, and the banks' ledgers are filled. */
export async function opening({ story, own, system, cast, as }: Scene, startedIn: number): Promise<void> {
  await story.step('The house opens: gateway, police, banks, identity and Postgres, each on a port of its own', async () => {
    const nobody = await fetch(`${system.gatewayUrl}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"query":"{ fraudCases { edges { cursor } } }"}' });
    holds(nobody.status === 401, `who has no token is told 401, found ${nobody.status}`);
    const { errors } = await as('nobody.police').ask('{ fraudCases { edges { cursor } } }');
    holds(errors?.[0]?.extensions?.code === 'FORBIDDEN', `who has no role is told FORBIDDEN, found ${JSON.stringify(errors)}`);
    const ownIdentity = system.issuer.includes(`:${system.ports.identity}/`);
    const wanted = [...(ownIdentity ? ['identity'] : []), 'postgres', 'police', 'banks', 'gateway'];
    const running = wanted.filter((name) => system.supervisor.pidOf(name) !== undefined);
    holds(running.length === wanted.length, `${wanted.join(', ')} run, found ${running.join(', ')}`);
    const identity = ownIdentity ? '' : `; people log in at ${system.issuer}`;
    return { told: [`ready in ${(startedIn / 1000).toFixed(1)} s: ${running.join(', ')}${identity}; without a token 401, without a role FORBIDDEN`], found: undefined };
  });

  await story.step('The prefix table is imported: which first digits belong to which institution', async () => {
    const csv = `prefix,institution,product\n${Object.entries(inventedPrefixes).map(([institution, prefix]) => `${prefix},${institution},demo card`).join('\n')}\n`;
    const once = await take(as('duty.chaoyang'), prefixImport, { csv, dryRun: false });
    const again = await take(as('duty.chaoyang'), prefixImport, { csv, dryRun: false });
    holds(once.added === 4 && again.added === 0 && again.unchanged === 4, `4 rows are added once, found ${JSON.stringify([once, again])}`);
    return { told: [`${once.added} prefixes added; the same file again: ${again.added} added, ${again.unchanged} unchanged`], found: undefined };
  });

  await story.step("The banks' ledgers are filled from files in the importer's own format", async () => {
    const folder = join(own.folder, 'ledger');
    await mkdir(folder);
    await cast.ledger.write(folder);
    const dry = await importLedger(system, ['--format', 'lianfang', '--dry-run', folder]);
    const real = await importLedger(system, ['--format', 'lianfang', folder]);
    const again = await importLedger(system, ['--format', 'lianfang', folder]);
    const expected = `${cast.ledger.accounts.length} accounts and ${cast.ledger.entries.length} movements`;
    holds(dry.includes(`would import ${expected}`), `the dry run would import ${expected}, it said:\n${dry}`);
    holds(real.includes(`imported ${expected}`), `the import brings ${expected}, it said:\n${real}`);
    holds(again.includes('already imported'), `the second import changes nothing, it said:\n${again}`);
    return { told: [`${expected} at four institutions; once more: nothing changed`], found: undefined };
  });
}
