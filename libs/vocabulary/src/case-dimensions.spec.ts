import {
  accountLevelName, fraudChannels, fraudVectors, fundDestinations, messengers, personalInformationSources, reportChannels, transferChannels,
} from './case-dimensions';

describe('the dimensions of a case', () => {
  it('have a name in both languages for every value, and no name twice in one dimension', () => {
    for (const dimension of [fraudChannels, fraudVectors, fundDestinations, messengers, personalInformationSources, reportChannels, transferChannels]) {
      const names = Object.values(dimension);
      expect(new Set(names.map(({ zh }) => zh)).size).toBe(names.length);
      expect(new Set(names.map(({ en }) => en)).size).toBe(names.length);
    }
  });

  it("are the article's: three channels, three vectors, three destinations", () => {
    expect(Object.values(fraudChannels).map(({ zh }) => zh)).toEqual(['网络', '电话', '短信']);
    expect(Object.values(fraudVectors).map(({ zh }) => zh)).toEqual(['虚假网站', '诈骗APP', '其他']);
    expect(Object.values(fundDestinations).map(({ zh }) => zh)).toEqual(['银行卡', '第三方支付', '其他']);
  });

  it('count account levels from the one that receives from the victim', () => {
    expect([1, 2, 10, 11].map((level) => accountLevelName(level, 'zh'))).toEqual(['一级', '二级', '十级', '11级']);
    expect(accountLevelName(3, 'en')).toBe('level 3');
  });
});
