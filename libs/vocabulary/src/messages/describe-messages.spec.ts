import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { refusals } from '../refusal';
import { messageContracts } from './contracts';
import { describeMessages } from './describe-messages';

const onDisk = readFileSync(join(__dirname, '../../../../docs/messages.md'), 'utf8');

describe('docs/messages.md', () => {
  it('says what the contracts and refusals say; after a change run: npm run docs:write', () => {
    expect(onDisk).toBe(describeMessages());
  });

  it('names every message type and every refusal', () => {
    const texts = [...messageContracts.map(({ type }) => `### ${type}\n`), ...Object.keys(refusals).map((code) => `| \`${code}\` |`)];
    expect(texts.filter((text) => !onDisk.includes(text))).toEqual([]);
  });

  it('lists nested and nullable fields by their path', () => {
    expect(onDisk).toContain('| `facts.holderName?` | text, 1 to 120 characters |');
    expect(onDisk).toContain('| `outflows[].amount.fen` |');
    expect(onDisk).toContain('| `hold.whole` | `true` |');
  });
});
