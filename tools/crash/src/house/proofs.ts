import type { Breach } from '../invariants';
import { proveAudit } from './prove-audit';
import { provePrivacy } from './prove-privacy';
import { proveReceipts } from './prove-receipts';
import { proveReplay } from './prove-replay';
import type { House } from './house';

/** What our records prove or betray beside the ledgers: receipts, audit, what is derived, and what errors and logs say. */
export async function examineHouse(house: House): Promise<Breach[]> {
  const found = [await proveReceipts(house), await proveAudit(house), await proveReplay(house), await provePrivacy(house)];
  return found.flat();
}
