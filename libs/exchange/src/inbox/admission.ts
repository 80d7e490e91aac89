import { findContract, type Agency, type MessageContract } from '@lianfang/vocabulary';
import type { Directory, DirectoryKey } from '../directory/directory';
import type { OpenedMessage } from '../envelope/envelope';

/** Why an authentic message is not handled: it is kept, receipted and shown, and waits for a person. */
export type ParkingReason =
  | 'UNREADABLE'
  | 'UNKNOWN_TYPE'
  | 'SENDER_MAY_NOT_SEND'
  | 'NOT_FOR_US'
  | 'DATA_NOT_AS_AGREED'
  | 'SUBJECT_IS_NOT_THE_ORDER'
  | 'UNKNOWN_INSTITUTION'
  | 'OTHER_INSTITUTION'
  | 'NO_HANDLER'
  | 'HANDLER_FAILED';

/** What came of looking at a message: admitted under its contract, or parked with a reason. */
export type Admission = { readonly contract: MessageContract; readonly data: unknown } | { readonly parked: ParkingReason };

/** What of a message, and of who receives it, decides about its admission. */
export interface Applicant {
  readonly envelope: OpenedMessage['envelope'];
  /** Who signed it. */
  readonly key: Pick<DirectoryKey, 'agency' | 'institution'>;
}

/** Who looks at it. */
export interface Doorkeeper {
  readonly agency: Agency;
  readonly directory: Pick<Directory, 'findInstitution'>;
}

/** Decides whether an authentic message may be handled here: who may send what to whom, in which form, about which institution. */
export function admit({ envelope, key }: Applicant, { agency, directory }: Doorkeeper): Admission {
  if (!envelope) return { parked: 'UNREADABLE' };
  const contract = findContract(envelope.type);
  if (!contract) return { parked: 'UNKNOWN_TYPE' };
  if (contract.from !== key.agency) return { parked: 'SENDER_MAY_NOT_SEND' };
  if (contract.to !== agency) return { parked: 'NOT_FOR_US' };
  const data = contract.data.safeParse(envelope.data);
  if (!data.success) return { parked: 'DATA_NOT_AS_AGREED' };
  const order = textIn(data.data, 'orderId');
  if (order !== undefined && order !== envelope.subject) return { parked: 'SUBJECT_IS_NOT_THE_ORDER' };
  const parked = refuseInstitution(textIn(data.data, 'institution'), { key, agency, directory });
  return parked ? { parked } : { contract, data: data.data };
}

/** The institution named in an order belongs to the addressed agency; one named in an answer is the signer's own, if the signer is one. */
function refuseInstitution(code: string | undefined, { key, agency, directory }: Doorkeeper & Pick<Applicant, 'key'>): ParkingReason | undefined {
  if (code === undefined) return undefined;
  const owner = directory.findInstitution(code)?.agency;
  if (owner !== agency && owner !== key.agency) return 'UNKNOWN_INSTITUTION';
  return owner === key.agency && key.institution !== null && key.institution !== code ? 'OTHER_INSTITUTION' : undefined;
}

function textIn(data: unknown, field: string): string | undefined {
  const value: unknown = typeof data === 'object' && data !== null ? Reflect.get(data, field) : undefined;
  return typeof value === 'string' ? value : undefined;
}
