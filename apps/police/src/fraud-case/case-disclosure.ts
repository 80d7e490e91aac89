import { disclose, type DisclosureKind } from '@lianfang/access';
import type { Sealed } from '@lianfang/database';
import type { Disclosure } from '@lianfang/subgraph';
import type { FraudCase } from './fraud-case.entity';
import { hasOpenTaskOn } from './open-task.query';

/** A sealed value of a case or of one of its rows. */
export interface CaseValue {
  readonly kind: DisclosureKind;
  readonly sealed: Sealed;
  /** What it stands in, as in `case-person`, and which value it is. */
  readonly thing: string;
  readonly field: string;
  readonly of: { readonly id: string; readonly caseId: string } & Pick<FraudCase, 'unitCode' | 'regionCode'>;
}

/** A sealed value of a case as a disclosure: in full only for an open task on this very case, each look recorded. */
export const discloseOf = ({ of, ...value }: CaseValue): Pick<Disclosure, 'masked' | 'look'> =>
  disclose({ ...value, thingId: of.id, target: { unit: of.unitCode, region: of.regionCode } }, hasOpenTaskOn(of.caseId));
