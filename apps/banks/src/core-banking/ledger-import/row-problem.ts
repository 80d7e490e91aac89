/** What is wrong with one row of a file. `text` says what was expected and what to do; it repeats no account number and no name. */
export interface RowProblem {
  readonly file: string;
  /** Counted from 1, the header included. */
  readonly line: number;
  readonly text: string;
}

/** Takes note of a problem; reading goes on with the next row. */
export type Report = (problem: RowProblem) => void;

/** Most problems that are kept and printed; the rest are counted. */
export const MOST_PROBLEMS = 1_000;

/** A list that stays short however bad a file is. */
export function collectProblems(): { report: Report; readonly problems: RowProblem[]; count(): number } {
  const problems: RowProblem[] = [];
  let count = 0;
  return {
    problems,
    count: () => count,
    report: (problem) => {
      count += 1;
      if (problems.length < MOST_PROBLEMS) problems.push(problem);
    },
  };
}
