import { DefaultNamingStrategy } from 'typeorm';

/** Tables and columns are snake_case, singular, full words: `openedAt` → `opened_at`, `FraudCase` → `fraud_case`. */
export class SnakeNaming extends DefaultNamingStrategy {
  override tableName(className: string, givenName: string | undefined): string {
    return givenName ?? snake(className);
  }

  override columnName(propertyName: string, givenName: string | undefined, prefixes: string[]): string {
    return snake([...prefixes, givenName ?? propertyName].join('_'));
  }

  override joinColumnName(relationName: string, referencedColumnName: string): string {
    return snake(`${relationName}_${referencedColumnName}`);
  }
}

const snake = (name: string): string => name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
