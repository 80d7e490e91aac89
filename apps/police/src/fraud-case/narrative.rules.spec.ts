import { people } from '@lianfang/testing';
import { warnOfAnotherPerson } from './narrative.rules';

const known = { names: ['张甲乙', '阿迪力·吐尔逊'], idNumbers: [people.victim.idNumber] };
const isDoubtful = (narrative: string): boolean => warnOfAnotherPerson(narrative, known) !== undefined;

it.each(['被害人李某某报警称', '受害人：王丙丁接到电话', `事主身份证${people.secondVictim.idNumber}`])('doubts a narrative that names somebody else: %s', (narrative) => {
  expect(isDoubtful(narrative)).toBe(true);
});

it.each(['被害人张甲乙接到电话', '被害人张某某接到电话', '报案人阿迪力·吐尔逊称', '被害人于5月1日接到电话', '被害人通过手机银行转账', `身份证${people.victim.idNumber}`, '订单号123456789012345678'])(
  'does not doubt a narrative of this case: %s',
  (narrative) => {
    expect(isDoubtful(narrative)).toBe(false);
  },
);
