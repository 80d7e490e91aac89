/** What keeps the system from starting, in a sentence that says what to do. Printed without a stack. */
export class SetupProblem extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'SetupProblem';
  }
}

/** What the machine itself refuses, in words that say what to do. */
const refusals: Readonly<Record<string, (path: string) => string>> = {
  ENOSPC: (path) => `There is no room left on the disk${path}. Make some, then repeat the command; what was begun goes on.`,
  EDQUOT: (path) => `Your quota of the disk is used up${path}. Make some room, then repeat the command; what was begun goes on.`,
  EACCES: (path) => `This user may not write here${path}. Choose another folder with DATA_FOLDER, or run as the user whose folder it is.`,
  EROFS: (path) => `This disk can only be read${path}. Choose another folder with DATA_FOLDER.`,
};

/** What a terminal is told: our own sentences and the machine's refusals stand alone, anything else is a fault of the program and shows where. */
export function told(problem: unknown): unknown {
  if (problem instanceof SetupProblem) return problem.message;
  if (!(problem instanceof Error) || !('code' in problem)) return problem;
  const path = 'path' in problem ? ` (${String(problem.path)})` : '';
  return refusals[String(problem.code)]?.(path) ?? problem;
}
