import { performance } from 'node:perf_hooks';
import { answers } from './story/answers';
import { castAt } from './story/cast';
import { faults } from './story/faults';
import { hours } from './story/hours';
import { layers } from './story/layers';
import { looks } from './story/looks';
import { neighbours } from './story/neighbours';
import { opening } from './story/opening';
import { ordering } from './story/ordering';
import { record } from './story/record';
import { report } from './story/report';
import { Scene } from './story/scene';
import { Story } from './step';
import { withThrowAwaySystem } from './throw-away-system';

/**
 * `npm run story`: the main job told step by step through the real gateway, with real tokens and a clock that is moved, on a system of its own.
 * The first untruth ends it with exit code 1.
 */
async function main(): Promise<void> {
  const began = performance.now();
  const story = new Story();
  await withThrowAwaySystem({ name: 'story' }, async (own) => {
    const scene = new Scene(story, own, castAt(new Date()));
    await opening(scene, performance.now() - began);
    const opened = await report(scene);
    const stops = await ordering(scene, opened);
    await answers(scene, stops);
    await looks(scene, opened, stops);
    await layers(scene, opened, stops);
    await neighbours(scene, opened, stops);
    await faults(scene, opened);
    await hours(scene, opened, stops);
    await record(scene, opened);
  });
  story.end();
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  if (error instanceof Error && error.cause instanceof Error) process.stderr.write(`last: ${error.cause.message}\n`);
  process.exit(1);
});
