import { parseFreeText, parseHolderName, parsePhoneNumber, parseSha256Hash, Refused } from '@lianfang/vocabulary';
import { Findings, refuseLongList } from '../fraud-case/findings';
import type { FileAppealInput } from './appeal.input';

/** Longest reason, longest title in characters; most materials of one appeal. */
const longest = { reason: 2_000, title: 200, materials: 50 } as const;

/** An appeal as read: every value trusted. */
export interface ReadAppeal {
  readonly name: string;
  readonly phone: string;
  readonly reason: string;
  readonly materials: readonly { readonly title: string; readonly sha256: string }[];
}

/** Reads a reason: required, up to 2,000 characters. */
export const readAppealReason = (text: string) => parseFreeText(text, 'reason', longest.reason);

/** Reads an appeal as typed; everything wrong is refused at once, with its path. */
export function readAppeal(input: FileAppealInput): ReadAppeal | Refused {
  const findings = new Findings();
  const name = findings.keep(parseHolderName(input.appellantName, 'appellantName'));
  const phone = findings.keep(parsePhoneNumber(input.appellantPhone, 'appellantPhone'));
  const reason = findings.keep(readAppealReason(input.reason));
  const tooLong = refuseLongList(input.materials, 'materials', longest.materials);
  if (tooLong) findings.refusals.push(tooLong);
  const materials = (tooLong ? [] : input.materials).flatMap((material, row) => {
    const title = findings.keep(parseFreeText(material.title, `materials.${row}.title`, longest.title));
    const sha256 = findings.keep(parseSha256Hash(material.sha256, `materials.${row}.sha256`));
    return title === undefined || sha256 === undefined ? [] : [{ title, sha256 }];
  });
  if (findings.refusals.length > 0 || name === undefined || phone === undefined || reason === undefined) return new Refused(findings.refusals);
  return { name, phone: phone.number, reason, materials };
}
