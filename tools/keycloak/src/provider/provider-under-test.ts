import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readIdentityConfig, realm, startIdentityServer } from '@lianfang/identity';
import { readKeycloakUnderTest } from '../config';
import { Administrator } from './administrator';

/** An identity provider as the specs reach it, with what its administrator can do. */
export interface ProviderUnderTest {
  readonly name: string;
  readonly issuer: string;
  /** The origin that its log-ins return to. */
  readonly portalOrigin: string;
  /** Signs with a new key from now on; the one before stays published. */
  rotateKeys(): Promise<void>;
  /** Ends every log-in of a person from outside their browser: the back channel. */
  endLogIns(username: string): Promise<void>;
  stop(): Promise<void>;
}

/** The Keycloak that `npm run test:keycloak` has started, or else the development identity provider in this process. */
export async function startProviderUnderTest(): Promise<ProviderUnderTest> {
  const keycloak = readKeycloakUnderTest();
  if (keycloak === undefined) return startDevelopmentProvider();
  const administrator = await Administrator.logIn(keycloak);
  return {
    name: 'Keycloak',
    issuer: `${keycloak.url}/realms/${realm}`,
    portalOrigin: keycloak.portalOrigin,
    rotateKeys: () => administrator.addSigningKey(),
    endLogIns: (username) => administrator.endLogIns(username),
    stop: async () => undefined,
  };
}

async function startDevelopmentProvider(): Promise<ProviderUnderTest> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'lianfang-provider-'));
  const portalOrigin = 'http://127.0.0.1:4000';
  const server = await startIdentityServer({ ...readIdentityConfig({ PORT: '0', PORTAL_ORIGINS: portalOrigin }), dataFolder });
  return {
    name: 'the development identity provider',
    issuer: server.config.issuer,
    portalOrigin,
    rotateKeys: () => server.rotateKeys(),
    endLogIns: async (username) => server.endLogIns(username),
    stop: async () => {
      await server.stop();
      await rm(dataFolder, { recursive: true });
    },
  };
}
