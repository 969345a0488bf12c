import { describe, expect, it } from 'vitest';

import { bodyMd5, hookSignature, signatureFlaw } from '../../../src/sandbox/account/chats/signature.js';
import type { SignedRequest } from '../../../src/sandbox/account/chats/signature.js';

const scope = '344a5002-f8ca-454d-af3d-396180102ac7';
const account = '52e591f7-c98f-4255-8495-827210138c81';
const secret = 'f2d7f8704eff95087ed45b23ba99c0b5aac8278e';

/** The vectors a to d of platform/server.md §6.2. */
const vectors = [
  {
    name: 'a',
    secret: '5a44c5dff55f3c15a4cce8d7c4cc27e207c7e189',
    method: 'POST',
    path: '/v2/origin/custom/f90ba33d-c9d9-44da-b76c-c349b0ecbe41/connect',
    body: '{"account_id":"af9945ff-1490-4cad-807d-945c15d88bec","title":"ScopeTitle","hook_api_version":"v2"}',
    date: 'Mon, 03 Aug 2020 15:11:21 +0000',
    md5: 'a5e8ae04332a6d0aac15f01ad05d40e3',
    signature: '85d94e7f21bdd3971c2721ca22793e45a96d0c75',
  },
  {
    name: 'b',
    secret,
    method: 'POST',
    path: `/v2/origin/custom/${scope}/connect`,
    body: `{"account_id":"${account}","title":"ChatsIntegration","hook_api_version":"v2"}`,
    date: 'Wed, 15 Dec 2021 23:12:55 +0000',
    md5: '2fbcb3c652b61e24e004daddfc73d0ce',
    signature: '81211856ce0c5095f3e1a90c0a38dc9d736cfd55',
  },
  {
    name: 'c',
    secret,
    method: 'DELETE',
    path: `/v2/origin/custom/${scope}/disconnect`,
    body: `{"account_id":"${account}"}`,
    date: 'Wed, 15 Dec 2021 23:59:28 +0000',
    md5: '271fa2e4fb0ff84a3ef9689027bd1f38',
    signature: 'e1678e3b6aa674b5127f4feb448e6200ce0bfc72',
  },
  {
    name: 'd',
    secret,
    method: 'POST',
    path: `/v2/origin/custom/${scope}_${account}/typing`,
    body: '{"conversation_id":"my_int-d5a421f7f218","sender":{"id":"my_int-1376265f-86df-4c49-a0c3-a4816df41af8"}}',
    date: 'Thu, 16 Dec 2021 16:01:21 +0000',
    md5: '255a22566d68be207fa36804e78a523a',
    signature: 'e8263b1daf2b20396c02db6c8c846f95cc0f9540',
  },
] as const;

const vector = vectors[1];
const minute = 60_000;

function requestOf({ method, path, body, date, md5, signature }: (typeof vectors)[number]): SignedRequest {
  return {
    method,
    path,
    date,
    contentType: 'application/json',
    contentMd5: md5,
    signature,
    body: Buffer.from(body),
  };
}

function flawOf(changes: Partial<SignedRequest>, now = Date.parse(vector.date)): string | undefined {
  return signatureFlaw({ ...requestOf(vector), ...changes }, vector.secret, now);
}

describe('the signature of a request to the chats API', () => {
  it.each(vectors)('holds for the known vector $name', (one) => {
    expect(bodyMd5(one.body)).toBe(one.md5);
    expect(signatureFlaw(requestOf(one), one.secret, Date.parse(one.date))).toBeUndefined();
  });

  it('has the digest of nothing for a request without a body', () => {
    expect(bodyMd5('')).toBe('d41d8cd98f00b204e9800998ecf8427e');
  });

  it('holds for fifteen minutes before and after its Date, and no longer', () => {
    const sent = Date.parse(vector.date);
    expect(flawOf({}, sent + 15 * minute)).toBeUndefined();
    expect(flawOf({}, sent - 15 * minute)).toBeUndefined();
    expect(flawOf({}, sent + 15 * minute + 1)).toContain('15 minutes');
    expect(flawOf({}, sent - 15 * minute - 1)).toContain('15 minutes');
  });

  it.each([
    ['another secret', { signature: '0'.repeat(40) }, 'X-Signature'],
    ['upper case', { signature: vector.signature.toUpperCase() }, 'X-Signature'],
    ['another path', { path: `${vector.path}/` }, 'X-Signature'],
    ['another method', { method: 'PUT' }, 'X-Signature'],
    ['no signature', { signature: undefined }, 'X-Signature'],
    ['a line feed after the body', { body: Buffer.from(`${vector.body}\n`) }, 'Content-MD5'],
    ['an upper-case digest', { contentMd5: vector.md5.toUpperCase() }, 'Content-MD5'],
    ['no digest', { contentMd5: undefined }, 'Content-MD5'],
    ['a charset', { contentType: 'application/json; charset=utf-8' }, 'Content-Type'],
    ['no Content-Type', { contentType: undefined }, 'Content-Type'],
    ['no Date', { date: undefined }, 'Date'],
    ['an ISO date', { date: '2021-12-15T23:12:55Z' }, 'Date'],
    ['a date of another zone', { date: 'Thu, 16 Dec 2021 02:12:55 +0300' }, 'Date'],
  ])('does not hold with %s', (_what, changes, word) => {
    expect(flawOf(changes)).toContain(word);
  });
});

describe('the signature of a chats hook', () => {
  it('is over the raw body alone', () => {
    // printf '{"a":1}' | openssl dgst -sha1 -hmac test-secret-not-real
    const expected = '9763d99c453b9578612d7e2a4428bb263b84c254';
    expect(hookSignature('{"a":1}', 'test-secret-not-real')).toBe(expected);
    expect(hookSignature(Buffer.from('{"a":1}'), 'test-secret-not-real')).toBe(expected);
  });
});
