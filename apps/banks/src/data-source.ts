import { accessEntities, accessMigrations } from '@lianfang/access';
import { databaseEntities, databaseMigrations } from '@lianfang/database';
import { exchangeEntities, exchangeMigrations } from '@lianfang/exchange';
import { BankAccount } from './bank-account/bank-account.entity';
import { bankAccountMigrations } from './bank-account/bank-account-migrations';
import { ledgerMigrations } from './core-banking/ledger-migrations';
import { CreateStopPaymentOrder1764000400100 } from './migrations/1764000400100-create-stop-payment-order';
import { AddHeldCurrency1764000400120 } from './migrations/1764000400120-add-held-currency';
import { AddExternalMessageNumber1764000400130 } from './migrations/1764000400130-add-external-message-number';
import { AddPayeeKind1764000400140 } from './migrations/1764000400140-add-payee-kind';
import { AddProtectiveHold1764000400150 } from './migrations/1764000400150-add-protective-hold';
import { AddWithdrawing1764000400160 } from './migrations/1764000400160-add-withdrawing';
import { StopPaymentOrder } from './stop-payment-order/stop-payment-order.entity';

/** Every entity of the banks' database. */
export const entities = [...databaseEntities, ...accessEntities, ...exchangeEntities, BankAccount, StopPaymentOrder];

/** Every migration of the banks' database, in the order of their digits. */
export const migrations = [
  ...databaseMigrations, ...accessMigrations, ...exchangeMigrations, ...ledgerMigrations, CreateStopPaymentOrder1764000400100, ...bankAccountMigrations,
  AddHeldCurrency1764000400120, AddExternalMessageNumber1764000400130, AddPayeeKind1764000400140, AddProtectiveHold1764000400150, AddWithdrawing1764000400160,
];
