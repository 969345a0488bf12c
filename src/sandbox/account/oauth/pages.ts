import { escape, hiddenFields, page } from './page-frame.js';
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
  const access = scopes.map((scope) => `<li>${escape(scopeNames.get(scope) ?? scope)}</li>`).join('');
  return page(
    `Allow access to ${integrationName}`,
    `<h1>${escape(integrationName)} asks for access</h1>
<p>Account: <strong>${escape(accountName)}</strong>, signed in as ${escape(userName)}</p>
<p id="access">It will have access to:</p>
<ul aria-labelledby="access">${access}</ul>
<form method="post" action="/oauth">${hiddenFields(fields)}
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

/** JSON that no text can leave: `</script>` and line separators are escaped. */
function script(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<\u2028\u2029]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
