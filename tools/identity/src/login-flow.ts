import type { IncomingMessage, ServerResponse } from 'node:http';
import type Provider from 'oidc-provider';
import { demoPassword } from './accounts';
import { loginPage } from './pages';
import { findSubject } from './password-grant';

/** Longest login form that is read, in bytes. */
const FORM_BYTES = 4096;

/** Shows the login form, or checks what was typed into it and hands the person to oidc-provider. */
export async function answerLogin(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const action = new URL(request.url ?? '/', 'http://form').pathname;
  // Without a running login there is nothing to come back to: this throws SessionNotFound, which the server shows as a page.
  await provider.interactionDetails(request, response);
  if (request.method !== 'POST') return sendPage(response, 200, loginPage({ action }));

  const form = new URLSearchParams(await readForm(request));
  const demo = form.get('demo');
  const username = demo ?? form.get('username') ?? '';
  const subject = findSubject(username, demo === null ? (form.get('password') ?? '') : demoPassword);
  if (subject === undefined) {
    return sendPage(response, 401, loginPage({ action, username, problem: '用户名或密码不正确。 Wrong user name or password.' }));
  }
  await provider.interactionFinished(request, response, { login: { accountId: subject } });
}

/** Sends one of our pages: nothing in it may be cached, framed or run. */
export function sendPage(response: ServerResponse, status: number, html: string): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
  });
  response.end(html);
}

async function readForm(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length > FORM_BYTES) throw new Error(`a login form has at most ${FORM_BYTES} bytes`);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}
