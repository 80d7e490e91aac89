import { join } from 'node:path';
import { readCommandLine, type Request } from './command-line';
import { Progress } from './progress';
import { rulesOf } from './simulate-range';
import { tellBroken } from './tell-broken';
import { runOnThreads } from './threads';

/** Time between two lines of progress, in milliseconds. */
const PROGRESS_MS = 10_000;

/**
 * `npm run simulate -- --schedules 1000000 --seed 1`: runs that many schedules on every core, tells how far it is,
 * and ends with a table of what happened, or with the smallest schedule that breaks a promise (exit code 1).
 * Stopped with Ctrl-C it says from which seed to go on.
 */
async function simulate(request: Request): Promise<boolean> {
  const progress = new Progress(request);
  const timer = setInterval(() => console.log(progress.line()), PROGRESS_MS);
  const stop = (): void => {
    console.log(`${progress.line()}\nstopped; go on with: npm run simulate -- --schedules ${request.seed + request.schedules - progress.doneBelow} --seed ${progress.doneBelow}`);
    process.exit(130);
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  await runOnThreads(progress, { thread: join(__dirname, 'simulate-range.js'), ...request });
  clearInterval(timer);
  console.log(progress.line());
  const { broken } = progress;
  console.log(broken ? tellBroken(broken, rulesOf(request.wrongRule)) : progress.table());
  return broken === undefined;
}

if (require.main === module) {
  void Promise.resolve()
    .then(() => simulate(readCommandLine(process.argv.slice(2))))
    .then(
      (isKept) => process.exit(isKept ? 0 : 1),
      (error: unknown) => {
        console.error(error instanceof Error ? error.message : error);
        process.exit(2);
      },
    );
}
