import { CreateDeadline1764000200002 } from './migrations/1764000200002-create-deadline';
import { CreateInbox1764000200001 } from './migrations/1764000200001-create-inbox';
import { CreateOutbox1764000200000 } from './migrations/1764000200000-create-outbox';
import { OutboxMessage } from './outbox/outbox-message.entity';

export { decryptionKeyFrom, type DecryptionKey } from './batch/wire';
export { fireDeadlines, type ClockRoom, type DeadlineHandler, type DeadlineHandlers, type DueDeadline } from './deadline/fire-deadlines';
export { cancelDeadlines, setDeadline, type NewDeadline } from './deadline/set-deadline';
export { Directory, type DirectoryKey } from './directory/directory';
export type { DirectoryContent, Institution, Unit } from './directory/directory-file';
export { directoryFiles, generateDirectory, generateKey, type Deployment, type NamedKey } from './directory/generate-directory';
export { loadDirectory, signDirectory, type RootKey } from './directory/load-directory';
export { readExchangeFiles, type ExchangeFiles } from './directory/read-keys';
export type { ExchangeEvent, ExchangeEventName, ExchangeLog } from './events';
export type { ParkingReason } from './inbox/admission';
export { handling, type Handler, type Handlers, type IncomingMessage } from './inbox/handlers';
export { unpark } from './inbox/unpark';
export { OutboxMessage } from './outbox/outbox-message.entity';
export { post, type Posting } from './outbox/post';
export { repeatNewest } from './outbox/repeat-newest';
export type { Delivered, OnReceipt } from './outbox/store-receipt';
export { isReceiptFor, verifyReceipt, type Receipt } from './receipt/receipt';
export { NotAuthentic, localSigner, type Signer } from './signature';
export { startExchange, type Exchange, type ExchangeOptions } from './start-exchange';
export { exchangeStatus, statusTable, type StatusLine } from './status';

/** What every agency's data source lists from this library. */
export const exchangeEntities = [OutboxMessage];

/** What every agency's database runs from this library. */
export const exchangeMigrations = [CreateOutbox1764000200000, CreateInbox1764000200001, CreateDeadline1764000200002];
