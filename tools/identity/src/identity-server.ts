import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type Provider from 'oidc-provider';
import { errors } from 'oidc-provider';
import { realm } from './account-claims';
import { subjectOf } from './accounts';
import type { IdentityConfig } from './config';
import { answerLogin, sendPage } from './login-flow';
import { problemPage } from './pages';
import { createProvider, loginPath } from './provider';
import { loadKeys, rotateKeys, type Keys } from './signing-keys';
import { TokenStore } from './token-store';
import { answerUserinfo } from './userinfo';

const realmPath = `/realms/${realm}`;

/** The development identity provider: oidc-provider behind Keycloak's URL layout. */
export class IdentityServer {
  readonly #store = new TokenStore();
  #keys: Keys;
  #provider: Provider;

  private constructor(
    private readonly server: Server,
    readonly config: IdentityConfig,
    keys: Keys,
  ) {
    this.#keys = keys;
    this.#provider = createProvider({ config, keys, store: this.#store });
    server.on('request', (request, response) => void this.#answer(request, response));
  }

  /** Starts listening. With port 0 the machine chooses one, and the issuer follows it. */
  static async start(config: IdentityConfig): Promise<IdentityServer> {
    const keys = await loadKeys(config.dataFolder);
    const server = createServer().listen(config.port, config.host);
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const issuer = config.port === 0 ? `http://${config.host}:${port}${realmPath}` : config.issuer;
    return new IdentityServer(server, { ...config, port, issuer }, keys);
  }

  /** Signs with a new key from now on; tokens of the present one stay valid, and nobody has to log in again. */
  async rotateKeys(): Promise<void> {
    this.#keys = await rotateKeys(this.config.dataFolder);
    this.#provider = createProvider({ config: this.config, keys: this.#keys, store: this.#store });
  }

  /** Ends every log-in of a person, as Keycloak's administrator can: nothing of theirs is refreshed any more. */
  endLogIns(username: string): void {
    this.#store.dropAccount(subjectOf(username));
  }

  /** Stops listening and drops open connections. */
  async stop(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      await this.#route(request, response);
    } catch (error) {
      if (response.headersSent) return void response.destroy();
      const status = error instanceof errors.OIDCProviderError ? error.statusCode : 500;
      sendPage(response, status, problemPage(error instanceof errors.OIDCProviderError ? (error.error_description ?? error.error) : 'server_error'));
    }
  }

  async #route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
    if (!path.startsWith(`${realmPath}/`)) return sendPage(response, 404, problemPage('not_found'));
    if (path.startsWith(`${realmPath}${loginPath}/`)) return answerLogin(this.#provider, request, response);
    if (path === `${realmPath}/protocol/openid-connect/userinfo` && request.method !== 'OPTIONS') {
      return answerUserinfo(this.config, this.#keys, request, response);
    }
    // oidc-provider finds its mount point by comparing the two, as it does under Express.
    Object.assign(request, { originalUrl: request.url, url: request.url?.slice(realmPath.length) });
    await this.#provider.callback()(request, response);
  }
}
