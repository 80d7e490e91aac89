import { accessEntities, accessMigrations } from '@lianfang/access';
import { databaseEntities, databaseMigrations, type Migration } from '@lianfang/database';
import { fraudCaseEntities, fraudCaseMigrations } from './fraud-case/fraud-case-tables';

/** Every entity of the police database. A feature lists its own; add its line here. */
export const entities = [...databaseEntities, ...accessEntities, ...fraudCaseEntities];

/** Every migration of the police database. */
export const migrations: readonly Migration[] = [...databaseMigrations, ...accessMigrations, ...fraudCaseMigrations];
