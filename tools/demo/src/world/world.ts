import type { System } from '@lianfang/setup';
import { Session } from '../session';
import type { CasePlan } from './plan';

/** Who works on a case of a unit. */
export interface Desk {
  readonly intake: Session;
  readonly officer: Session;
  readonly leader: Session;
}

/** The people of the demo at their desks. */
export class World {
  readonly #sessions = new Map<string, Session>();

  constructor(readonly system: System) {}

  /** A demo person, logged in once. */
  as(username: string): Session {
    const session = this.#sessions.get(username) ?? new Session(this.system, username);
    this.#sessions.set(username, session);
    return session;
  }

  /** The people of a unit. The second unit of Chaoyang has one officer, and its leader sits in the city. */
  deskOf(unit: CasePlan['unit']): Desk {
    const [intake, leader] = unit === 'chaoyang-second' ? ['officer.chaoyang-second', 'leader.beijing'] : [`intake.${unit}`, `leader.${unit}`];
    return { intake: this.as(intake), officer: this.as(`officer.${unit}`), leader: this.as(leader) };
  }

  /** The liaison of an institution. */
  liaisonOf(institution: string): Session {
    return this.as(`liaison.${institution.toLowerCase()}`);
  }
}

/** Works on all items, at most `limit` at a time; the first failure is thrown when the others have ended. */
export async function inParallel<Item>(items: readonly Item[], limit: number, work: (item: Item) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const worker = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item);
  };
  const ends = await Promise.allSettled(Array.from({ length: limit }, worker));
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed) throw failed.reason;
}
