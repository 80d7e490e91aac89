import { serviceAccounts } from './accounts';

/** A client that may take tokens for the API: what the development provider and the Keycloak realm are both made from. */
export interface ApiClient {
  readonly clientId: string;
  /** What people read on the log-in page and in the administrator's list. */
  readonly name: string;
  readonly grants: readonly ('authorization_code' | 'refresh_token' | 'password' | 'client_credentials')[];
  /** Only who can keep one has a secret: a browser and a demo cannot. */
  readonly secret?: string;
  /** Whether it exists for the demo alone, and never in production. */
  readonly isDemo: boolean;
}

/** The browsers' client. */
export const portalClient: ApiClient = { clientId: 'portal', name: '联防门户', grants: ['authorization_code', 'refresh_token'], isDemo: false };

/** What Keycloak calls "direct access grants": the story, the demo loader and CI take real tokens with it. */
export const demoClient: ApiClient = { clientId: 'demo', name: '联防演示', grants: ['password', 'refresh_token'], isDemo: true };

/** The institutions' own systems in the demo. */
export const serviceClients: readonly ApiClient[] = serviceAccounts.map(({ clientId, name, secret }) => ({ clientId, name, grants: ['client_credentials'], secret, isDemo: true }));

/** Everybody who may take a token for the API. */
export const apiClients: readonly ApiClient[] = [portalClient, demoClient, ...serviceClients];

/** The one page of the portal that a log-in or a log-out returns to: no pattern, so nothing else can be made a target. */
export const returnAddress = (portalOrigin: string): string => `${portalOrigin}/`;
