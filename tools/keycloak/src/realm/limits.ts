import { ACCESS_TOKEN_SECONDS } from '@lianfang/identity';
import type { RealmKind } from './realm';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Lives of tokens and sessions, in seconds: a shift of ten hours, half an hour without a sign of life. */
const lives = {
  accessTokenLifespan: ACCESS_TOKEN_SECONDS,
  accessTokenLifespanForImplicitFlow: ACCESS_TOKEN_SECONDS,
  accessCodeLifespan: MINUTE,
  accessCodeLifespanUserAction: 5 * MINUTE,
  accessCodeLifespanLogin: 30 * MINUTE,
  ssoSessionIdleTimeout: 30 * MINUTE,
  ssoSessionMaxLifespan: 10 * HOUR,
  // A refresh token is good for one exchange; its second use ends the log-in.
  revokeRefreshToken: true,
  refreshTokenMaxReuse: 0,
};

/** Wrong passwords after which an account is locked for a while (GB/T 22239 8.1.4.1: wrong log-ins are limited). */
export const WRONG_PASSWORDS = 5;

const lockOut = {
  bruteForceProtected: true,
  permanentLockout: false,
  failureFactor: WRONG_PASSWORDS,
  waitIncrementSeconds: 5 * MINUTE,
  maxFailureWaitSeconds: HOUR,
  maxDeltaTimeSeconds: 12 * HOUR,
  minimumQuickLoginWaitSeconds: MINUTE,
  quickLoginCheckMilliSeconds: 100,
};

/** GB/T 22239 8.1.4.1: complexity and regular change. The demo's one password is public: it has only to be long, and its hash to be quick. */
const passwordPolicies: Readonly<Record<RealmKind, string>> = {
  demo: 'length(12) and notUsername(undefined) and passwordHistory(5) and hashAlgorithm(pbkdf2-sha512) and hashIterations(1000)',
  production:
    'length(12) and upperCase(1) and lowerCase(1) and digits(1) and specialChars(1) and notUsername(undefined) and notContainsUsername(undefined) and passwordHistory(5) and forceExpiredPasswordChange(90)',
};

/** Everything that the realm limits: lives, wrong passwords, weak passwords, and what is recorded of it. */
export const limits = (kind: RealmKind) => ({
  ...lives,
  ...lockOut,
  passwordPolicy: passwordPolicies[kind],
  // GB/T 22239 and the Cybersecurity Law keep log-in records for six months.
  eventsEnabled: true,
  eventsExpiration: 183 * DAY,
  adminEventsEnabled: true,
  adminEventsDetailsEnabled: false,
});
