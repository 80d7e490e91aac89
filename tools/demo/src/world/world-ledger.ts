import { HOUR } from '@lianfang/vocabulary';
import { inventPerson, type InventedInstitution, type InventedPerson } from '@lianfang/testing';
import { LedgerFiles, type LedgerAccount } from '../ledger/ledger-files';
import { PlantedFraud, type PlantedPayment } from '../ledger/planted-fraud';
import { seeded } from '../ledger/random';
import { plans, type CasePlan } from './plan';

const MINUTE = 60_000;
const YUAN = 100;
const homes = ['B001', 'B002', 'B003'] as const satisfies readonly InventedInstitution[];

/** A victim with the payments that were planted. */
export interface PlannedVictim {
  readonly plan: CasePlan;
  readonly victim: InventedPerson;
  readonly payments: readonly PlantedPayment[];
}

/** The ledgers of the world, and who was robbed in them. The same `present` gives the same files. */
export function inventLedger(present: Date): { readonly ledger: LedgerFiles; readonly victims: readonly PlannedVictim[] } {
  const ledger = new LedgerFiles();
  const shop = ledger.open({ institution: 'P001', number: inventPerson(9_001, 'P001').account, holderName: '虚构便利店有限公司', product: 'merchant' });
  const exempt = ledger.open({ institution: 'B001', number: inventPerson(9_002, 'B001').account, holderName: '虚构建筑公司农民工工资专户', product: 'special account', exemptKind: 'MIGRANT_WAGES' });
  addOrdinaryLife(ledger, present);
  const victims = plans.map((plan): PlannedVictim => {
    const home = homes[plan.number % homes.length] ?? 'B001';
    const victim = inventPerson(100 + plan.number, home);
    const from = ledger.open({ institution: home, number: victim.account, holderName: victim.name, product: 'debit card', openingFen: 400_000 * YUAN });
    const fraud = new PlantedFraud(ledger, shop, 1_000 + plan.number * 100);
    const special = { SHOP: shop, EXEMPT: exempt };
    const payments = plan.payees.map((payee, place) =>
      fraud.plant({
        from,
        institution: payee === 'SHOP' || payee === 'EXEMPT' ? 'B001' : payee,
        ...(payee === 'SHOP' || payee === 'EXEMPT' ? { to: special[payee] } : {}),
        fen: (3_000 + ((plan.number * 7_919 + place * 4_127) % 60_000)) * YUAN,
        at: new Date(present.getTime() - plan.hoursAgo * HOUR - (45 - place * 4) * MINUTE),
        depth: payee === 'SHOP' || payee === 'EXEMPT' ? 0 : plan.depth,
      }),
    );
    return { plan, victim, payments };
  });
  return { ledger, victims };
}

/** Sixty honest accounts that pay each other over a month. */
function addOrdinaryLife(ledger: LedgerFiles, present: Date): void {
  const random = seeded(60);
  const pick = (accounts: readonly LedgerAccount[]): LedgerAccount | undefined => accounts[Math.floor(random() * accounts.length)];
  const accounts = Array.from({ length: 60 }, (_, place) => {
    const { account: number, name, institution } = inventPerson(500 + place, homes[place % homes.length]);
    return ledger.open({ institution, number, holderName: name, product: 'debit card' });
  });
  for (let payment = 0; payment < 400; payment += 1) {
    const [from, to] = [pick(accounts), pick(accounts)];
    const at = new Date(present.getTime() - Math.floor(random() * 30 * 24 * HOUR) - HOUR);
    if (from && to && from !== to) ledger.move({ from, to, fen: (20 + Math.floor(random() * 3_000)) * YUAN, at });
  }
}
