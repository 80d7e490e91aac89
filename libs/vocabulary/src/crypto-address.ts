import { refuse, type Refusal } from './refusal';
import { isMaskedText, normaliseGrouped } from './typed-text';

/** Chains that investigators meet most, with the written form of an address. Checksums are not proven here (they need SHA-256 and Keccak). */
export const blockchains = {
  BITCOIN: { zh: '比特币链', en: 'Bitcoin', address: /^(?:[13][1-9A-HJ-NP-Za-km-z]{25,34}|bc1[02-9ac-hj-np-z]{11,71})$/ },
  ETHEREUM: { zh: '以太坊（ERC20）', en: 'Ethereum (ERC20)', address: /^0x[0-9a-fA-F]{40}$/ },
  BNB_CHAIN: { zh: '币安智能链（BEP20）', en: 'BNB Chain (BEP20)', address: /^0x[0-9a-fA-F]{40}$/ },
  TRON: { zh: '波场（TRC20）', en: 'TRON (TRC20)', address: /^T[1-9A-HJ-NP-Za-km-z]{33}$/ },
  OTHER: { zh: '其他链', en: 'another chain', address: /^[0-9A-Za-z:._-]{16,120}$/ },
} as const;

/** A chain, as in `TRON`. */
export type Blockchain = keyof typeof blockchains;

/** Whether a string from outside is a chain of the table. */
export const isBlockchain = (value: string): value is Blockchain => Object.hasOwn(blockchains, value);

/** Reads an address of a stated chain; says which chain it looks like when it is another's. Letters keep their case: it is part of the checksum. */
export function parseCryptoAddress(text: string, chain: Blockchain, path: string): string | Refusal {
  const address = normaliseGrouped(text);
  if (address === '') return refuse('VALUE_MISSING', { path });
  if (isMaskedText(address)) return refuse('ACCOUNT_MASKED', { path });
  if (blockchains[chain].address.test(address)) return address;
  const other = (Object.keys(blockchains) as Blockchain[]).find((name) => name !== 'OTHER' && blockchains[name].address.test(address));
  const parameters = { chainZh: blockchains[chain].zh, chainEn: blockchains[chain].en };
  return other === undefined
    ? refuse('CHAIN_ADDRESS_FORM', { path, parameters })
    : refuse('CHAIN_ADDRESS_OF_OTHER_CHAIN', { path, parameters: { ...parameters, foundZh: blockchains[other].zh, foundEn: blockchains[other].en } });
}
