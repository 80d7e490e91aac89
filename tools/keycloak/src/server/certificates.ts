import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Java } from './java';
import { runCommand } from './run-command';

/** Certificates of an invented authority, for trying the log-in by certificate. Every store has the same password; all of it is thrown away. */
export interface Certificates {
  readonly folder: string;
  readonly password: string;
}

/** Names of the stores, each a PKCS #12 file in the folder. */
export const certificateStores = {
  /** What Keycloak shows browsers. */
  server: 'server.p12',
  /** The authority that Keycloak believes. */
  trusted: 'trusted.p12',
  /** The authority's certificate for the browser, as PEM. */
  authority: 'authority.pem',
} as const;

/** Makes an authority, Keycloak's certificate, and one for each person (common name = user name, store `<user name>.p12`), with the keytool that every Java has. */
export async function makeCertificates(java: Java, { folder, password }: Certificates, people: readonly string[]): Promise<Certificates> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const keytool = (...args: readonly string[]): Promise<string> =>
    runCommand({ program: join(java.home, 'bin', 'keytool'), args: [...args, '-storepass', password], environment: {}, otherwise: 'A certificate could not be made.' });
  const file = (name: string): string => join(folder, name);
  const makeKey = (store: string, name: string, ...extensions: readonly string[]): Promise<string> =>
    keytool('-genkeypair', '-alias', 'own', '-keystore', file(store), '-storetype', 'PKCS12', '-keyalg', 'EC', '-groupname', 'secp256r1', '-validity', '2', '-dname', `CN=${name}`, ...extensions);
  const trustAuthority = (store: string): Promise<string> => keytool('-importcert', '-noprompt', '-alias', 'authority', '-file', file(certificateStores.authority), '-keystore', file(store), '-storetype', 'PKCS12');

  await makeKey('authority.p12', 'Lianfang demo authority', '-ext', 'bc:c', '-ext', 'ku:c=keyCertSign,cRLSign');
  await keytool('-exportcert', '-rfc', '-alias', 'own', '-keystore', file('authority.p12'), '-file', file(certificateStores.authority));
  await trustAuthority(certificateStores.trusted);
  const holders = [{ store: certificateStores.server, name: '127.0.0.1', extension: 'san=ip:127.0.0.1' }, ...people.map((name) => ({ store: `${name}.p12`, name, extension: 'ku:c=digitalSignature' }))];
  await Promise.all(
    holders.map(async ({ store, name, extension }) => {
      await makeKey(store, name);
      await keytool('-certreq', '-alias', 'own', '-keystore', file(store), '-file', file(`${store}.request`));
      await keytool('-gencert', '-rfc', '-alias', 'own', '-keystore', file('authority.p12'), '-infile', file(`${store}.request`), '-outfile', file(`${store}.pem`), '-validity', '2', '-ext', extension);
      await trustAuthority(store);
      await keytool('-importcert', '-noprompt', '-alias', 'own', '-keystore', file(store), '-file', file(`${store}.pem`));
    }),
  );
  return { folder, password };
}
