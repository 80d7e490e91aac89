import { installationEnvironment, lookInside, runProgram, until } from '@lianfang/demo';
import type { Breach } from '../invariants';
import type { House } from './house';

const agencies = ['police', 'banks'] as const;

/** I6: the verifier of each agency finds its trail whole, and the trail has every step that the ledgers know of. */
export async function proveAudit(house: House): Promise<Breach[]> {
  const found: Breach[] = [];
  for (const agency of agencies) {
    await until(`everything of ${agency} is sealed`, async () => (await lookInside(house.own.system, agency, 'select from audit_unsealed limit 1')).length === 0, 30_000);
    const { code, output } = await runProgram('tools/setup', 'commands/verify-audit', { args: ['--agency', agency], env: installationEnvironment(house.own) });
    if (code !== 0) found.push({ invariant: 'I6', what: `the trail of ${agency}: ${output.trim().split('\n').slice(0, 3).join(' · ')}` });
  }
  return [...found, ...(await isCovered(house))];
}

/** What was acknowledged or done stands in the trail once: approvals and releases with the police, holds and releases with the banks. */
async function isCovered({ ledgers, own }: House): Promise<Breach[]> {
  const entries = new Set<string>();
  for (const agency of agencies) {
    const rows = await lookInside<{ thing_id: string; action: string; count: string }>(
      own.system,
      agency,
      `select entry.thing_id, transition.action, count(*) from audit_entry as entry join transition using (id) where entry.kind = 'TRANSITION' group by 1, 2`,
    );
    for (const { thing_id, action, count } of rows) if (count === '1') entries.add(`${thing_id} ${action}`);
  }
  return ledgers.clients.orders.flatMap(({ id, account, acknowledgedAt, releaseAcknowledgedAt }) => {
    const facts = ledgers.core.factsOf(account.ref).map(({ kind }) => kind);
    const expected = [
      ...(acknowledgedAt ? ['APPROVE'] : []),
      ...(releaseAcknowledgedAt ? ['ORDER_RELEASE'] : []),
      ...(facts.includes('HELD') ? ['RECORD_STOP'] : []),
      ...(facts.includes('RELEASED') ? ['RECORD_RELEASE'] : []),
    ];
    const isThere = (action: string): boolean => entries.has(`${id} ${action}`) || (action === 'RECORD_RELEASE' && entries.has(`${id} RECORD_EXPIRY`));
    return expected.filter((action) => !isThere(action)).map((action): Breach => ({ invariant: 'I6', what: `the trail has not one ${action} of ${account.ref}` }));
  });
}
