import { told } from '../setup-problem';

/** Runs a command to its exit code. Our own sentences stand alone; anything else is a fault of the program and shows where. */
export function runCommand(command: () => Promise<number>): void {
  command().then(
    (code) => void (process.exitCode = code),
    (problem: unknown) => {
      console.error(isRefusedConnection(problem) ? 'The database does not answer: run npm start first, and leave it running.' : told(problem));
      process.exitCode = 1;
    },
  );
}

const isRefusedConnection = (problem: unknown): boolean => problem instanceof Error && 'code' in problem && problem.code === 'ECONNREFUSED';
