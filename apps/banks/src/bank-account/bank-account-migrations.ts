import { CreateBankAccount1764000400110 } from '../migrations/1764000400110-create-bank-account';

/** What the banks' data source lists for accounts. */
export const bankAccountMigrations = [CreateBankAccount1764000400110];
