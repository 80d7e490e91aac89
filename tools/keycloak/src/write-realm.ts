import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '@lianfang/setup';
import { realmFiles, realmText, type RealmKind } from './realm/realm';

/** `npm run keycloak:realm`: writes the realm files anew after accounts, clients or settings have changed. */
for (const kind of Object.keys(realmFiles) as RealmKind[]) {
  writeFileSync(join(root, realmFiles[kind]), realmText(kind));
  console.log(realmFiles[kind]);
}
