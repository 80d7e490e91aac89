import type { RealmKind } from './realm';

/** One step of a flow: an authenticator, or a flow below. */
interface Execution {
  readonly authenticator?: string;
  readonly authenticatorFlow: boolean;
  readonly flowAlias?: string;
  readonly authenticatorConfig?: string;
  readonly requirement: 'REQUIRED' | 'ALTERNATIVE' | 'CONDITIONAL';
  readonly priority: number;
  readonly userSetupAllowed: boolean;
}

type Step = Omit<Execution, 'priority' | 'authenticatorFlow' | 'userSetupAllowed'>;

/** Most log-ins of one person at a time: a desk, a second screen, a duty phone. A further one ends the oldest. */
export const SESSIONS_PER_PERSON = 3;

const names = {
  browser: 'lianfang browser',
  logIn: 'lianfang log-in',
  proof: 'lianfang proof',
  password: 'lianfang password',
  code: 'lianfang one-time code',
  direct: 'lianfang direct grant',
  directCode: 'lianfang direct grant one-time code',
  certificate: 'lianfang certificate',
  sessions: 'lianfang sessions',
} as const;

/**
 * How people prove who they are: a certificate that the browser presents comes first; without one, password and one-time code.
 * In the demo only those who have set up a code are asked for it; in production everybody is, and sets it up at the first log-in.
 */
export const logInSettings = (kind: RealmKind) => ({
  browserFlow: names.browser,
  directGrantFlow: names.direct,
  authenticationFlows: [
    flow(names.browser, [use('auth-cookie', 'ALTERNATIVE'), below(names.logIn, 'ALTERNATIVE')], true),
    flow(names.logIn, [below(names.proof, 'REQUIRED'), use('user-session-limits', 'REQUIRED', names.sessions)]),
    flow(names.proof, [use('auth-x509-client-username-form', 'ALTERNATIVE', names.certificate), below(names.password, 'ALTERNATIVE')]),
    flow(names.password, [use('auth-username-password-form', 'REQUIRED'), kind === 'production' ? use('auth-otp-form', 'REQUIRED') : below(names.code, 'CONDITIONAL')]),
    flow(names.code, [use('conditional-user-configured', 'REQUIRED'), use('auth-otp-form', 'REQUIRED')]),
    flow(names.direct, [use('direct-grant-validate-username', 'REQUIRED'), use('direct-grant-validate-password', 'REQUIRED'), below(names.directCode, 'CONDITIONAL')], true),
    flow(names.directCode, [use('conditional-user-configured', 'REQUIRED'), use('direct-grant-validate-otp', 'REQUIRED')]),
  ],
  authenticatorConfig: [
    { alias: names.sessions, config: { behavior: 'Terminate oldest session', userRealmLimit: String(SESSIONS_PER_PERSON), userClientLimit: '0' } },
    { alias: names.certificate, config: certificateChecks(kind) },
  ],
  otpPolicyType: 'totp',
  otpPolicyAlgorithm: 'HmacSHA1',
  otpPolicyDigits: 6,
  otpPolicyPeriod: 30,
  otpPolicyLookAheadWindow: 1,
  otpPolicyCodeReusable: false,
});

/** The certificate's common name is the user name. In production a certificate that cannot be checked for revocation is refused. */
const certificateChecks = (kind: RealmKind) => ({
  'x509-cert-auth.mapping-source-selection': "Subject's Common Name",
  'x509-cert-auth.canonical-dn-enabled': 'false',
  'x509-cert-auth.mapper-selection': 'Username or Email',
  'x509-cert-auth.timestamp-validation-enabled': 'true',
  'x509-cert-auth.keyusage': 'digitalSignature',
  'x509-cert-auth.confirmation-page-disallowed': 'true',
  'x509-cert-auth.crl-checking-enabled': String(kind === 'production'),
  'x509-cert-auth.crldp-checking-enabled': String(kind === 'production'),
  'x509-cert-auth.ocsp-checking-enabled': 'false',
});

function flow(alias: string, steps: readonly Step[], topLevel = false) {
  const authenticationExecutions = steps.map((step, index): Execution => ({ ...step, authenticatorFlow: step.flowAlias !== undefined, priority: (index + 1) * 10, userSetupAllowed: false }));
  return { alias, providerId: 'basic-flow', topLevel, builtIn: false, authenticationExecutions };
}

const use = (authenticator: string, requirement: Step['requirement'], authenticatorConfig?: string): Step => ({ authenticator, requirement, ...(authenticatorConfig ? { authenticatorConfig } : {}) });

const below = (flowAlias: string, requirement: Step['requirement']): Step => ({ flowAlias, requirement });
