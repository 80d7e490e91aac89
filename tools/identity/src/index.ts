export { realm } from './account-claims';
export { demoAccounts, demoPassword, findDemoAccount, regionOf, serviceAccounts, subjectOf, type DemoAccount, type ServiceAccount } from './accounts';
