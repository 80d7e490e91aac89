import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAuthenticator } from '@lianfang/access';
import { audience, subjectOf } from '@lianfang/identity';
import { Agent } from 'undici';
import { readKeycloakUnderTest } from '../config';
import { Browser } from '../provider/browser';
import { RelyingParty } from '../provider/relying-party';
import { certificateStores } from '../server/certificates';

/* The log-in by certificate: Keycloak asks for one by HTTPS, and whoever shows none is asked for a password. */

const keycloak = readKeycloakUnderTest();
const { url = '', secureUrl = '', portalOrigin = '', certificateFolder = '', adminPassword = '' } = keycloak ?? {};
const issuer = `${url}/realms/lianfang`;
const secure = new RelyingParty({ issuer: `${secureUrl}/realms/lianfang`, portalOrigin });
const plain = new RelyingParty({ issuer, portalOrigin });
const agents: Agent[] = [];
afterAll(() => Promise.all(agents.map((agent) => agent.close())));

/** A browser that believes the demo authority and shows this store's certificate, or none. */
function browserWith(store?: string): Browser {
  const ca = readFileSync(join(certificateFolder, certificateStores.authority));
  const shown = store === undefined ? {} : { pfx: readFileSync(join(certificateFolder, store)), passphrase: adminPassword };
  const agent = new Agent({ connect: { ca, ...shown } });
  agents.push(agent);
  return new Browser(agent);
}

test('a certificate of the authority logs its holder in without a password', async () => {
  const { page, verifier } = await secure.beginLogIn({}, browserWith('leader.beijing.p12'));

  const { access_token } = await plain.exchange(page.left, verifier);

  const authenticate = createAuthenticator({ realmUrl: issuer, audience, clients: ['portal'] });
  expect((await authenticate(`Bearer ${access_token}`)).caller).toMatchObject({ id: subjectOf('leader.beijing'), roles: ['POLICE_LEADER'], unit: '110000990000' });
});

test.each([
  ['nobody in the realm has', 'stranger.demo.p12'],
  ['is none at all', undefined],
])('a certificate that %s leads to the password', async (_, store) => {
  const { page } = await secure.beginLogIn({}, browserWith(store));

  expect(page.left).toBeUndefined();
  expect(page.html).toContain('name="password"');
});
