import { realm, subjectOf } from '@lianfang/identity';
import type { KeycloakUnderTest } from '../config';

/** The administrator of a Keycloak, at work through its administration address. */
export class Administrator {
  #token = '';

  private constructor(private readonly keycloak: KeycloakUnderTest) {}

  /** Logs in at the master realm. */
  static async logIn(keycloak: KeycloakUnderTest): Promise<Administrator> {
    const administrator = new Administrator(keycloak);
    await administrator.#refresh();
    return administrator;
  }

  /** Ends every log-in of a person. */
  async endLogIns(username: string): Promise<void> {
    await this.#must('POST', `users/${subjectOf(username)}/logout`);
  }

  /** Adds a signing key that goes before all others. */
  async addSigningKey(): Promise<void> {
    const { id } = (await (await this.#must('GET', '')).json()) as { id: string };
    const keys = (await (await this.#must('GET', 'keys')).json()) as { keys: { providerPriority: number }[] };
    const priority = Math.max(...keys.keys.map(({ providerPriority }) => providerPriority)) + 1;
    await this.#must('POST', 'components', {
      name: `signing key ${priority}`,
      providerId: 'rsa-generated',
      providerType: 'org.keycloak.keys.KeyProvider',
      parentId: id,
      config: { priority: [String(priority)], enabled: ['true'], active: ['true'], algorithm: ['RS256'], keySize: ['2048'] },
    });
  }

  /** Asks the administration of our realm, as in `('PUT', 'users/…', { … })`, and gives the answer as it came. */
  async ask(method: string, path: string, body?: object): Promise<Response> {
    return this.askServer(method, ['realms', realm, ...(path === '' ? [] : [path])].join('/'), body);
  }

  /** Asks the administration of the server, as in `('POST', 'realms', { … })`. */
  async askServer(method: string, path: string, body?: object): Promise<Response> {
    const send = () =>
      fetch(`${this.keycloak.url}/admin/${path}`, {
        method,
        headers: { authorization: `Bearer ${this.#token}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    const response = await send();
    if (response.status !== 401) return response;
    // The master realm's tokens live one minute.
    await this.#refresh();
    return send();
  }

  async #must(method: string, path: string, body?: object): Promise<Response> {
    const response = await this.ask(method, path, body);
    if (!response.ok) throw new Error(`${method} ${path}: expected success, found ${response.status} ${await response.text()}`);
    return response;
  }

  async #refresh(): Promise<void> {
    const response = await fetch(`${this.keycloak.url}/realms/master/protocol/openid-connect/token`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'password', client_id: 'admin-cli', username: 'admin', password: this.keycloak.adminPassword }),
    });
    if (!response.ok) throw new Error(`Keycloak's administrator could not log in: ${response.status} ${await response.text()}`);
    this.#token = ((await response.json()) as { access_token: string }).access_token;
  }
}
