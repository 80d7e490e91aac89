import 'reflect-metadata';
import { readInstitutionCores } from './config';

/** Prints what each institution's core system can do, as the directory says it: `{ "B001": { "wholeAccount": true, … } }`. Addresses and tokens stay here. */
const told = Object.entries(readInstitutionCores()).map(([institution, { capabilities: { wholeAccount, limitedAmount, payeeKinds } }]) => [institution, { wholeAccount, limitedAmount, payeeKinds }]);
process.stdout.write(JSON.stringify(Object.fromEntries(told)));
