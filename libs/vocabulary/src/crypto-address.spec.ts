import { blockchains, isBlockchain, parseCryptoAddress, type Blockchain } from './crypto-address';

const samples: Record<Exclude<Blockchain, 'OTHER'>, string> = {
  BITCOIN: 'bc1q' + 'w508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4'.slice(0, 38),
  ETHEREUM: '0x' + 'aB'.repeat(20),
  BNB_CHAIN: '0x' + '12'.repeat(20),
  TRON: 'T' + 'k'.repeat(33),
};

describe('an address on a blockchain', () => {
  it.each(Object.entries(samples))('of %s keeps its letters as they are', (chain, address) => {
    expect(isBlockchain(chain) && parseCryptoAddress(` ${address} `, chain, 'address')).toBe(address);
  });

  it('says which other chain it looks like: TRC20 and ERC20 are confused most', () => {
    const wrong = (foundEn: string) => ({ code: 'CHAIN_ADDRESS_OF_OTHER_CHAIN', parameters: { foundEn } });

    expect(parseCryptoAddress(samples.ETHEREUM, 'TRON', 'address')).toMatchObject(wrong(blockchains.ETHEREUM.en));
    expect(parseCryptoAddress(samples.TRON, 'ETHEREUM', 'address')).toMatchObject(wrong(blockchains.TRON.en));
  });

  it('is refused when it is cut, masked, empty or carries letters that no address has', () => {
    expect(parseCryptoAddress('Tkkk', 'TRON', 'address')).toMatchObject({ code: 'CHAIN_ADDRESS_FORM' });
    expect(parseCryptoAddress('T' + '0'.repeat(33), 'TRON', 'address')).toMatchObject({ code: 'CHAIN_ADDRESS_FORM' });
    expect(parseCryptoAddress('Tkkkk****kkkk', 'TRON', 'address')).toMatchObject({ code: 'ACCOUNT_MASKED' });
    expect(parseCryptoAddress('', 'TRON', 'address')).toMatchObject({ code: 'VALUE_MISSING' });
  });
});
