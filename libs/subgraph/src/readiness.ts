/** One thing that must hold before a server takes requests: true, or a short reason without addresses, as in `migrations are pending`. */
export type Check = () => Promise<true | string>;

/** The outcome of all checks; `failing` names each that does not hold. */
export interface Readiness {
  readonly ready: boolean;
  readonly failing: Readonly<Record<string, string>>;
}

/** Longest time a check may take, in milliseconds: a hung database must not hang the probe. */
const PATIENCE = 2_000;

/** Asks every check at once; one that throws or takes longer than two seconds fails. */
export async function askReadiness(checks: Readonly<Record<string, Check>>): Promise<Readiness> {
  const outcomes = await Promise.all(Object.entries(checks).map(async ([name, check]) => [name, await ask(check)] as const));
  const failing = Object.fromEntries(outcomes.filter((outcome): outcome is readonly [string, string] => outcome[1] !== true));
  return { ready: Object.keys(failing).length === 0, failing };
}

async function ask(check: Check): Promise<true | string> {
  const late = Promise.withResolvers<string>();
  const timer = setTimeout(() => late.resolve(`no answer within ${PATIENCE} ms`), PATIENCE);
  try {
    return await Promise.race([check(), late.promise]);
  } catch {
    // The error itself may name hosts; the check's name is what an operator needs.
    return 'the check failed';
  } finally {
    clearTimeout(timer);
  }
}
