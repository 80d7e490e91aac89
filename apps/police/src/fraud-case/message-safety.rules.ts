import type { CasePerson } from './case-person.entity';
import type { FraudCase } from './fraud-case.entity';

/** What of a case decides whether its people can be written to. */
export type PhoneFlags = Pick<FraudCase, 'phoneControlled' | 'callsForwarded' | 'screenShared'>;

/** Whether the fraudster may see what arrives at the phones of a case. Nobody said whose phone it is, so it may be any of them. */
export const isPhoneUnsafe = ({ phoneControlled, callsForwarded, screenShared }: PhoneFlags): boolean => phoneControlled || callsForwarded || screenShared;

/** Whether an SMS, a code or a status may go to a person's own phone: never to a child (PIPL 31), the dead, or an unsafe phone. */
export const mayBeMessaged = (person: Pick<CasePerson, 'isMinor' | 'isDeceased' | 'phoneSealed'>, flags: PhoneFlags): boolean =>
  person.phoneSealed !== null && !person.isMinor && !person.isDeceased && !isPhoneUnsafe(flags);
