import { isRefusal, maskAccountNumber, maskAllBut, maskCitizenId, maskIdNumber, maskName, maskPhone, parsePhoneNumber } from '@lianfang/vocabulary';

/** What kind of personal data a sealed value is: it decides mask and permission (`full.<kind>`). */
export type DisclosureKind = 'name' | 'id-number' | 'account' | 'phone' | 'text';

/**
 * What everyone who may read the field sees of a value.
 *
 * @example mask('name', '甲虚构') → '甲**' · mask('phone', '19900000011') → '199****0011' · mask('account', …) → the last four · mask('text', …) → '***'
 */
export function mask(kind: DisclosureKind, plain: string): string {
  switch (kind) {
    case 'name':
      return maskName(plain);
    case 'id-number':
      return /^\d{17}[\dX]$/.test(plain) ? maskCitizenId(plain) : maskIdNumber(plain);
    case 'account':
      return maskAccountNumber({ main: plain.split('_')[0] ?? '' });
    case 'phone':
      return maskPhoneText(plain);
    case 'text':
      return '***';
    default:
      return kind satisfies never;
  }
}

function maskPhoneText(plain: string): string {
  const phone = parsePhoneNumber(plain, 'phone');
  return isRefusal(phone) ? maskAllBut(plain, 4) : maskPhone(phone);
}
