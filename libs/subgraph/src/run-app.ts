/** The settings of a process cannot be used. Its message says everything that is missing or wrong, one line each, without the values. */
export class ConfigProblem extends Error {
  constructor(problems: readonly string[]) {
    super(`The configuration cannot be used:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
  }
}

/** Runs an app's `main`. What keeps it from starting ends the process with exit code 1: refused settings with their sentence alone, a fault of the program with its place. */
export function runApp(main: () => Promise<void>): void {
  main().catch((error: unknown) => {
    process.stderr.write(`${tellStart(error)}\n`);
    process.exit(1);
  });
}

/** What the log says about a start that failed. */
export function tellStart(error: unknown): string {
  if (error instanceof ConfigProblem) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
