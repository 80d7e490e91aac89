import type { Database } from '@lianfang/database';
import type { EntityManager } from 'typeorm';

/** The doors of a database through which requests go. */
type Doors = Pick<Database, 'asCaller' | 'openReading'>;

/** The same doors, telling the text of every statement that goes through; bound values are not part of it. */
export function watchedDoors(doors: Doors, tell: (statement: string) => void): Doors {
  const watch = (manager: EntityManager): EntityManager => {
    const runner = manager.queryRunner;
    if (!runner) return manager;
    const query = runner.query.bind(runner) as (...asked: unknown[]) => Promise<unknown>;
    Object.assign(runner, { query: (...asked: unknown[]) => (tell(String(asked[0])), query(...asked)) });
    return manager;
  };
  return {
    asCaller: (caller, work) => doors.asCaller(caller, (manager) => work(watch(manager))),
    async openReading(caller) {
      const reading = await doors.openReading(caller);
      watch(reading.manager);
      return reading;
    },
  };
}
