'use strict';
/* Installs the packages of package-lock.json when they are missing or the lock has changed. Needs nothing but Node ≥ 20 and npm. */
const { spawnSync } = require('node:child_process');
const { createHash } = require('node:crypto');
const { existsSync, readFileSync, rmSync, statfsSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const root = join(__dirname, '..', '..');
const modules = join(root, 'node_modules');
const stampFile = join(modules, '.lianfang-lock');
const lockFile = join(root, 'package-lock.json');

/** What the packages and npm's cache need, in bytes. */
const NEEDED_BYTES = 1_500_000_000;
/** The oldest Node that our code runs on: require() of ES modules, as jose is. */
const OLDEST_NODE = [22, 19];

/** Installs when needed and makes sure that scripts will find a Node that is new enough. Ends the process with a sentence when they will not. */
function install() {
  if (!isInstalled()) installPackages();
  checkNode();
}

const stamp = () => createHash('sha256').update(readFileSync(lockFile)).update(process.platform + process.arch).digest('hex');

function isInstalled() {
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp()) return true;
  if (!matchesLock()) return false;
  writeFileSync(stampFile, stamp());
  return true;
}

/** Somebody may have run npm by hand: what npm says is installed must be what the lock asks for. Optional packages of other machines may be missing. */
function matchesLock() {
  const hidden = join(modules, '.package-lock.json');
  if (!existsSync(hidden)) return false;
  const wanted = Object.entries(JSON.parse(readFileSync(lockFile, 'utf8')).packages).filter(([path]) => path !== '');
  const installed = JSON.parse(readFileSync(hidden, 'utf8')).packages;
  return wanted.every(([path, { version, optional }]) => (installed[path] ? installed[path].version === version : optional === true));
}

function installPackages() {
  checkDisk();
  console.log('Installing packages (about a minute the first time) …');
  const began = Date.now();
  const { status, error } = runNpm(['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  if (error) fail(`npm was not found (${error.message}). It comes with Node: install both, then repeat the command.`);
  if (status !== 0) {
    checkDisk();
    fail('npm ci failed; its message stands above. Check that the registry can be reached, then repeat the command.');
  }
  writeFileSync(stampFile, stamp());
  console.log(`Packages installed in ${Math.round((Date.now() - began) / 1000)} s.`);
}

/** The very npm that runs this script, on the machine's own Node: the Node inside node_modules is about to be replaced. */
function runNpm(args) {
  const options = { cwd: root, stdio: 'inherit' };
  const { npm_execpath: npm, npm_node_execpath: node } = process.env;
  if (npm && node && existsSync(npm) && /\.c?js$/.test(npm)) return spawnSync(node, [npm, ...args], options);
  return spawnSync(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, { ...options, shell: process.platform === 'win32' });
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
