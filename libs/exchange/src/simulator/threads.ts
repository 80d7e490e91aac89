import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Request } from './command-line';
import type { Findings } from './find-broken';
import type { Progress } from './progress';
import type { RangeRequest } from './simulate-range';

/** How many threads, of which program (`simulate-range`), under which rules. */
export type Threads = Pick<Request, 'workers' | 'wrongRule'> & { readonly thread: string };

/** Runs what `progress` hands out on several threads, until nothing is left or a promise is broken. */
export async function runOnThreads(progress: Progress, threads: Threads): Promise<void> {
  await Promise.all(Array.from({ length: threads.workers }, () => work(progress, threads)));
}

async function work(progress: Progress, { thread, wrongRule }: Threads): Promise<void> {
  const worker = new Worker(thread);
  try {
    for (let range = progress.take(); range; range = progress.take()) {
      const request: RangeRequest = { ...range, wrongRule };
      worker.postMessage(request);
      // An error of the thread rejects this too.
      const [findings] = (await once(worker, 'message')) as [Findings];
      progress.add(range.first, findings);
    }
  } finally {
    await worker.terminate();
  }
}
