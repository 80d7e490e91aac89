import { InstitutionPrefix } from '../institution-prefix/institution-prefix.entity';
import { CreateInstitutionPrefix1764000350000 } from '../migrations/1764000350000-create-institution-prefix';
import { CreateStopPaymentBatch1764000351000 } from '../migrations/1764000351000-create-stop-payment-batch';
import { CreateStopPaymentRequest1764000352000 } from '../migrations/1764000352000-create-stop-payment-request';
import { CreateAccountStop1764000353000 } from '../migrations/1764000353000-create-account-stop';
import { CreateNotice1764000354000 } from '../migrations/1764000354000-create-notice';
import { AddHeldCurrency1764000371000 } from '../migrations/1764000371000-add-held-currency';
import { AddExternalMessageNumber1764000372000 } from '../migrations/1764000372000-add-external-message-number';
import { AddProtectiveHold1764000374000 } from '../migrations/1764000374000-add-protective-hold';
import { AddNoticeToApprovers1764000376000 } from '../migrations/1764000376000-add-notice-to-approvers';
import { WidenMessageNumber1764000378000 } from '../migrations/1764000378000-widen-message-number';
import { Notice } from '../notice/notice.entity';
import { AccountStop } from './account-stop.entity';
import { StopPaymentBatch } from './stop-payment-batch.entity';
import { StopPaymentOutflow } from './stop-payment-outflow.entity';
import { StopPaymentRequest } from './stop-payment-request.entity';

/** What the data source lists from stop-payments, their notices and the prefixes. */
export const stopPaymentEntities = [InstitutionPrefix, StopPaymentBatch, StopPaymentRequest, StopPaymentOutflow, AccountStop, Notice];

/** What the database runs from stop-payments, their notices and the prefixes. */
export const stopPaymentMigrations = [
  CreateInstitutionPrefix1764000350000, CreateStopPaymentBatch1764000351000, CreateStopPaymentRequest1764000352000,
  CreateAccountStop1764000353000, CreateNotice1764000354000,
];

/** What was added to them later; it runs after every table stands. */
export const stopPaymentAdditions = [AddHeldCurrency1764000371000, AddExternalMessageNumber1764000372000, AddProtectiveHold1764000374000, AddNoticeToApprovers1764000376000, WidenMessageNumber1764000378000];
