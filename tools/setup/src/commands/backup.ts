import { findInstallation } from '../installation';
import { takeBackup } from '../backup/take-backup';
import { readConfig } from '../config';
import { findPostgresData } from '../postgres/home';
import { SetupProblem } from '../setup-problem';
import { runCommand } from './run-command';

/** `BACKUP_FOLDER=… npm run backup`: copies the data of the running system, without stopping it. */
runCommand(async () => {
  const { backupFolder, dataFolder, databaseUrls } = readConfig();
  if (backupFolder === undefined) throw new SetupProblem('Say where to, as npm start was told: BACKUP_FOLDER=/somewhere/else npm run backup');
  if (databaseUrls.police && databaseUrls.banks) throw new SetupProblem('This system stands on database servers of your own: back them up with their own tools (pg_basebackup, pgBackRest); docs/operations.md says what else belongs to it.');
  const adminUrl = findInstallation().databases.adminUrlOf('police');
  const name = await takeBackup({ adminUrl, postgresData: await findPostgresData(dataFolder), dataFolder, backupFolder });
  console.log(`The data is in ${backupFolder} (copy ${name}); its log follows by itself, at the latest every minute. The folder "keys" opens it: keep that apart.`);
  return 0;
});
