import { accessEntities, accessMigrations } from '@lianfang/access';
import { databaseEntities, databaseMigrations, type Migration } from '@lianfang/database';
import { exchangeEntities, exchangeMigrations } from '@lianfang/exchange';
import { appealEntities, appealMigrations } from './appeal/appeal-tables';
import { fraudCaseAdditions, fraudCaseEntities, fraudCaseMigrations } from './fraud-case/fraud-case-tables';
import { legalDocumentMigrations } from './legal-document/legal-document-tables';
import { stopPaymentAdditions, stopPaymentEntities, stopPaymentMigrations } from './stop-payment-request/stop-payment-tables';

/** Every entity of the police database. A feature lists its own; add its line here. */
export const entities = [...databaseEntities, ...accessEntities, ...exchangeEntities, ...fraudCaseEntities, ...stopPaymentEntities, ...appealEntities];

/** Every migration of the police database. */
export const migrations: readonly Migration[] = [
  ...databaseMigrations, ...accessMigrations, ...exchangeMigrations, ...fraudCaseMigrations, ...stopPaymentMigrations, ...appealMigrations, ...legalDocumentMigrations,
  ...stopPaymentAdditions, ...fraudCaseAdditions,
];
