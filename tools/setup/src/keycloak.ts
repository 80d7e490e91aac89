import { SetupProblem } from './setup-problem';

/** Longest wait for a Keycloak of one's own, in milliseconds. */
const PATIENCE_MS = 10_000;

/** Makes sure that the Keycloak of `KEYCLOAK_URL` answers and has our realm. Throws a `SetupProblem` that says what was found there instead. */
export async function checkRealm(issuer: string): Promise<void> {
  const answer = await fetch(`${issuer}/.well-known/openid-configuration`, { signal: AbortSignal.timeout(PATIENCE_MS) }).catch((cause: unknown) => {
    throw new SetupProblem(`KEYCLOAK_URL: nothing answers at ${new URL(issuer).origin} (${reasonOf(cause)}). Start that Keycloak, or leave KEYCLOAK_URL out for the development identity provider.`, { cause });
  });
  if (!answer.ok) throw new SetupProblem(`KEYCLOAK_URL: ${issuer} answers with status ${answer.status}. It must be the base URL of a Keycloak with a realm named lianfang.`);
  const found: unknown = await answer.json().catch(() => undefined);
  const named = typeof found === 'object' && found !== null && 'issuer' in found ? found.issuer : undefined;
  if (named !== issuer) throw new SetupProblem(`KEYCLOAK_URL: the realm there names itself ${String(named)}, tokens would not count for ${issuer}. Use the address that it names.`);
}

/** The system's word, as in `ECONNREFUSED`; `fetch` keeps it in the cause. */
function reasonOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error);
  if ('cause' in error && error.cause !== undefined) return reasonOf(error.cause);
  return 'code' in error && typeof error.code === 'string' ? error.code : String('message' in error ? error.message : error);
}
