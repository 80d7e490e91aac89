import { newId } from '@lianfang/database';
import { makeEnvelope, type OpenedMessage } from '../envelope/envelope';
import type { DirectoryKey } from '../directory/directory';
import { specParties, type Party } from '../testing/deployment';
import { stopOrder } from '../testing/orders';
import { admit } from './admission';

let banks: Party;
let policeKey: DirectoryKey;

beforeAll(async () => {
  const parties = await specParties();
  banks = parties.banks;
  policeKey = banks.directory.findKey(parties.police.signer.kid, { use: 'sig', at: new Date() }) as DirectoryKey;
});

const order = stopOrder();
const message = (over: { type?: string; subject?: string; data?: unknown; key?: Partial<DirectoryKey> } = {}): OpenedMessage => ({
  jws: '',
  key: { ...policeKey, ...over.key },
  envelope: makeEnvelope('police', { id: newId(), type: over.type ?? 'stop-payment.ordered.v2', subject: over.subject ?? order.orderId, time: new Date(), data: over.data ?? order }),
});
const admitted = (opened: OpenedMessage, agency: 'banks' | 'telecoms' = 'banks') => admit(opened, { agency, directory: banks.directory });

describe('the admission of an authentic message', () => {
  it('lets an order through that its sender may send', () => {
    expect(admitted(message())).toMatchObject({ contract: { type: 'stop-payment.ordered.v2' }, data: order });
  });

  it.each([
    ['a type of a later version', { type: 'stop-payment.ordered.v3' }, 'UNKNOWN_TYPE'],
    ['a type that this sender may not send', { type: 'stop-payment.stopped.v1' }, 'SENDER_MAY_NOT_SEND'],
    ['a field that is not on the whitelist', { data: { ...order, victimIdCard: 'x' } }, 'DATA_NOT_AS_AGREED'],
    ['an order filed under another order', { subject: newId() }, 'SUBJECT_IS_NOT_THE_ORDER'],
    ['an institution that nobody knows', { data: { ...order, institution: 'B999' } }, 'UNKNOWN_INSTITUTION'],
    ['an institution of another agency', { data: { ...order, institution: 'T001' } }, 'UNKNOWN_INSTITUTION'],
  ])('parks %s', (_, over, reason) => {
    expect(admitted(message(over))).toEqual({ parked: reason });
  });

  it('parks signed content that is no envelope', () => {
    expect(admitted({ ...message(), envelope: null })).toEqual({ parked: 'UNREADABLE' });
  });

  it('parks what is addressed to another agency', () => {
    expect(admitted(message(), 'telecoms')).toEqual({ parked: 'NOT_FOR_US' });
  });
});
