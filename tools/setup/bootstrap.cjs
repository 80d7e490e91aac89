'use strict';
/*
 * Runs before `npm start` and `npm test`, on whatever Node the machine has and before anything is installed:
 * plain JavaScript that even an old Node can read far enough to be told which one is needed.
 */
var major = Number(process.versions.node.split('.')[0]);
if (major < 20) {
  console.error('Lianfang needs Node 20 or newer to install itself, found ' + process.version + '. Get it from your system or nodejs.org, then repeat the command.');
  process.exit(1);
}
require('./install.cjs')
  .install()
  .catch(function (error) {
    console.error('The packages could not be installed: ' + error.message);
    process.exit(1);
  });
