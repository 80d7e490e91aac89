'use strict';
/* Installs the packages of package-lock.json when they are missing or the lock has changed. Needs nothing but Node ≥ 20 and npm. */
const { spawn, spawnSync } = require('node:child_process');
const { createHash } = require('node:crypto');
const { existsSync, readFileSync, rmSync, statfsSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { watchAncestors } = require('./ancestors.cjs');
const { InstallLock } = require('./install-lock.cjs');

const root = join(__dirname, '..', '..');
const modules = join(root, 'node_modules');
const stampFile = join(modules, '.lianfang-lock');
/** npm writes it when everything else is in its place. */
const npmsOwnList = join(modules, '.package-lock.json');
const lockFile = join(root, 'package-lock.json');

/** What the packages and npm's cache need, in bytes. */
const NEEDED_BYTES = 1_500_000_000;
/** Longest wait for npm to end when it was told to, in milliseconds. */
const STOP_MS = 5_000;
/** The oldest Node that our code runs on: require() of ES modules, as jose is. */
const OLDEST_NODE = [22, 19];

/** Installs when needed and makes sure that scripts will find a Node that is new enough. Ends the process with a sentence when they will not. */
async function install() {
  const lock = new InstallLock(root);
  if (lock.holder() !== undefined || !isInstalled()) await installAlone(lock);
  checkNode();
}

/** One at a time: a second npm in the same folder would break what the first one makes. */
async function installAlone(lock) {
  checkDisk();
  await lock.take((pid) => console.log(`Another process (${pid}) is installing the packages here; waiting until it has finished …`));
  try {
    if (!isInstalled()) await installPackages(lock);
  } finally {
    lock.release();
  }
}

const stamp = () => createHash('sha256').update(readFileSync(lockFile)).update(process.platform + process.arch).digest('hex');

/** Whether all that the lock asks for is there: the stamp spares the comparison, but not the look whether a folder was taken away. */
function isInstalled() {
  if (!isComplete()) return false;
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp()) return true;
  if (!matchesLock()) return false;
  writeFileSync(stampFile, stamp());
  return true;
}

/** Whether every package that npm has written down is there; an npm that was killed has written down nothing, or had begun to delete. */
function isComplete() {
  if (!existsSync(npmsOwnList)) return false;
  return Object.entries(packagesOf(npmsOwnList)).every(([path, { link }]) => link === true || existsSync(join(root, path, 'package.json')));
}

/** Somebody may have run npm by hand: what npm says is installed must be what the lock asks for. Optional packages of other machines may be missing. */
function matchesLock() {
  const wanted = Object.entries(packagesOf(lockFile)).filter(([path]) => path !== '');
  const installed = packagesOf(npmsOwnList);
  return wanted.every(([path, { version, optional }]) => (installed[path] ? installed[path].version === version : optional === true));
}

const packagesOf = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;

async function installPackages(lock) {
  console.log('Installing packages (about a minute the first time) …');
  const began = Date.now();
  // Whoever kills npm from here on leaves nothing that looks finished.
  for (const sign of [stampFile, npmsOwnList]) rmSync(sign, { force: true });
  const { status, signal, error } = await runNpm(['ci', '--no-audit', '--no-fund', '--loglevel=error'], lock);
  if (error) fail(`npm was not found (${error.message}). It comes with Node: install both, then repeat the command.`);
  if (signal) fail(`npm ci was stopped (${signal}) before it had finished. Repeat the command: it begins anew.`);
  if (status !== 0) {
    checkDisk();
    fail('npm ci failed; its message stands above. Check that the registry can be reached, then repeat the command.');
  }
  writeFileSync(stampFile, stamp());
  console.log(`Packages installed in ${Math.round((Date.now() - began) / 1000)} s.`);
}

/** The very npm that runs this script, on the machine's own Node: the Node inside node_modules is about to be replaced. */
function runNpm(args, lock) {
  const options = { cwd: root, stdio: 'inherit' };
  const { npm_execpath: npm, npm_node_execpath: node } = process.env;
  const isOwn = npm && node && existsSync(npm) && /\.c?js$/.test(npm);
  const windows = process.platform === 'win32';
  const child = isOwn ? spawn(node, [npm, ...args], options) : spawn(windows ? 'npm.cmd' : 'npm', args, { ...options, shell: windows });
  if (child.pid !== undefined) lock.shareWith(child.pid);
  stopWithUs(child);
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ error }));
    child.once('close', (status, signal) => resolve({ status, signal: signal ?? stoppedBy(status) }));
  });
}

/** npm itself answers a signal with an exit code over 128, as shells do. */
const stoppedBy = (status) => ({ 129: 'SIGHUP', 130: 'SIGINT', 143: 'SIGTERM' })[status];

/** The npm that installs ends when we are told to end, and when the npm that started us is gone. */
function stopWithUs(child) {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => child.kill(signal));
  watchAncestors(() => {
    child.kill('SIGTERM');
    setTimeout(() => child.kill('SIGKILL'), STOP_MS).unref();
  });
}

/** Scripts run on node_modules/.bin/node (24) where there is one for this machine, otherwise on the machine's own. */
function checkNode() {
  const own = join(modules, '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
  if (existsSync(own)) {
    if (spawnSync(own, ['--version'], { shell: process.platform === 'win32' }).status === 0) return;
    // Made for another C library (Alpine): without it the scripts find the machine's Node.
    rmSync(own, { force: true });
  }
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  fail(`There is no packaged Node 24 for ${process.platform}-${process.arch}, and this machine's Node is ${process.version}: install Node ${OLDEST_NODE.join('.')} or newer, then repeat the command.`);
}

function checkDisk() {
  const { bavail, bsize } = statfsSync(root);
  if (bavail * bsize >= NEEDED_BYTES) return;
  fail(`There is too little room: ${Math.floor((bavail * bsize) / 1e6)} MB are free at ${root}, the packages need ${NEEDED_BYTES / 1e6} MB.`);
}

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}

module.exports = { install };
