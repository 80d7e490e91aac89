import { lookTasks, mayDo, type LookTask } from '@lianfang/access';
import { newId } from '@lianfang/database';
import { callers, matrixCallers, people } from '@lianfang/testing';
import { fileAppeal } from '../appeal/file-appeal.actions';
import { deliver, ordered, proposed, stopped } from '../testing/bank-answers';
import { newHolder, openScene, placeCase, succeeded, type Scene } from '../testing/stop-payment-scene';
import { hasOpenTaskOn } from './open-task.query';

let scene: Scene;
beforeAll(async () => void (scene = await openScene()));
afterAll(() => scene?.close());

/** Who has a task open on a case of the bureau, of every role in every place: caller → tasks. Whoever is not named has none. */
async function openOn(caseId: string): Promise<Record<string, LookTask[]>> {
  const found: Record<string, LookTask[]> = {};
  for (const [label, caller] of Object.entries(matrixCallers('police'))) {
    if (mayDo(caller, 'full.name') !== undefined) continue;
    for (const task of lookTasks) {
      const isOpen = await scene.database.runtime.asCaller(caller, (manager) => hasOpenTaskOn(caseId)({ task, caseId }, caller, manager));
      if (isOpen) (found[label] ??= []).push(task);
    }
  }
  return found;
}

const unit = (...tasks: LookTask[]) => ({ POLICE_OFFICER: tasks, DUTY_OFFICER: tasks, POLICE_LEADER: tasks });

describe('a look at a full value is for a task that is open to the one who looks', () => {
  it('a report that nobody has accepted: its unit, and the duty desk above or beside that may accept it', async () => {
    const { id } = await placeCase(scene, { over: { state: 'REPORTED', acceptedAt: null, acceptedById: null } });

    expect(await openOn(id)).toEqual({
      ...unit('ACCEPTANCE_CHECK'),
      INTAKE_OFFICER: ['ACCEPTANCE_CHECK'],
      'DUTY_OFFICER, another unit of the county': ['ACCEPTANCE_CHECK'],
      'DUTY_OFFICER, the city above': ['ACCEPTANCE_CHECK'],
    });
  });

  it('an accepted case: its unit alone, and no longer the intake desk', async () => {
    const { id } = await placeCase(scene);

    expect(await openOn(id)).toEqual(unit('ACCEPTANCE_CHECK'));
  });

  it('a batch that waits: besides, the leaders who may approve it, until it is decided', async () => {
    const { placed } = await proposed(scene, { holders: [newHolder()] });

    expect(await openOn(placed.id)).toEqual({
      ...unit('ACCEPTANCE_CHECK', 'STOP_PAYMENT'),
      'POLICE_LEADER, another unit of the county': ['STOP_PAYMENT'],
      'POLICE_LEADER, the city above': ['STOP_PAYMENT'],
    });
  });

  it('a batch of a high level: of the leaders elsewhere only those who reach it', async () => {
    const { placed, batch } = await proposed(scene, { holders: [newHolder()] });
    await scene.database.runtime.asCaller(callers.officer, (manager) => manager.query(`update stop_payment_batch set required_level = 'CITY' where id = $1`, [batch.id]));

    expect(await openOn(placed.id)).toEqual({ ...unit('ACCEPTANCE_CHECK', 'STOP_PAYMENT'), 'POLICE_LEADER, the city above': ['STOP_PAYMENT'] });
  });

  it('an ordered stop: its unit alone', async () => {
    const { placed } = await ordered(scene, { holders: [newHolder()] });

    expect(await openOn(placed.id)).toEqual(unit('ACCEPTANCE_CHECK', 'STOP_PAYMENT'));
  });

  it('an appeal that waits: besides, the leaders who may decide it', async () => {
    const { placed, request } = await ordered(scene, { holders: [newHolder()] });
    await deliver(scene, stopped(scene, request.id));
    succeeded(await fileAppeal(scene.by(callers.officer), {
      idempotencyKey: newId(), requestId: request.id, appellantName: '虚构商行', appellantPhone: people.victim.phone, reason: '这是正常货款。', materials: [{ title: '销货单', sha256: 'a'.repeat(64) }],
    }));

    expect(await openOn(placed.id)).toEqual({
      ...unit('ACCEPTANCE_CHECK', 'STOP_PAYMENT', 'APPEAL'),
      'POLICE_LEADER, another unit of the county': ['APPEAL'],
      'POLICE_LEADER, the city above': ['APPEAL'],
    });
  });

  it('a case that is decided and without requests: nobody', async () => {
    const { id } = await placeCase(scene, { over: { state: 'NOT_OPENED' } });

    expect(await openOn(id)).toEqual({});
  });

  it('another case that is named: nobody', async () => {
    const [{ id }, other] = [await placeCase(scene), await placeCase(scene)];
    const { officer } = callers;

    const isOpen = await scene.database.runtime.asCaller(officer, (manager) => hasOpenTaskOn(id)({ task: 'ACCEPTANCE_CHECK', caseId: other.id }, officer, manager));

    expect(isOpen).toBe(false);
  });
});
