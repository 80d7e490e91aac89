export { demoAccounts, demoPassword, findDemoAccount, regionOf, serviceAccounts, subjectOf, type DemoAccount, type ServiceAccount } from './accounts';
export { readConfig, type IdentityConfig } from './config';
export { IdentityServer } from './identity-server';
