import { AuditCheckpoint, AuditEntry, AuditSeal } from './audit/audit-entry.entity';
import { CreateTransition1764000100000 } from './migrations/1764000100000-create-transition';
import { CreateAudit1764000101000 } from './migrations/1764000101000-create-audit';
import { AddActorAgency1764000102000 } from './migrations/1764000102000-add-actor-agency';
import { Transition } from './transition.entity';

export { AuditCheckpoint, AuditEntry, AuditSeal, auditKinds, type AuditKind } from './audit/audit-entry.entity';
export { auditCommand, type AuditCommandParts } from './audit/audit-command';
export { describeFault, auditFaults, type AuditFault, type AuditFaultCode, type AuditReport } from './audit/fault';
export { exportAudit, type ExportOptions } from './audit/export';
export type { KnownHead } from './audit/chain-walk';
export type { AuditSigner, FindKey } from './audit/checkpoint';
export { sealAudit, type SealOptions } from './audit/seal';
export { startSealer, type SealerOptions } from './audit/start-sealer';
export { verifyAudit, type VerifyOptions } from './audit/verify';
export { verifyAuditFile, type VerifyFileOptions } from './audit/verify-file';
export { recordAudit, type AuditRecord } from './audit/record';
export { availableActions, type ActionAvailability, type Question } from './available-actions';
export { callerFromClaims } from './caller-from-claims';
export { disclose, lookTasks, openDisclosure, type Disclosed, type DisclosureSource, type HasOpenTask, type Look, type LookContext, type LookTask, type Purpose } from './disclosure';
export { mask, type DisclosureKind } from './masks';
export { mayDo, type Target } from './may-do';
export { move, outOfTurn, type Movable, type Move } from './move';
export { fieldPermissions, isPermissionKey, permissionFor, permissionKeys, permissions, type PermissionKey } from './permissions';
export { sideOf, sideOfAgency, type FieldRules, type Permission, type Scope } from './permissions/permission';
export { auditorsOnly, isOwnAct, sees, setting, writes } from './row-security';
export { createAuthenticator, type Authenticated, type Authenticator, type AuthenticatorOptions } from './token/authenticator';
export { NotAuthenticated, notAuthenticatedCodes, type NotAuthenticatedCode } from './token/not-authenticated';
export { Transition, type Facts } from './transition.entity';

/** What every agency's data source lists from this library. */
export const accessEntities = [Transition, AuditEntry, AuditSeal, AuditCheckpoint];

/** What every agency's database runs from this library. */
export const accessMigrations = [CreateTransition1764000100000, CreateAudit1764000101000, AddActorAgency1764000102000];
