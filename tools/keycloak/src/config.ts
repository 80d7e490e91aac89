import { delimiter, isAbsolute, join } from 'node:path';
import { root } from '@lianfang/setup';

/** How a Keycloak for development is run. */
export interface KeycloakConfig {
  /** Where the server and its Java stand between runs. */
  readonly dataFolder: string;
  /** Where its database stands. */
  readonly storeFolder: string;
  /** Keycloak's port: the development identity provider's, which it replaces. */
  readonly port: number;
  readonly postgresPort: number;
  /** The origins of the portal that log-ins return to. */
  readonly portal: PortalOrigins;
  /** For trying log-ins by certificate: HTTPS on this port, with certificates for these people (common name = user name). */
  readonly certificates?: { readonly port: number; readonly people: readonly string[] };
  /** Handed on to Maven, Python and Keycloak. */
  readonly environment: NodeJS.ProcessEnv;
}

/** The portal by address and by name, as in `http://127.0.0.1:4000` and `http://localhost:4000`. */
export interface PortalOrigins {
  readonly byAddress: string;
  readonly byName: string;
}

/** Parses the environment. Throws in production: what runs here has invented people with a public password. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): KeycloakConfig {
  if (environment['NODE_ENV'] === 'production') {
    throw new Error('This Keycloak refuses to run with NODE_ENV=production: its people are invented and their password is public. Import tools/keycloak/lianfang-realm.production.json into your own.');
  }
  const given = environment['DATA_FOLDER'] ?? '.data';
  const gatewayPort = parsePort(environment['PORT_GATEWAY'] ?? '4000');
  const dataFolder = join(isAbsolute(given) ? given : join(root, given), 'keycloak');
  return {
    dataFolder,
    storeFolder: join(dataFolder, 'store'),
    port: parsePort(environment['PORT_IDENTITY'] ?? '4080'),
    postgresPort: parsePort(environment['PORT_KEYCLOAK_POSTGRES'] ?? '4544'),
    portal: portalAt(gatewayPort),
    environment,
  };
}

/** The portal behind a gateway's port. */
export const portalAt = (port: number): PortalOrigins => ({ byAddress: `http://127.0.0.1:${port}`, byName: `http://localhost:${port}` });

/** The folders of the search path. */
export const searchPath = (environment: NodeJS.ProcessEnv): string[] => (environment['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');

/** The Keycloak that the specs are run against, as `npm run test:keycloak` hands it on. */
export interface KeycloakUnderTest {
  /** As in `http://127.0.0.1:4080`. */
  readonly url: string;
  readonly portalOrigin: string;
  /** The password of the administrator `admin`, made at random for this run. */
  readonly adminPassword: string;
  /** The same Keycloak by HTTPS, as in `https://127.0.0.1:4443`. */
  readonly secureUrl: string;
  /** Where the certificates stand that it believes; their password is the administrator's. */
  readonly certificateFolder: string;
}

/** What the specs read; a name of its own, so that a KEYCLOAK_URL meant for `npm start` never becomes the subject of a test. */
export const underTestEnvironment = (keycloak: KeycloakUnderTest) => ({ KEYCLOAK_UNDER_TEST: JSON.stringify(keycloak) });

/** Reads it back; nothing when the specs are run without Keycloak. */
export function readKeycloakUnderTest(environment: NodeJS.ProcessEnv = process.env): KeycloakUnderTest | undefined {
  const { KEYCLOAK_UNDER_TEST: text } = environment;
  return text ? (JSON.parse(text) as KeycloakUnderTest) : undefined;
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Error(`A port must be a whole number from 1 to 65535, found "${text}".`);
  return port;
}
