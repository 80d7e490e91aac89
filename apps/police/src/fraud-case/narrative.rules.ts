import { citizenIdDigit, sameName, warn, type Warning } from '@lianfang/vocabulary';

/** Names and document numbers of the persons of a case. */
export interface KnownPersons {
  readonly names: readonly string[];
  readonly idNumbers: readonly string[];
}

/** "The victim 张…": a label, and the run of Chinese characters behind it. */
const LABELLED = /(?:被害人|受害人|被骗人|报案人|报警人|事主|当事人)(?:姓名)?[：: ]?([\p{Script=Han}·]{2,12})/gu;

/** The hundred surnames that cover nine tenths of the people, without those that also begin another word after such a label (于, 向, 何, 任 …). */
const SURNAMES = new Set('王李张刘陈杨黄赵周吴徐孙马朱胡郭林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁沈姚卢姜崔钟谭陆汪范廖贾夏韦付邹孟熊秦邱江尹薛闫段雷侯龙陶黎贺顾毛郝龚邵万钱严覃武戴莫孔汤');

/** A warning when the narrative speaks of a victim by another name, or holds a citizen id, that is nobody's of this case: it was pasted from another. */
export function warnOfAnotherPerson(narrative: string, { names, idNumbers }: KnownPersons): Warning | undefined {
  const labelled = [...narrative.matchAll(LABELLED)].map((match) => match[1] ?? '');
  const isStranger = labelled.some((run) => SURNAMES.has(run.charAt(0)) && !names.some((name) => beginsWithName(run, name)));
  const ids = narrative.toUpperCase().match(/(?<!\d)\d{17}[\dX](?!\d)/g) ?? [];
  const isOthersId = ids.some((id) => citizenIdDigit(id.slice(0, 17)) === id.at(-1) && !idNumbers.includes(id));
  return isStranger || isOthersId ? warn('NARRATIVE_NAMES_ANOTHER_PERSON', 'narrative') : undefined;
}

/** Narratives often say only the surname and 某: 张某, 张某某. */
function beginsWithName(run: string, name: string): boolean {
  if (run.startsWith('某', 1)) return run.charAt(0) === name.charAt(0);
  return sameName(run.slice(0, name.length), name);
}
