import type { IdentityConfig } from './config';
import type { IdentityServer } from './identity-server';

export { audience, defaultRole, realm } from './account-claims';
export { demoAccounts, demoPassword, findDemoAccount, regionOf, serviceAccounts, serviceUsername, subjectOf, type DemoAccount, type ServiceAccount } from './accounts';
export { ACCESS_TOKEN_SECONDS } from './api-resource';
export { apiClients, demoClient, portalClient, returnAddress, serviceClients, type ApiClient } from './clients';
export { readConfig as readIdentityConfig, type IdentityConfig } from './config';
export type { IdentityServer } from './identity-server';

/** Starts the development identity provider in this process. It is loaded only then: who wants the accounts alone need not wait for it. */
export const startIdentityServer = (config: IdentityConfig): Promise<IdentityServer> => (require('./identity-server') as typeof import('./identity-server')).IdentityServer.start(config);
