import { CreateLegalDocument1764000361000 } from '../migrations/1764000361000-create-legal-document';

/** What the database runs for legal documents. */
export const legalDocumentMigrations = [CreateLegalDocument1764000361000];
