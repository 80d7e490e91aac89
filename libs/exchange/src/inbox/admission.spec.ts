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
  envelope: makeEnvelope('police', { id: newId(), type: over.type ?? 'stop-payment.ordered.v1', subject: over.subject ?? order.orderId, time: new Date(), data: over.data ?? order }),
});
const admitted = (opened: OpenedMessage, agency: 'banks' | 'telecoms' = 'banks') => admit(opened, { agency, directory: banks.directory });

describe('the admission of an authentic message', () => {
  it('lets an order through that its sender may send', () => {
    expect(admitted(message())).toMatchObject({ contract: { type: 'stop-payment.ordered.v1' }, data: order });
  });

  it.each([
    ['a type of a later version', message({ type: 'stop-payment.ordered.v2' }), 'UNKNOWN_TYPE'],
    ['a type that this sender may not send', message({ type: 'stop-payment.stopped.v1' }), 'SENDER_MAY_NOT_SEND'],
    ['a field that is not on the whitelist', message({ data: { ...order, victimIdCard: 'x' } }), 'DATA_NOT_AS_AGREED'],
    ['an order filed under another order', message({ subject: newId() }), 'SUBJECT_IS_NOT_THE_ORDER'],
    ['an institution that nobody knows', message({ data: { ...order, institution: 'B999' } }), 'UNKNOWN_INSTITUTION'],
    ['an institution of another agency', message({ data: { ...order, institution: 'T001' } }), 'UNKNOWN_INSTITUTION'],
    ['signed content that is no envelope', { ...message(), envelope: null }, 'UNREADABLE'],
  ])('parks %s', (_, opened, reason) => {
    const key = 'key' in opened && opened.key.agency ? opened.key : policeKey;

    expect(admitted({ ...opened, key: { ...policeKey, ...key } })).toEqual({ parked: reason });
  });

  it('parks what is addressed to another agency', () => {
    expect(admitted(message(), 'telecoms')).toEqual({ parked: 'NOT_FOR_US' });
  });
});
