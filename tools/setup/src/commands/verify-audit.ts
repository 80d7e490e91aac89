import { runCommand } from './run-command';
import { verifyAudits } from './verify-audits';

/** `npm run audit:verify`: proves every agency's trail; with arguments, what `auditCommand` says. */
runCommand(() => verifyAudits(process.argv.slice(2)));
