import { refuse, warn, type Refused } from '@lianfang/vocabulary';
import type { ActionContext } from '../action-context';
import { changeCase } from './change-case';
import type { FraudCase } from './fraud-case.entity';
import type { ChangePhoneFlagsInput } from './fraud-case.input';
import { isPhoneUnsafe, type PhoneFlags } from './message-safety.rules';
import { recordFact } from './record-fact';

/**
 * Says after the report that a phone of the case is remotely controlled, forwarded or shared, or is no longer (practice B). From then on nothing goes to
 * it, or may again; notices that stand are not rewritten.
 */
export function changePhoneFlags(context: ActionContext, input: ChangePhoneFlagsInput): Promise<FraudCase | Refused> {
  return changeCase(context, { input, action: 'CHANGE_PHONE_FLAGS' }, async (manager, fraudCase, now) => {
    if (input.version !== fraudCase.version) return [refuse('CHANGED_MEANWHILE', { path: 'version' })];
    const flags: PhoneFlags = {
      phoneControlled: input.phoneControlled ?? fraudCase.phoneControlled,
      callsForwarded: input.callsForwarded ?? fraudCase.callsForwarded,
      screenShared: input.screenShared ?? fraudCase.screenShared,
    };
    const { phoneControlled, callsForwarded, screenShared } = flags;
    const isSame = phoneControlled === fraudCase.phoneControlled && callsForwarded === fraudCase.callsForwarded && screenShared === fraudCase.screenShared;
    if (isSame) return [refuse('PHONE_FLAGS_UNCHANGED')];

    const others = fraudCase.storedWarnings.filter(({ code }) => code !== 'PHONE_NOT_SAFE');
    const known = fraudCase.storedWarnings.find(({ code }) => code === 'PHONE_NOT_SAFE');
    const storedWarnings = isPhoneUnsafe(flags) ? [...others, known ?? warn('PHONE_NOT_SAFE', 'deceived.phone')] : others;
    Object.assign(fraudCase, { ...flags, storedWarnings });
    await recordFact(manager, context.caller, { of: fraudCase, kind: 'PHONE_FLAGS_CHANGED', at: now, facts: { phoneControlled, callsForwarded, screenShared } });
    return [];
  });
}
