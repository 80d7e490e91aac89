import { performance } from 'node:perf_hooks';
import { readConfig } from '@lianfang/setup';
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
 * The first untruth ends it with exit code 1. With `--short` it ends when the first orders are answered. With `KEYCLOAK_URL` its people log in there.
 */
async function main(): Promise<void> {
  const began = performance.now();
  const story = new Story();
  const isShort = process.argv.includes('--short');
  await withThrowAwaySystem({ name: 'story', keycloakUrl: readConfig().keycloakUrl }, async (own) => {
    const scene = new Scene(story, own, castAt(new Date()));
    await opening(scene, performance.now() - began);
    const opened = await report(scene);
    const stops = await ordering(scene, opened);
    await answers(scene, stops);
    if (isShort) return;
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
