import { Disclosure, Money, type RequestContext } from '@lianfang/subgraph';
import { moneyOf, payeeKinds } from '@lianfang/vocabulary';
import type { Sealed } from '@lianfang/database';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { discloseOf, type CaseValue } from './case-disclosure';
import { CaseLead } from './case-lead.entity';
import { CasePerson } from './case-person.entity';
import { CaseTransfer } from './case-transfer.entity';
import { loadFraudCases, loadPersons, loadTransfersOfCases } from './fraud-case.loader';
import { mayBeMessaged } from './message-safety.rules';

type Shown = Pick<Disclosure, 'masked' | 'look'>;

/** The disclosure of a value that may be missing. */
const shown = (sealed: Sealed | null, value: Omit<CaseValue, 'sealed'>): Shown | null => (sealed === null ? null : discloseOf({ ...value, sealed }));

/** Reads the persons of a case. */
@Resolver(() => CasePerson)
export class CasePersonResolver {
  @FieldResolver(() => Disclosure, { description: 'Name.' })
  name(@Root() of: CasePerson): Shown {
    return discloseOf({ kind: 'name', sealed: of.nameSealed, thing: 'case-person', field: 'name', of });
  }

  @FieldResolver(() => Disclosure, { nullable: true, description: 'Number of the document of identity, or social credit code.' })
  idNumber(@Root() of: CasePerson): Shown | null {
    return shown(of.idNumberSealed, { kind: 'id-number', thing: 'case-person', field: 'idNumber', of });
  }

  @FieldResolver(() => Disclosure, { nullable: true, description: 'Phone.' })
  phone(@Root() of: CasePerson): Shown | null {
    return shown(of.phoneSealed, { kind: 'phone', thing: 'case-person', field: 'phone', of });
  }

  @FieldResolver(() => Disclosure, { nullable: true, description: 'Date of birth.' })
  birthDate(@Root() of: CasePerson): Shown | null {
    return shown(of.birthDateSealed, { kind: 'text', thing: 'case-person', field: 'birthDate', of });
  }

  @FieldResolver(() => Disclosure, { nullable: true, description: 'Name of who is contacted instead.' })
  contactName(@Root() of: CasePerson): Shown | null {
    return shown(of.contactNameSealed, { kind: 'name', thing: 'case-person', field: 'contactName', of });
  }

  @FieldResolver(() => Disclosure, { nullable: true, description: 'Phone of who is contacted instead.' })
  contactPhone(@Root() of: CasePerson): Shown | null {
    return shown(of.contactPhoneSealed, { kind: 'phone', thing: 'case-person', field: 'contactPhone', of });
  }

  @FieldResolver(() => Disclosure, { nullable: true, description: "Number of the agent's document of identity; null where no agent showed one." })
  contactIdNumber(@Root() of: CasePerson): Shown | null {
    return shown(of.contactIdNumberSealed, { kind: 'id-number', thing: 'case-person', field: 'contactIdNumber', of });
  }

  @FieldResolver(() => Disclosure, { nullable: true, description: 'What authorises the agent 代办人, as in the number and date of the letter.' })
  contactAuthorisation(@Root() of: CasePerson): Shown | null {
    return shown(of.contactAuthorisationSealed, { kind: 'text', thing: 'case-person', field: 'contactAuthorisation', of });
  }

  @FieldResolver(() => Boolean, { description: "Whether a message may go to this person's own phone: never to a child, the dead, or a phone that the fraudster controls, forwards or sees." })
  async mayBeMessaged(@Root() of: CasePerson, @Ctx() context: RequestContext): Promise<boolean> {
    const fraudCase = await context.loader(loadFraudCases).load(of.caseId);
    return fraudCase !== null && mayBeMessaged(of, fraudCase);
  }
}

/** Reads the transfers of a case. */
@Resolver(() => CaseTransfer)
export class CaseTransferResolver {
  @FieldResolver(() => Money, { description: 'The amount.' })
  amount(@Root() { amountFen, currency }: CaseTransfer) {
    return moneyOf(amountFen, currency);
  }

  @FieldResolver(() => CasePerson, { nullable: true, description: 'The holder of the paying account.' })
  payer(@Root() { payerPersonId }: CaseTransfer, @Ctx() context: RequestContext) {
    return payerPersonId === null ? null : context.loader(loadPersons).load(payerPersonId);
  }

  @FieldResolver(() => Disclosure, { nullable: true, description: 'Paying account.' })
  payerNumber(@Root() of: CaseTransfer): Shown | null {
    return shown(of.payerNumberSealed, { kind: 'account', thing: 'case-transfer', field: 'payerNumber', of });
  }

  @FieldResolver(() => Disclosure, { description: 'Account, wallet, merchant, order or address of the payee; for cash and gold what was handed over where.' })
  payeeNumber(@Root() of: CaseTransfer): Shown {
    return discloseOf({ kind: of.payeeIndex === null ? 'text' : 'account', sealed: of.payeeNumberSealed, thing: 'case-transfer', field: 'payeeNumber', of });
  }

  @FieldResolver(() => Disclosure, { nullable: true, description: "Holder's name; null while it is unknown." })
  payeeHolderName(@Root() of: CaseTransfer): Shown | null {
    return shown(of.payeeHolderNameSealed, { kind: 'name', thing: 'case-transfer', field: 'payeeHolderName', of });
  }

  @FieldResolver(() => Boolean, { description: 'Whether a stop order can reach this kind of payee at all.' })
  isStoppable(@Root() { payeeKind }: CaseTransfer): boolean {
    return payeeKinds[payeeKind].stoppable;
  }

  @FieldResolver(() => Boolean, { description: 'Whether a later row corrects this one; then it no longer counts.' })
  async isCorrected(@Root() { id, caseId }: CaseTransfer, @Ctx() context: RequestContext): Promise<boolean> {
    return ((await context.loader(loadTransfersOfCases).load(caseId)) ?? []).some(({ correctsId }) => correctsId === id);
  }
}

/** Leads that name nobody: sites and apps are shown as they are. */
const openKinds: ReadonlySet<string> = new Set(['DOMAIN', 'URL', 'APP']);

/** Reads the leads of a case. */
@Resolver(() => CaseLead)
export class CaseLeadResolver {
  @FieldResolver(() => Disclosure, { description: 'The account, number, name, domain, address or app; sites and apps are not masked.' })
  value(@Root() of: CaseLead): Shown {
    const disclosed = discloseOf({ kind: of.kind === 'PHONE' ? 'phone' : 'account', sealed: of.valueSealed, thing: 'case-lead', field: 'value', of });
    return openKinds.has(of.kind) ? { ...disclosed, masked: of.valueSealed.open() } : disclosed;
  }

  @FieldResolver(() => Disclosure, { nullable: true, description: 'What is known of it.' })
  note(@Root() of: CaseLead): Shown | null {
    return shown(of.noteSealed, { kind: 'text', thing: 'case-lead', field: 'note', of });
  }
}
