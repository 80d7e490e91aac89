export { ownEnvironment, readConfig, type AgencyApp, type SetupConfig } from './config';
export type { Databases } from './databases';
export type { OpenDemoWorld } from './demo-world';
export { findFreePorts, type PortName, type Ports } from './ports';
export { builtFile, nodeArguments, root } from './root';
export { SetupProblem } from './setup-problem';
export { logFolder, startSystem, type ProcessName, type System, type SystemOptions } from './system';
export { Supervisor, type ProcessPlan, type SupervisorOptions } from './supervisor';
export { pause, waitUntil } from './wait';
