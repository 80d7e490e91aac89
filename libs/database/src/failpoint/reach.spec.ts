import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accidentText, armFailpoints, FailpointReached, mayFail, reach, readAccident } from './reach';

let folder: string;
let file: string;
let kill: jest.SpyInstance;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'failpoint-'));
  file = join(folder, 'armed');
  kill = jest.spyOn(process, 'kill').mockReturnValue(true);
});
afterEach(() => {
  armFailpoints({});
  kill.mockRestore();
  rmSync(folder, { recursive: true });
});

describe('a fail point', () => {
  it('is nothing when nothing arms it', async () => {
    armFailpoints({});

    await reach('core.hold.before-call');

    expect(mayFail()).toBe(false);
    expect(kill).not.toHaveBeenCalled();
  });

  it('armed from the start kills the process once, and only where it was said', async () => {
    armFailpoints({ FAILPOINT: 'core.hold.before-call:kill' });

    await reach('core.leased');
    expect(kill).not.toHaveBeenCalled();
    await reach('core.hold.before-call');
    await reach('core.hold.before-call');

    expect(kill.mock.calls).toEqual([[process.pid, 'SIGKILL']]);
  });

  it('armed by the file while the process runs throws at the visit that was named, and disarms itself', async () => {
    armFailpoints({ FAILPOINT_SWITCH: file });
    await reach('receipt.stored');
    writeFileSync(file, 'receipt.stored#2:error');

    await reach('receipt.stored');
    await expect(reach('receipt.stored')).rejects.toThrow(FailpointReached);
    await reach('receipt.stored');

    expect(existsSync(file)).toBe(false);
  });

  it('counts anew when it is armed anew', async () => {
    armFailpoints({ FAILPOINT_SWITCH: file });
    for (let round = 0; round < 2; round += 1) {
      writeFileSync(file, 'receipt.stored#2:error');
      await reach('receipt.stored');
      await expect(reach('receipt.stored')).rejects.toThrow(FailpointReached);
    }
  });

  it('lets one accident follow another', async () => {
    armFailpoints({ FAILPOINT_SWITCH: file });
    writeFileSync(file, 'receipt.stored:error\ncore.leased:error\n');

    await reach('core.leased');
    await expect(reach('receipt.stored')).rejects.toThrow(FailpointReached);
    expect(readFileSync(file, 'utf8')).toBe('core.leased:error');
    await expect(reach('core.leased')).rejects.toThrow(FailpointReached);

    expect(existsSync(file)).toBe(false);
  });

  it.each(['nowhere:kill', 'receipt.stored:explode', 'receipt.stored', 'receipt.stored#0:kill'])('refuses %s, which is not on the list', (text) => {
    expect(() => armFailpoints({ FAILPOINT: text })).toThrow(/expected one of the list/);
  });

  it('is written as it is read', () => {
    for (const text of ['receipt.stored:kill', 'database.after-commit#7:error']) expect(accidentText(readAccident(text))).toBe(text);
  });
});
