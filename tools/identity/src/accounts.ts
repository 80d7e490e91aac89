import { createHash } from 'node:crypto';
import type { Agency, Role } from '@lianfang/vocabulary';

/** A person of the demo world. Every name, unit and institution is invented and says so (演示). */
export interface DemoAccount {
  /** What is typed at login, as in `officer.chaoyang`. */
  readonly username: string;
  readonly name: string;
  readonly agency: Agency;
  readonly roles: readonly Role[];
  /** Code of a bank or payment institution, as in `B001`. */
  readonly institution?: string;
  /** Police organisation code, 12 digits; the first six are the region. */
  readonly unit?: string;
  /** What the account is there to show, in one line for the login page and the first run. */
  readonly purpose: string;
}

/** A system of an institution that calls with its own secret (client_credentials). */
export interface ServiceAccount extends Omit<DemoAccount, 'username'> {
  readonly clientId: string;
  readonly secret: string;
}

/** The one password of every demo account. It is public on purpose: the provider refuses to start in production. */
export const demoPassword = 'lianfang-demo';

const chaoyang = { agency: 'police', unit: '110105990000' } as const;
const chaoyangSecond = { agency: 'police', unit: '110105980000' } as const;
const beijing = { agency: 'police', unit: '110000990000' } as const;
const huqiu = { agency: 'police', unit: '320505990000' } as const;
const suzhou = { agency: 'police', unit: '320500990000' } as const;
const institution = (code: string) => ({ agency: 'banks', institution: code }) as const;

/** Everybody who can log in to the demo, grouped by where they work. */
export const demoAccounts: readonly DemoAccount[] = [
  { username: 'intake.chaoyang', name: '演示接警员甲', ...chaoyang, roles: ['INTAKE_OFFICER'], purpose: '朝阳演示分局 · 接警' },
  { username: 'officer.chaoyang', name: '演示民警甲', ...chaoyang, roles: ['POLICE_OFFICER'], purpose: '朝阳演示分局 · 办案，提出止付' },
  { username: 'officer2.chaoyang', name: '演示民警乙', ...chaoyang, roles: ['POLICE_OFFICER'], purpose: '朝阳演示分局 · 办案，同一单位的第二人' },
  { username: 'duty.chaoyang', name: '演示值班员甲', ...chaoyang, roles: ['DUTY_OFFICER'], purpose: '朝阳演示分局 · 反诈中心值班' },
  { username: 'leader.chaoyang', name: '演示负责人甲', ...chaoyang, roles: ['POLICE_LEADER'], purpose: '朝阳演示分局 · 县级负责人，审批' },
  { username: 'officer.chaoyang-second', name: '演示民警丙', ...chaoyangSecond, roles: ['POLICE_OFFICER'], purpose: '朝阳演示二分局 · 同一地区的另一单位' },
  { username: 'leader.beijing', name: '演示负责人乙', ...beijing, roles: ['POLICE_LEADER'], purpose: '北京演示总队 · 省级负责人' },
  { username: 'intake.huqiu', name: '演示接警员丁', ...huqiu, roles: ['INTAKE_OFFICER'], purpose: '虎丘演示分局 · 接警' },
  { username: 'officer.huqiu', name: '演示民警丁', ...huqiu, roles: ['POLICE_OFFICER'], purpose: '虎丘演示分局 · 办案，另一地区' },
  { username: 'duty.huqiu', name: '演示值班员丁', ...huqiu, roles: ['DUTY_OFFICER'], purpose: '虎丘演示分局 · 反诈中心值班' },
  { username: 'leader.huqiu', name: '演示负责人丁', ...huqiu, roles: ['POLICE_LEADER'], purpose: '虎丘演示分局 · 县级负责人' },
  { username: 'duty.suzhou', name: '演示值班员戊', ...suzhou, roles: ['DUTY_OFFICER'], purpose: '苏州演示市局 · 反诈中心值班' },
  { username: 'leader.suzhou', name: '演示负责人戊', ...suzhou, roles: ['POLICE_LEADER'], purpose: '苏州演示市局 · 市级负责人' },
  { username: 'liaison.b001', name: '演示查控岗一甲', ...institution('B001'), roles: ['BANK_LIAISON'], purpose: '演示银行一 · 查控岗' },
  { username: 'analyst.b001', name: '演示专人一甲', ...institution('B001'), roles: ['BANK_ANALYST'], purpose: '演示银行一 · 资金分析专人' },
  { username: 'liaison.b002', name: '演示查控岗二甲', ...institution('B002'), roles: ['BANK_LIAISON'], purpose: '演示银行二 · 查控岗' },
  { username: 'liaison2.b002', name: '演示查控岗二乙', ...institution('B002'), roles: ['BANK_LIAISON'], purpose: '演示银行二 · 查控岗第二人，争抢同一指令' },
  { username: 'analyst.b002', name: '演示专人二甲', ...institution('B002'), roles: ['BANK_ANALYST'], purpose: '演示银行二 · 资金分析专人' },
  { username: 'liaison.b003', name: '演示查控岗三甲', ...institution('B003'), roles: ['BANK_LIAISON'], purpose: '演示银行三 · 查控岗' },
  { username: 'analyst.b003', name: '演示专人三甲', ...institution('B003'), roles: ['BANK_ANALYST'], purpose: '演示银行三 · 资金分析专人' },
  { username: 'liaison.p001', name: '演示查控岗四甲', ...institution('P001'), roles: ['BANK_LIAISON'], purpose: '演示支付机构 · 查控岗' },
  { username: 'analyst.p001', name: '演示专人四甲', ...institution('P001'), roles: ['BANK_ANALYST'], purpose: '演示支付机构 · 资金分析专人' },
  { username: 'coordinator.demo', name: '演示联席办甲', agency: 'joint-office', roles: ['COORDINATOR'], purpose: '联席办 · 另一部门，本期看不到案件' },
  { username: 'auditor.police', name: '演示审计员甲', ...beijing, roles: ['AUDITOR'], purpose: '公安 · 审计管理员' },
  { username: 'auditor.banks', name: '演示审计员乙', agency: 'banks', roles: ['AUDITOR'], purpose: '银行 · 审计管理员' },
  { username: 'security.police', name: '演示安全员甲', ...beijing, roles: ['SECURITY_ADMINISTRATOR'], purpose: '公安 · 安全管理员' },
  { username: 'system.police', name: '演示系统员甲', ...beijing, roles: ['SYSTEM_ADMINISTRATOR'], purpose: '公安 · 系统管理员' },
  { username: 'nobody.police', name: '演示无岗人员', ...chaoyang, roles: [], purpose: '没有任何岗位，一切都应被拒绝' },
  {
    username: 'two.administrators',
    name: '演示双重管理员',
    ...beijing,
    roles: ['AUDITOR', 'SECURITY_ADMINISTRATOR'],
    purpose: '同时持有两个管理员岗位，一切都应被拒绝',
  },
];

/** The institutions' own systems in the demo. */
export const serviceAccounts: readonly ServiceAccount[] = [
  { clientId: 'bank-b001-core', secret: 'demo-secret-b001-core', name: '演示银行一核心系统', ...institution('B001'), roles: ['BANK_LIAISON'], purpose: '直通执行' },
  { clientId: 'bank-b002-core', secret: 'demo-secret-b002-core', name: '演示银行二核心系统', ...institution('B002'), roles: ['BANK_LIAISON'], purpose: '接口与导入' },
];

/** The demo account of that login name. */
export const findDemoAccount = (username: string): DemoAccount | undefined => demoAccounts.find((account) => account.username === username);

/** The region of an account, six digits, taken from its unit; null for who has no unit. */
export const regionOf = ({ unit }: Pick<DemoAccount, 'unit'>): string | null => unit?.slice(0, 6) ?? null;

/** The user name that Keycloak gives a client's own account. */
export const serviceUsername = (clientId: string): string => `service-account-${clientId}`;

/** The subject of an account's tokens: a UUID (version 8) that stays the same on every machine and after every reset. */
export function subjectOf(username: string): string {
  const hex = createHash('sha256').update(`lianfang demo account ${username}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
