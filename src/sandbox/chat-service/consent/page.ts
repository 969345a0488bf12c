import { escape, hiddenFields, page } from '../../account/oauth/page-frame.js';
import type { DemoAccount } from '../accounts.js';
import type { Question } from './question.js';

/** Asks a person which account the app may use; the form is posted to the page's own address. */
export function consentPage(question: Question, accounts: readonly DemoAccount[]): string {
  const { app } = question;
  const choices = accounts
    .map(
      ({ id, name, phone }, place) =>
        `<label><input type="radio" name="account" value="${escape(id)}"${place === 0 ? ' checked' : ''} required>` +
        `<span><strong>${escape(name)}</strong><small>${escape(phone)}</small></span></label>`,
    )
    .join('\n');
  return page(
    `Allow access to ${app.name}`,
    `<p class="service">Demo chat</p>
<h1>${escape(app.name)} asks for access</h1>
<p>It will send messages in the name of your business, and read what clients write.</p>
<form method="post" action="/demo-chat/oauth/authorize">${hiddenFields(fieldsOf(question))}
<fieldset><legend>Account</legend>
${choices}
</fieldset>
<button name="decision" value="allow">Allow</button>
<button name="decision" value="cancel" class="plain" formnovalidate>Cancel</button>
</form>`,
    styles,
  );
}

/** Says in one sentence why there is nothing to consent to. */
export function refusalPage(reason: string): string {
  return page(
    'Access not possible',
    `<p class="service">Demo chat</p><h1>Access not possible</h1><p role="alert">${escape(reason)}</p>`,
    styles,
  );
}

function fieldsOf({ app, redirectUri, state, codeChallenge }: Question): Record<string, string> {
  return {
    response_type: 'code',
    client_id: app.clientId,
    redirect_uri: redirectUri,
    ...(state === undefined ? {} : { state }),
    code_challenge: codeChallenge,
    code_challenge_method: 'S256',
  };
}

const styles = `.service { display: flex; align-items: center; gap: .5rem; margin: 0 0 1rem; font-weight: bold; color: var(--brand); }
.service::before { content: ""; width: 1.1rem; height: 1.1rem; border-radius: 50% 50% 50% 12%; background: currentColor; }
:root { --brand: #0b7a53; }
@media (prefers-color-scheme: dark) { :root { --brand: #5fd6a6; } }
form { flex-wrap: wrap; }
fieldset { flex: 1 0 100%; margin: 0 0 .4rem; padding: 0; border: 0; }
legend { padding: 0 0 .5rem; font-weight: bold; }
label { display: flex; align-items: center; gap: .8rem; padding: .65rem .9rem; border: 1px solid var(--line); cursor: pointer; }
label:first-of-type { border-radius: 6px 6px 0 0; }
label:last-of-type { border-radius: 0 0 6px 6px; }
label + label { border-top: 0; }
label:has(:checked) { box-shadow: inset 3px 0 0 #3071df; }
label span { display: grid; }
label small { font-size: .87em; opacity: .8; }
input[type="radio"] { width: 1.1rem; height: 1.1rem; margin: 0; accent-color: #3071df; }
`;
