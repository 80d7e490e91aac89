import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { checkRealm } from './keycloak';

let keycloak: Server;
let address: string;
/** What the server names as its issuer; nothing when it has no such realm. */
let issuer: string | undefined;

beforeEach(async () => {
  keycloak = createServer((_request, response) => void response.writeHead(issuer === undefined ? 404 : 200).end(JSON.stringify({ issuer }))).listen(0, '127.0.0.1');
  await once(keycloak, 'listening');
  const bound = keycloak.address();
  address = `http://127.0.0.1:${typeof bound === 'object' && bound !== null ? bound.port : 0}/realms/lianfang`;
  issuer = address;
});
afterEach(() => void keycloak.close());

describe('a Keycloak that replaces the development identity provider', () => {
  it('is taken when its realm names itself as tokens will', async () => {
    await expect(checkRealm(address)).resolves.toBeUndefined();
  });

  it('that does not answer is told with its address and the way out', async () => {
    keycloak.close();
    await once(keycloak, 'close');

    await expect(checkRealm(address)).rejects.toThrow(/^KEYCLOAK_URL: nothing answers at http:\/\/127\.0\.0\.1:\d+ \(ECONNREFUSED\)\. Start that Keycloak/);
  });

  it('without the realm is told', async () => {
    issuer = undefined;

    await expect(checkRealm(address)).rejects.toThrow('answers with status 404. It must be the base URL of a Keycloak with a realm named lianfang');
  });

  it('whose realm has another address is told, because its tokens would not count', async () => {
    issuer = 'https://login.example/realms/lianfang';

    await expect(checkRealm(address)).rejects.toThrow('the realm there names itself https://login.example/realms/lianfang');
  });
});
