import { demoAccounts, demoPassword, findDemoAccount } from '@lianfang/identity';
import { readConfig, realmUrl } from '../config';
import { SetupProblem } from '../setup-problem';
import { runCommand } from './run-command';

/** `npm run token -- officer.chaoyang`: prints the header that GraphiQL's tab "Headers" takes, with a token of that demo account. */
export async function printToken(username: string | undefined, print: (line: string) => void = console.log): Promise<number> {
  const account = findDemoAccount(username ?? '');
  if (account === undefined) throw new SetupProblem(`Name one of the demo accounts, as in "npm run token -- officer.chaoyang":\n${demoAccounts.map((known) => `  ${known.username}`).join('\n')}`);
  const issuer = realmUrl(readConfig());
  const body = new URLSearchParams({ grant_type: 'password', client_id: 'demo', username: account.username, password: demoPassword });
  const response = await fetch(`${issuer}/protocol/openid-connect/token`, { method: 'POST', body }).catch((cause: unknown) => {
    throw new SetupProblem(`The identity provider does not answer at ${issuer}: run npm start first, and leave it running.`, { cause });
  });
  if (!response.ok) throw new SetupProblem(`${issuer} gives ${account.username} no token (status ${response.status}): its realm needs the client "demo" with direct access grants, and this account.`);
  const { access_token: token, expires_in: life } = (await response.json()) as { access_token: string; expires_in: number };
  print(JSON.stringify({ authorization: `Bearer ${token}` }));
  console.error(`${account.username}, for ${Math.floor(life / 60)} minutes: paste the line into the tab "Headers" of GraphiQL.`);
  return 0;
}

if (require.main === module) runCommand(() => printToken(process.argv[2]));
