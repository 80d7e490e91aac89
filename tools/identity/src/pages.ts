import { demoAccounts, demoPassword } from './accounts';

/** Escapes text for HTML content and quoted attributes. */
export function escapeHtml(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

/** What the login page shows besides the form: where it posts, and what was typed and refused before. */
export interface LoginForm {
  readonly action: string;
  readonly username?: string;
  readonly problem?: string;
}

/** The login page, with every demo account one click away. */
export function loginPage({ action, username = '', problem }: LoginForm): string {
  const rows = demoAccounts.map(
    (account) => `<tr><td><button name="demo" value="${escapeHtml(account.username)}">${escapeHtml(account.username)}</button></td>
<td>${escapeHtml(account.name)}</td><td>${escapeHtml(account.purpose)}</td></tr>`,
  );
  return page(
    '登录 联防',
    `${problem === undefined ? '' : `<p role="alert">${escapeHtml(problem)}</p>`}
<form method="post" action="${escapeHtml(action)}">
<label>用户名 User name <input name="username" autocomplete="username" autofocus value="${escapeHtml(username)}"></label>
<label>密码 Password <input name="password" type="password" autocomplete="current-password"></label>
<button name="login" value="yes">登录 Log in</button>
<h2>演示账号 Demo accounts</h2>
<p>仅供开发演示，人物与机构均为虚构；密码均为 <code>${escapeHtml(demoPassword)}</code>，点击即可登录。<br>
For development only; all people and institutions are invented. Click to log in.</p>
<table>${rows.join('\n')}</table>
</form>`,
  );
}

/** Asks before logging out. `form` is oidc-provider's own, with its token against forged requests. */
export const logoutPage = (form: string): string =>
  page('退出 联防', `${form}<p>要退出登录吗？ Log out?</p><button form="op.logoutForm" name="logout" value="yes" autofocus>退出 Log out</button>`);

/** Shown after a logout that names no page to return to. */
export const endPage = (): string => page('已退出 联防', '<p>您已退出登录。 You are logged out.</p>');

/** Shown when a request cannot be answered, with the reason. */
export const problemPage = (reason: string): string =>
  page('无法登录 联防', `<p role="alert">无法继续，请回到门户重新登录。 Cannot go on: return to the portal and log in again.</p><p><code>${escapeHtml(reason)}</code></p>`);

function page(title: string, content: string): string {
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title>
<style>
body { font: 16px/1.6 system-ui, sans-serif; max-width: 52rem; margin: 3rem auto; padding: 0 1rem; color: #1a2230; background: #fff }
label { display: block; margin: .75rem 0 } input { display: block; width: 20rem; max-width: 100%; padding: .4rem; font: inherit }
button { font: inherit; padding: .3rem .9rem; cursor: pointer } td { padding: .15rem .75rem .15rem 0 } [role=alert] { color: #a40000; font-weight: 600 }
</style></head><body><h1>${escapeHtml(title)}</h1>${content}</body></html>`;
}
