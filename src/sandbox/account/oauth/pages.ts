import type { ConsentResult } from './redirect.js';

export interface ConsentView {
  readonly integrationName: string;
  readonly accountName: string;
  readonly userName: string;
  readonly scopes: readonly string[];
  /** Sent back with the decision. */
  readonly fields: Readonly<Record<string, string>>;
}

/** Asks the user for consent; the form is posted to the page's own address with `decision` allow or decline. */
export function consentPage({ integrationName, accountName, userName, scopes, fields }: ConsentView): string {
  const hidden = Object.entries(fields)
    .map(([name, value]) => `<input type="hidden" name="${escape(name)}" value="${escape(value)}">`)
    .join('');
  const access = scopes.map((scope) => `<li>${escape(scopeNames.get(scope) ?? scope)}</li>`).join('');
  return page(
    `Allow access to ${integrationName}`,
    `<h1>${escape(integrationName)} asks for access</h1>
<p>Account: <strong>${escape(accountName)}</strong>, signed in as ${escape(userName)}</p>
<p id="access">It will have access to:</p>
<ul aria-labelledby="access">${access}</ul>
<form method="post" action="/oauth">${hidden}
<button name="decision" value="allow">Allow</button>
<button name="decision" value="decline" class="plain">Decline</button>
</form>`,
  );
}

/** Says in one sentence why there is nothing to consent to. */
export function refusalPage(reason: string): string {
  return page('Access not possible', `<h1>Access not possible</h1><p role="alert">${escape(reason)}</p>`);
}

/**
 * Hands the result to the window that opened this one. The message has the fields of the redirect: its form is
 * not documented. Only a window of the integration's own origin can read it.
 */
export function messagePage(result: ConsentResult, origin: string, nonce: string): string {
  const call = `window.opener?.postMessage(${script(result)}, ${script(origin)}); window.close();`;
  return page(
    'Access decided',
    `<h1>Done</h1><p role="status">You can close this window.</p><script nonce="${nonce}">${call}</script>`,
  );
}

/** What each scope opens (`platform/server.md §1.9`). */
const scopeNames = new Map([
  ['crm', 'Data of the account'],
  ['files', 'Files'],
  ['files_delete', 'Deletion of files'],
  ['notifications', 'Notification centre'],
]);

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
<style>
:root { color-scheme: light dark; --back: #f5f5f5; --card: #fff; --line: #e3e3e3; --text: #363b44;
  font: 15px/1.4 "PT Sans", Arial, sans-serif; color: var(--text); background: var(--back); }
@media (prefers-color-scheme: dark) {
  :root { --back: #0f2231; --card: #153043; --line: #284860; --text: #f2f2f2; }
}
main { box-sizing: border-box; max-width: 30rem; margin: 12vh auto 2rem; padding: 1.6rem 2rem 2rem; background: var(--card);
  border: 1px solid var(--line); border-radius: 6px; box-shadow: 0 10px 40px rgb(0 19 45 / 10%); overflow-wrap: anywhere; }
h1 { margin: 0; font-size: 1.35rem; }
form { display: flex; gap: .7rem; margin-top: 1.6rem; }
button { font: inherit; font-weight: bold; height: 36px; padding: 0 1.2rem; border: 1px solid #3071df; border-radius: 3px;
  cursor: pointer; background: #3071df; color: #fff; }
button.plain { font-weight: normal; background: none; color: inherit; border-color: GrayText; }
:focus-visible { outline: 2px solid #4c8bf7; outline-offset: 2px; }
</style>
</head>
<body><main>
${body}
</main></body>
</html>
`;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** JSON that no text can leave: `</script>` and line separators are escaped. */
function script(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<\u2028\u2029]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
