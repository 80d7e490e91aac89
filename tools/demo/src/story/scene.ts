import { Session } from '../session';
import type { Story } from '../step';
import type { ThrowAway } from '../throw-away-system';
import type { Cast } from './cast';

/** What every chapter of the story has: the system, its people at their desks, and who tells. */
export class Scene {
  readonly #sessions = new Map<string, Session>();

  constructor(
    readonly story: Story,
    readonly own: ThrowAway,
    readonly cast: Cast,
  ) {}

  get system(): ThrowAway['system'] {
    return this.own.system;
  }

  /** A demo person, logged in once. */
  readonly as = (username: string): Session => {
    const session = this.#sessions.get(username) ?? new Session(this.own.system, username);
    this.#sessions.set(username, session);
    return session;
  };
}
