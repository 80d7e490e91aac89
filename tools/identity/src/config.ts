import { join } from 'node:path';
import { realm } from './account-claims';

/** How the development identity provider runs. */
export interface IdentityConfig {
  readonly host: string;
  readonly port: number;
  /** The token's `iss`, as in `http://127.0.0.1:4080/realms/lianfang`. */
  readonly issuer: string;
  /** Origins that a login may return to: the gateway's. */
  readonly portalOrigins: readonly string[];
  /** Folder of the signing keys. */
  readonly dataFolder: string;
}

/** Parses the environment. Throws in production: this provider's accounts and password are public. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): IdentityConfig {
  if (environment['NODE_ENV'] === 'production') {
    throw new Error('The development identity provider refuses to run with NODE_ENV=production: its accounts and password are public. Set KEYCLOAK_URL to a real Keycloak.');
  }
  const host = environment['HOST'] ?? '127.0.0.1';
  const port = parsePort(environment['PORT'] ?? '4080');
  const gatewayPort = parsePort(environment['PORT_GATEWAY'] ?? '4000');
  const origins = environment['PORTAL_ORIGINS'] ?? `http://127.0.0.1:${gatewayPort},http://localhost:${gatewayPort}`;
  return {
    host,
    port,
    issuer: `${environment['PUBLIC_URL'] ?? `http://${host}:${port}`}/realms/${realm}`,
    portalOrigins: origins.split(',').map((origin) => new URL(origin).origin),
    dataFolder: environment['DATA_FOLDER'] ?? join(process.cwd(), '.data', 'identity'),
  };
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`A port must be a whole number from 0 to 65535, found "${text}".`);
  return port;
}
