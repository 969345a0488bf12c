import { textField } from '../../account/oauth/fields.js';
import { withFields } from '../../account/oauth/redirect.js';
import type { DemoApp } from '../accounts.js';
import type { Apps } from '../apps.js';

/** What an app asks on the consent page. */
export interface Question {
  readonly app: DemoApp;
  readonly redirectUri: string;
  readonly state: string | undefined;
  readonly codeChallenge: string;
}

export type ReadQuestion =
  | { readonly kind: 'question'; readonly question: Question }
  /** Nobody is led anywhere: the address may be a stranger's. */
  | { readonly kind: 'refusal'; readonly reason: string }
  /** The app is told of its mistake. */
  | { readonly kind: 'mistake'; readonly redirectTo: string };

/** Reads the parameters of RFC 6749 §4.1.1 with those of RFC 7636, which are asked for. */
export function readQuestion(apps: Apps, fields: unknown): ReadQuestion {
  const app = apps.find(textField(fields, 'client_id') ?? '');
  if (app === undefined) return { kind: 'refusal', reason: 'No app has this client_id.' };
  const redirectUri = textField(fields, 'redirect_uri') ?? '';
  if (!app.redirectUris.includes(redirectUri)) {
    return { kind: 'refusal', reason: `The redirect_uri is none that is registered for ${app.name}.` };
  }
  const state = textField(fields, 'state');
  const mistake = (error: string, description: string): ReadQuestion => ({
    kind: 'mistake',
    redirectTo: withFields(redirectUri, { error, error_description: description, state }),
  });
  if (textField(fields, 'response_type') !== 'code') {
    return mistake('unsupported_response_type', 'response_type: code was expected.');
  }
  const codeChallenge = textField(fields, 'code_challenge') ?? '';
  if (!/^[A-Za-z0-9_-]{43}$/.test(codeChallenge) || textField(fields, 'code_challenge_method') !== 'S256') {
    return mistake('invalid_request', 'A code_challenge of the method S256 was expected.');
  }
  return { kind: 'question', question: { app, redirectUri, state, codeChallenge } };
}
