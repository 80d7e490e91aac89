import { fetch, type Agent } from 'undici';

/** What came back from a provider that was visited. */
export interface Visit {
  /** The address outside the provider that a redirect led to: the portal's, when a log-in has ended. */
  readonly left?: URL;
  readonly status: number;
  readonly html: string;
  /** The address of the last page. */
  readonly at: string;
}

/** A browser without a window: keeps cookies, follows redirects inside the provider, fills in forms, and shows a certificate when it has one. */
export class Browser {
  readonly #cookies = new Map<string, string>();

  /** @param certificate how HTTPS addresses are reached, with the certificate to show */
  constructor(private readonly certificate?: Agent) {}

  /** Opens an address, and goes where the provider sends it as long as that is the provider. */
  async open(address: string, form?: URLSearchParams): Promise<Visit> {
    const headers = { cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ') };
    const response = await fetch(address, { headers, redirect: 'manual', ...(this.certificate ? { dispatcher: this.certificate } : {}), ...(form ? { method: 'POST', body: form } : {}) });
    response.headers.getSetCookie().forEach((cookie) => this.#keep(cookie));
    const location = response.headers.get('location');
    if (location === null) return { status: response.status, html: await response.text(), at: address };
    const next = new URL(location, address);
    return next.origin === new URL(address).origin ? this.open(next.href) : { left: next, status: response.status, html: '', at: address };
  }

  /** Fills in the form of a page, its hidden fields kept, and sends it. Throws when the page has none. */
  async answer({ html, at }: Visit, fields: Readonly<Record<string, string>>): Promise<Visit> {
    const [form = '', action = ''] = /<form[^>]*action="([^"]*)"[\s\S]*?<\/form>/.exec(html) ?? [];
    if (form === '') throw new Error(`expected a page with a form at ${at}, found: ${textOf(html).slice(0, 200)}`);
    const hidden = [...form.matchAll(/<input[^>]*type="hidden"[^>]*>/g)].map(([input]) => [attribute(input, 'name'), attribute(input, 'value')]);
    return this.open(new URL(unescapeHtml(action), at).href, new URLSearchParams([...hidden, ...Object.entries(fields)]));
  }

  #keep(cookie: string): void {
    const [pair = '', ...attributes] = cookie.split(';');
    const [name = '', value = ''] = pair.split(/=(.*)/s);
    if (value === '' || attributes.some((one) => /^\s*max-age=0$/i.test(one))) this.#cookies.delete(name);
    else this.#cookies.set(name, value);
  }
}

/** The words of a page. */
export const textOf = (html: string): string => unescapeHtml(html.replace(/<(script|style)[\s\S]*?<\/\1>/g, '').replace(/<[^>]*>/g, ' ')).replace(/\s+/g, ' ').trim();

const attribute = (tag: string, name: string): string => unescapeHtml(new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? '');

const unescapeHtml = (text: string): string => text.replace(/&quot;/g, '"').replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code))).replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');
