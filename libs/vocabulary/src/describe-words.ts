import { accountClasses, payeeKinds } from './payee-kinds';
import { fraudChannels, fraudVectors, fundDestinations, messengers, personalInformationSources, reportChannels, transferChannels } from './case-dimensions';
import { chainLinks, contactModes, sourcePlatforms } from './chain';
import { crimeTypes } from './crime-type';
import { blockchains } from './crypto-address';
import { idKinds } from './id-document';
import { table } from './messages/describe-messages';
import { phoneKinds } from './phone-number';
import { regionLevelWords } from './region';
import { roles } from './roles';
import { notExecutedReasonWords, orderChannelWords, releaseReasonWords } from './stop-payment-words';

type WordTable = Readonly<Record<string, { readonly zh: string; readonly en: string }>>;

/** Every code list of the project with its title, in the order of the glossary. */
const wordTables: readonly (readonly [title: string, words: WordTable])[] = [
  ['Roles 岗位', roles],
  ['Approval and region levels 层级', regionLevelWords],
  ['Report channels 案件来源', reportChannels],
  ['Crime types 案件类型', crimeTypes],
  ['Fraud channels 渠道', fraudChannels],
  ['Vectors 载体', fraudVectors],
  ['Messengers 即时通讯工具', messengers],
  ['Source platforms 来源平台', sourcePlatforms],
  ['Contact modes 联系方式', contactModes],
  ['Sources of personal information 信息泄露来源', personalInformationSources],
  ['The chain 产业链', chainLinks],
  ['Payee kinds 收款方种类', payeeKinds],
  ['Account classes 账户类别', accountClasses],
  ['Blockchains 链', blockchains],
  ['Transfer channels 汇出渠道', transferChannels],
  ['Fund destinations 资金去向', fundDestinations],
  ['Identity documents 证件种类', idKinds],
  ['Phone numbers 号码种类', phoneKinds],
  ['Order channels 指令通道', orderChannelWords],
  ['Why a stop was not executed 未执行原因', notExecutedReasonWords],
  ['Why a stop is released 解除原因', releaseReasonWords],
];

/** Where the generated part of docs/glossary.md begins. */
export const GENERATED_MARK = '<!-- Below this line: made from libs/vocabulary by `npm run docs:write`. -->';

/** The code lists of docs/glossary.md: zh · en · code. */
export const describeWords = (): string =>
  wordTables
    .map(([title, words]) => `### ${title}\n\n${table(['中文', 'English', 'code'], Object.entries(words).map(([code, { zh, en }]) => [zh, en, `\`${code}\``]))}`)
    .join('\n\n') + '\n';

/** The glossary with its hand-written part kept and its code lists made anew. Throws when the mark is gone. */
export function renewGlossary(glossary: string): string {
  const at = glossary.indexOf(GENERATED_MARK);
  if (at < 0) throw new Error('docs/glossary.md: the line that begins the generated part is gone; put it back');
  return `${glossary.slice(0, at)}${GENERATED_MARK}\n\n${describeWords()}`;
}
