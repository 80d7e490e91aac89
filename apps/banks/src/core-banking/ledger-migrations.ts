import { CreateLedger1764000400010 } from '../migrations/1764000400010-create-ledger';
import { CreateLedgerImport1764000400020 } from '../migrations/1764000400020-create-ledger-import';

/** What the banks' data source lists for the built-in core system. */
export const ledgerMigrations = [CreateLedger1764000400010, CreateLedgerImport1764000400020];
