import type { EntityManager } from 'typeorm';
import type { StopPaymentOutflow } from './stop-payment-outflow.entity';
import type { StopPaymentRequest } from './stop-payment-request.entity';

/**
 * The receiving accounts, by blind index in hexadecimal, for which this case already has a request: one that is not void, or one that was proposed
 * from the same transaction before (even if a person returned it: the machine does not ask twice). Each with that request's id.
 */
export async function loadChased(manager: EntityManager, parent: StopPaymentRequest, outflows: readonly StopPaymentOutflow[]): Promise<Map<string, string>> {
  const indexes = outflows.flatMap(({ numberIndex }) => numberIndex ?? []);
  const rows: { account: string; id: string }[] = await manager.query(
    `select encode(request.account_index, 'hex') as account, request.id
     from stop_payment_request request join account_stop stop on stop.id = request.id
     where request.case_id = $1 and request.account_index = any($2) and stop.counting <> 'VOID'
     union all
     select encode(outflow.number_index, 'hex'), outflow.proposed_request_id
     from stop_payment_outflow outflow join stop_payment_request source on source.id = outflow.request_id
     where source.case_id = $1 and source.institution = $4 and outflow.number_index = any($2) and outflow.reference = any($3)
       and outflow.proposed_request_id is not null`,
    [parent.caseId, indexes, outflows.map(({ reference }) => reference), parent.institution],
  );
  return new Map([...rows].reverse().map(({ account, id }) => [account, id]));
}
