import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setupFolder } from './root';

/** What `ancestors.cjs` gives; it is plain JavaScript because the bootstrap needs it before anything is built. */
interface Ancestors {
  watchAncestors(leave: () => void): void;
  birthOf(pid: number): string | undefined;
}

/** `watchAncestors` calls `leave` once when the npm that started us is gone, however it ended; `birthOf` tells two processes of one number apart. */
export const { watchAncestors, birthOf } = createRequire(__filename)(join(setupFolder, 'ancestors.cjs')) as Ancestors;
