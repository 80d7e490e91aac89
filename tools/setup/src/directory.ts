import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { agencyApps, type AgencyApp } from './config';
import type { Ports } from './ports';
import { builtFile, nodeArguments, root } from './root';
import { runTask } from './tasks/task';
import type { DirectoryInput } from './tasks/write-directory';

const bank = { kind: 'BANK', agency: 'banks' } as const;

/** The institutions of the demo, invented and plainly so. */
const institutions = [
  { code: 'B001', name: { zh: '演示银行一', en: 'Demo Bank One' }, ...bank },
  { code: 'B002', name: { zh: '演示银行二', en: 'Demo Bank Two' }, ...bank },
  { code: 'B003', name: { zh: '演示银行三', en: 'Demo Bank Three' }, ...bank },
  { code: 'P001', name: { zh: '演示支付机构', en: 'Demo Payments' }, kind: 'PAYMENT_INSTITUTION', agency: 'banks' } as const,
];

/** The police units of the demo, in two regions and at every approval level. Their phones are in no numbering plan. */
const units = [
  { code: '110105990000', name: '朝阳演示分局', region: '110105', dutyPhone: '000-0001' },
  { code: '110105980000', name: '朝阳演示二分局', region: '110105', dutyPhone: '000-0002' },
  { code: '110000990000', name: '北京演示总队', region: '110000', dutyPhone: '000-0003' },
  { code: '320505990000', name: '虎丘演示分局', region: '320505', dutyPhone: '000-0004' },
  { code: '320500990000', name: '苏州演示市局', region: '320500', dutyPhone: '000-0005' },
];

/** Folder of the directory and the private keys of a development system. */
export const directoryFolder = (dataFolder: string): string => join(dataFolder, 'directory');

/** The exchange of each agency on one machine, as in `http://127.0.0.1:4101`. */
export const localExchanges = (ports: Ports): ExchangeAddresses => ({
  police: `http://127.0.0.1:${ports.policeExchange}`,
  banks: `http://127.0.0.1:${ports.banksExchange}`,
});

/** Where each agency's exchange is posted to. */
export type ExchangeAddresses = Readonly<Record<AgencyApp, string>>;

/** Writes the signed directory of the demo's deployment and every agency's keys into `folder`; the keys of an earlier run are kept. `environment` is the banks'. */
export async function writeDirectory(folder: string, addresses: ExchangeAddresses, environment: NodeJS.ProcessEnv = {}): Promise<void> {
  const capabilities = await askCapabilities(environment);
  const exchanges = agencyApps.map((agency) => ({ agency, address: addresses[agency] }));
  const input: DirectoryInput = { folder, deployment: { deployment: 'lianfang-demo', institutions: institutions.map((institution) => ({ ...institution, capabilities: capabilities[institution.code] })), units, exchanges } };
  await runTask('write-directory', input);
}

type Capabilities = DirectoryInput['deployment']['institutions'][number]['capabilities'];

/** What the institutions' core systems can do, from the banks' own `INSTITUTION_CORES`; the directory's schema checks it. */
async function askCapabilities(environment: NodeJS.ProcessEnv): Promise<Readonly<Record<string, Capabilities>>> {
  const { stdout } = await promisify(execFile)(process.execPath, nodeArguments(builtFile('apps/banks', 'tell-capabilities')), { cwd: root, env: environment });
  return JSON.parse(stdout) as Record<string, Capabilities>;
}
