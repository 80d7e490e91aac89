import { z } from 'zod';
import type { CaseSeen } from '../desks/case-desk';
import { lookInside } from '../look-inside';
import { installationEnvironment, runProgram } from '../program';
import type { Session } from '../session';
import { holds, until } from '../step';
import type { Scene } from './scene';

const agencies = ['police', 'banks'] as const;

/** Looks at personal data are recorded, and the trails of both agencies prove themselves. */
export async function record(scene: Scene, opened: CaseSeen): Promise<void> {
  await disclosure(scene, opened);
  await whole(scene);
  await tampered(scene);
}

/** They see the case, and have no task on it. */
const strangers = ['officer.chaoyang-second', 'intake.chaoyang', 'leader.beijing'];

function disclosure({ story, system, as }: Scene, opened: CaseSeen): Promise<void> {
  return story.step('A full name is shown for an open task and recorded; without an open task it is null, and that is recorded too', async () => {
    const deceived = opened.persons.find(({ parts }) => parts.includes('DECEIVED'))?.id ?? '';
    const looks = (): Promise<{ kind: string; body: string }[]> =>
      lookInside(system, 'police', "select kind, body from audit_entry where thing = 'case-person' and thing_id = $1 and kind in ('LOOK', 'REFUSED_LOOK') order by at, id", [deceived]);
    const full = await lookAt(as('officer.chaoyang'), { caseId: opened.id, personId: deceived, task: 'STOP_PAYMENT' });
    const none = await lookAt(as('officer.chaoyang'), { caseId: opened.id, personId: deceived, task: 'APPEAL' });
    const others = await Promise.all(strangers.map((username) => lookAt(as(username), { caseId: opened.id, personId: deceived, task: 'STOP_PAYMENT' })));
    const recorded = await looks();
    holds(full !== null && full.length > 1 && !full.includes('*'), 'the full name is given for an open task');
    holds(none === null, 'without an open task the full name is null');
    holds(others.every((name) => name === null), 'another unit of the region, the intake desk and the province’s leader have no task there');
    const kinds = recorded.map(({ kind }) => kind);
    holds(kinds.join() === ['LOOK', 'REFUSED_LOOK', ...strangers.map(() => 'REFUSED_LOOK')].join(), `every look is recorded, found ${kinds.join()}`);
    holds(recorded.every(({ body }) => !body.includes(full)), 'the record does not contain the name itself');
    return { told: [`STOP_PAYMENT: ${[...full].length} characters shown, LOOK recorded; APPEAL: null, REFUSED_LOOK recorded; no record contains the name`, `${strangers.join(', ')}: null, recorded too`], found: undefined };
  });
}

async function lookAt(session: Session, { caseId, personId, task }: { readonly caseId: string; readonly personId: string; readonly task: string }): Promise<string | null> {
  const query = 'query Look($caseId: ID!, $task: LookTask!) { fraudCase(id: $caseId) { persons { id name { full(task: $task, caseId: $caseId) } } } }';
  const { fraudCase } = await session.read(query, { caseId, task });
  const { persons } = z.object({ persons: z.array(z.object({ id: z.string(), name: z.object({ full: z.string().nullable() }) })) }).parse(fraudCase);
  return persons.find(({ id }) => id === personId)?.name.full ?? null;
}

/** Verifies both trails by the command that everybody has; gives its exit code and what it wrote. */
const verify = ({ own }: Scene) => runProgram('tools/setup', 'commands/verify-audit', { args: [], env: installationEnvironment(own) });

/** Every change of state is in the trail, in order, sealed and signed: one command proves it for both agencies. */
function whole(scene: Scene): Promise<void> {
  const { story, system } = scene;
  return story.step('The audit trails of both agencies are verified: every entry, the chain, the signatures, every change of state', async () => {
    await until('every entry is sealed', async () => {
      const waiting = await Promise.all(agencies.map((app) => lookInside<{ count: number }>(system, app, 'select count(*)::int as count from audit_unsealed')));
      return waiting.every(([row]) => row?.count === 0);
    });
    const { code, output } = await verify(scene);
    holds(code === 0, `both trails are whole, the command said:\n${output}`);
    return { told: output.trim().split('\n'), found: undefined };
  });
}

/** Whoever has the server in hands changes one byte of one entry: the verification names it. */
function tampered(scene: Scene): Promise<void> {
  const { story, system } = scene;
  return story.step('One byte of one audit entry is changed in the database: the verification finds and names it', async () => {
    const [victim] = await lookInside<{ id: string; seq: string }>(
      system,
      'police',
      `select entry.id, seal.seq from audit_entry entry join audit_seal seal on seal.entry_id = entry.id where entry.kind = 'TRANSITION' order by seal.seq limit 1 offset 2`,
    );
    holds(victim !== undefined, 'there is an entry to change');
    await lookInside(system, 'police', `update audit_entry set actor_id = overlay(actor_id placing 'x' from 1 for 1) where id = $1`, [victim.id]);
    const { code, output } = await verify(scene);
    holds(code !== 0 && output.includes(victim.id) && output.includes(`seq ${victim.seq}`), `the changed entry is named (seq ${victim.seq}, entry ${victim.id}), the command said:\n${output}`);
    const line = output.split('\n').find((each) => each.includes(victim.id)) ?? '';
    return { told: [`exit code ${code}: ${line.trim()}`], found: undefined };
  });
}
