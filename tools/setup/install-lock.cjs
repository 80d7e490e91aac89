'use strict';
/* At most one npm installs into a checkout: who does stands in `.installing.json` beside node_modules, which npm empties. Plain JavaScript: it runs before anything is installed. */
const { readFileSync, rmSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { birthOf } = require('./ancestors.cjs');

const LOOK_EVERY_MS = 250;

/** The lock of one checkout. */
class InstallLock {
  constructor(root) {
    this.file = join(root, '.installing.json');
  }

  /** Waits until nobody else installs, then takes the lock. `onWait` is told once whose end is awaited. */
  async take(onWait) {
    let told = false;
    for (;;) {
      const other = this.holder();
      if (other === undefined) {
        rmSync(this.file, { force: true });
        if (this.#write([process.pid], 'wx')) return;
        continue;
      }
      if (!told) onWait(other);
      told = true;
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  }

  /** The npm that does the work holds the lock as well: it may outlive us when we are killed. */
  shareWith(pid) {
    this.#write([process.pid, pid], 'w');
  }

  release() {
    rmSync(this.file, { force: true });
  }

  /** A process that installs here now, if there is one; what a killed one left in the file does not count. */
  holder() {
    try {
      return JSON.parse(readFileSync(this.file, 'utf8')).find(isThatProcess)?.pid;
    } catch {
      return undefined;
    }
  }

  #write(pids, flag) {
    try {
      writeFileSync(this.file, JSON.stringify(pids.map((pid) => ({ pid, bornAt: birthOf(pid) }))), { flag });
      return true;
    } catch (error) {
      if (error.code === 'EEXIST') return false;
      throw error;
    }
  }
}

function isThatProcess({ pid, bornAt }) {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code !== 'EPERM') return false;
  }
  return bornAt === undefined || birthOf(pid) === bornAt;
}

module.exports = { InstallLock };
