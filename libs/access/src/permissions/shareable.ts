import type { FieldRules } from './permission';

/**
 * The types that every subgraph shares (`@shareable`, from libs/subgraph). They say nothing by themselves:
 * what may be read is decided by the field that leads to them. `Disclosure.full` decides again, and records (`openDisclosure`).
 */
export const shareableFields: FieldRules = {
  Money: { fen: 'ANYONE', currency: 'ANYONE' },
  Disclosure: { masked: 'ANYONE', full: 'ANYONE' },
  Refusals: { refusals: 'ANYONE' },
  Refusal: { code: 'ANYONE', law: 'ANYONE', path: 'ANYONE', parameters: 'ANYONE', sentence: 'ANYONE' },
  RefusalParameter: { name: 'ANYONE', value: 'ANYONE' },
  Warning: { code: 'ANYONE', law: 'ANYONE', path: 'ANYONE', parameters: 'ANYONE', sentence: 'ANYONE' },
  PageInfo: { hasNextPage: 'ANYONE', hasPreviousPage: 'ANYONE', startCursor: 'ANYONE', endCursor: 'ANYONE' },
  ActionAvailability: { action: 'ANYONE', refusal: 'ANYONE' },
};
