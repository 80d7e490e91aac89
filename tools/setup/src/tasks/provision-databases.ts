import { provision } from '@lianfang/database';
import { serveTask } from './task';

/** What has to be prepared on one server. */
export interface ProvisionInput {
  readonly adminUrl: string;
  readonly agency: string;
  /** Login name → password. */
  readonly passwords: Readonly<Record<string, string>>;
}

serveTask<readonly ProvisionInput[]>(async (inputs) => {
  // One after the other: both agencies may stand on one server and share its groups.
  for (const { adminUrl, agency, passwords } of inputs) await provision({ adminUrl, agencies: [agency], passwordOf: (login) => passwordFrom(passwords, login) });
});

function passwordFrom(passwords: ProvisionInput['passwords'], login: string): string {
  const password = passwords[login];
  if (password === undefined) throw new Error(`no password was given for the login ${login}`);
  return password;
}
