import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { root } from '../root';

const words = z.array(z.string());

const service = z.object({
  image: z.string(),
  command: words.optional(),
  environment: z.record(z.string(), z.string()).default({}),
  ports: words.default([]),
  volumes: words.default([]),
  networks: words.default([]),
  network_mode: z.string().optional(),
  read_only: z.boolean().default(false),
  cap_drop: words.default([]),
  security_opt: words.default([]),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
  healthcheck: z.object({ test: words }).optional(),
});

/** One service of docker-compose.yml, as far as we use its format (https://compose-spec.io). */
export type ComposeService = z.output<typeof service>;

/** The services of docker-compose.yml by name, anchors and merges resolved. Throws when it has another shape. */
export function readComposeFile(): Readonly<Record<string, ComposeService>> {
  const content: unknown = parse(readFileSync(join(root, 'docker-compose.yml'), 'utf8'), { merge: true });
  return z.object({ services: z.record(z.string(), service) }).parse(content).services;
}
