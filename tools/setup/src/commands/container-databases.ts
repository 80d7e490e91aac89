import { ownEnvironment } from '../config';
import { openContainerDatabases } from '../containers/container-secrets';
import { bringUpToDate } from '../databases';
import { SetupProblem } from '../setup-problem';
import { runCommand } from './run-command';

/** `container-databases FOLDER [HOST:PORT]`: makes and migrates the databases of the containers, before the apps start. */
runCommand(async () => {
  const [folder, postgres] = process.argv.slice(2);
  if (folder === undefined) throw new SetupProblem('Say where the secrets are, as in: container-databases /secrets');
  const { secrets, databases } = openContainerDatabases(folder, postgres);
  await bringUpToDate(databases, { secrets, environment: ownEnvironment() });
  console.log('the databases are up to date');
  return 0;
});
