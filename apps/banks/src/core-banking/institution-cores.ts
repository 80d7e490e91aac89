import { stoppablePayeeKinds } from '@lianfang/vocabulary';
import { z } from 'zod';
import { builtInCore } from './built-in-core';
import { accountKinds, type CoreBanking } from './core-banking';
import { httpCore } from './http-core';
import type { Ledger } from './ledger';

const currencies = z.array(z.string().regex(/^[A-Z]{3}$/, 'ISO 4217: three capital letters')).min(1).default(['CNY']);
const payeeKinds = z.array(z.enum(stoppablePayeeKinds)).min(1).default([...accountKinds]);
const capabilities = z
  .strictObject({ wholeAccount: z.boolean().default(true), limitedAmount: z.boolean().default(true), payeeKinds, currencies })
  .refine(({ wholeAccount, limitedAmount }) => wholeAccount || limitedAmount, 'a core that can hold neither the whole account nor an amount cannot be connected');

const builtIn = z.strictObject({ core: z.literal('BUILT_IN'), capabilities: capabilities.prefault({}) });
const http = z.strictObject({
  core: z.literal('HTTP'),
  capabilities: capabilities.prefault({}),
  /** Base address; the contract's paths are appended. Plain http only to this machine. */
  url: z.url({ protocol: /^https?$/ }).refine(isPrivate, 'expected https, or http to 127.0.0.1 or localhost').transform((url) => (url.endsWith('/') ? url : `${url}/`)),
  token: z.string().min(16, 'expected a bearer token of at least 16 characters'),
  /** Milliseconds of one attempt. */
  timeoutMs: z.int().min(100).max(60_000).default(5_000),
  attempts: z.int().min(1).max(10).default(3),
  /** Milliseconds before the second attempt; doubled before each further one. */
  pauseMs: z.int().min(1).max(10_000).default(200),
});

/**
 * The configuration of institutions' core systems: institution → BUILT_IN or HTTP, with what the core can do.
 *
 * @example { "B001": { "core": "BUILT_IN" }, "B002": { "core": "HTTP", "url": "https://core.b002.example/", "token": "…" } }
 */
export const institutionCoreSettings = z.record(z.string().min(1).max(14), z.discriminatedUnion('core', [builtIn, http]));

/** `institutionCoreSettings`, parsed. */
export type InstitutionCoreSettings = z.output<typeof institutionCoreSettings>;

/** The demo's three banks and its payment institution, which can hold only whole accounts and keeps its merchants under their numbers. */
export const demoInstitutionCores: z.input<typeof institutionCoreSettings> = {
  B001: { core: 'BUILT_IN' },
  B002: { core: 'BUILT_IN' },
  B003: { core: 'BUILT_IN' },
  P001: { core: 'BUILT_IN', capabilities: { limitedAmount: false, payeeKinds: ['PAYMENT_ACCOUNT', 'MERCHANT'] } },
};

/** The core system of an institution, or nothing when none is configured. */
export type FindCore = (institution: string) => CoreBanking | undefined;

/** Opens every configured core system; nothing is called yet. */
export function openInstitutionCores(settings: InstitutionCoreSettings, ledger: Ledger): FindCore {
  const cores = new Map(Object.entries(settings).map(([institution, setting]) => [institution, openCore(institution, setting, ledger)]));
  return (institution) => cores.get(institution);
}

function openCore(institution: string, setting: InstitutionCoreSettings[string], ledger: Ledger): CoreBanking {
  switch (setting.core) {
    case 'BUILT_IN':
      return builtInCore(ledger, { institution, capabilities: setting.capabilities });
    case 'HTTP':
      return httpCore({ institution, ...setting });
    default:
      return setting satisfies never;
  }
}

function isPrivate(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
}
