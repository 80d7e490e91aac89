import { createHash, randomBytes } from 'node:crypto';
import { demoClient, demoPassword, portalClient, returnAddress } from '@lianfang/identity';
import { Browser, type Visit } from './browser';
import type { ProviderUnderTest } from './provider-under-test';

/** Tokens as the token address gives them, or its error. */
export interface TokenAnswer {
  readonly status: number;
  readonly access_token?: string;
  readonly refresh_token?: string;
  readonly id_token?: string;
  readonly error?: string;
}

/** A log-in that has begun in a browser, before the form is filled in. */
export interface LogIn {
  readonly browser: Browser;
  readonly page: Visit;
  readonly verifier: string;
}

/** What a client of ours does with a provider: the portal's log-in and the token address, by the book (RFC 6749, 7636, 7009). */
export class RelyingParty {
  constructor(private readonly provider: Pick<ProviderUnderTest, 'issuer' | 'portalOrigin'>) {}

  /** An address of the provider, as in `token`. */
  endpoint = (name: string): string => `${this.provider.issuer}/protocol/openid-connect/${name}`;

  get portalPage(): string {
    return returnAddress(this.provider.portalOrigin);
  }

  /** Opens the log-in page as the portal does; `changes` replace parts of the request, undefined leaves one out. */
  async beginLogIn(changes: Readonly<Record<string, string | undefined>> = {}, browser = new Browser()): Promise<LogIn> {
    const verifier = randomBytes(32).toString('base64url');
    const wanted = {
      client_id: portalClient.clientId,
      response_type: 'code',
      response_mode: 'fragment',
      scope: 'openid',
      redirect_uri: this.portalPage,
      state: 'state-1',
      nonce: 'nonce-1',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
      ...changes,
    };
    const query = new URLSearchParams(Object.entries(wanted).filter((entry): entry is [string, string] => entry[1] !== undefined));
    return { browser, verifier, page: await browser.open(`${this.endpoint('auth')}?${query}`) };
  }

  /** Logs a person in through the portal, to the tokens. */
  async logIn(username: string, password = demoPassword): Promise<TokenAnswer & { readonly browser: Browser }> {
    const { browser, page, verifier } = await this.beginLogIn();
    const { left } = await browser.answer(page, { username, password });
    return { ...(await this.exchange(left, verifier)), browser };
  }

  /** Turns the code of a return address into tokens. */
  exchange(left: URL | undefined, verifier: string): Promise<TokenAnswer> {
    const code = new URLSearchParams(left?.hash.slice(1)).get('code') ?? '';
    return this.token({ grant_type: 'authorization_code', client_id: portalClient.clientId, code, redirect_uri: this.portalPage, code_verifier: verifier });
  }

  /** The demo's password grant. */
  passwordGrant = (username: string, password = demoPassword): Promise<TokenAnswer> => this.token({ grant_type: 'password', client_id: demoClient.clientId, username, password });

  /** Exchanges a refresh token. */
  refresh = (token: string | undefined, client = demoClient): Promise<TokenAnswer> => this.token({ grant_type: 'refresh_token', client_id: client.clientId, refresh_token: token ?? '' });

  /** Gives a refresh token back (RFC 7009); answers the status. */
  async revoke(token: string | undefined, client = demoClient): Promise<number> {
    const body = new URLSearchParams({ client_id: client.clientId, token: token ?? '', token_type_hint: 'refresh_token' });
    return (await fetch(this.endpoint('revoke'), { method: 'POST', body })).status;
  }

  /** Logs out in the browser that logged in, and confirms when asked. */
  async logOut(browser: Browser, idToken: string | undefined): Promise<Visit> {
    const query = new URLSearchParams({ client_id: portalClient.clientId, post_logout_redirect_uri: this.portalPage, id_token_hint: idToken ?? '' });
    const asked = await browser.open(`${this.endpoint('logout')}?${query}`);
    return asked.left ? asked : browser.answer(asked, { logout: 'yes' });
  }

  /** Asks the token address: the portal from its page in a browser, everybody else from a program. */
  async token(form: Readonly<Record<string, string>>): Promise<TokenAnswer> {
    const headers = form['client_id'] === portalClient.clientId ? { origin: this.provider.portalOrigin } : undefined;
    const response = await fetch(this.endpoint('token'), { method: 'POST', body: new URLSearchParams(form), headers });
    return { status: response.status, ...((await response.json()) as Omit<TokenAnswer, 'status'>) };
  }
}
