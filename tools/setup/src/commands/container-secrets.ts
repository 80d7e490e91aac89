import { SetupProblem } from '../setup-problem';
import { writeContainerSecrets } from '../containers/container-secrets';
import { runCommand } from './run-command';

/** `container-secrets FOLDER`: makes the secrets of the containers, before any of them starts. */
runCommand(async () => {
  const [folder] = process.argv.slice(2);
  if (folder === undefined) throw new SetupProblem('Say which folder the secrets go to, as in: container-secrets /secrets');
  await writeContainerSecrets(folder);
  console.log('the secrets of the containers are ready');
  return 0;
});
