import { describe, expect, it } from 'vitest';
import { isHookSigned, signedHeaders } from '../../../src/backend/chats/amojo/signature.js';
import { mediaLinks } from '../../../src/backend/chats/media/link.js';
import { hookSignature } from '../../../src/sandbox/account/chats/signature.js';

const first = '5a44c5dff55f3c15a4cce8d7c4cc27e207c7e189';
const second = 'f2d7f8704eff95087ed45b23ba99c0b5aac8278e';
const scope = '344a5002-f8ca-454d-af3d-396180102ac7_52e591f7-c98f-4255-8495-827210138c81';
const account = '52e591f7-c98f-4255-8495-827210138c81';

describe('a request to the chats API', () => {
  it.each([
    {
      name: 'connecting, 2020',
      secret: first,
      method: 'POST' as const,
      path: 'f90ba33d-c9d9-44da-b76c-c349b0ecbe41/connect',
      body: '{"account_id":"af9945ff-1490-4cad-807d-945c15d88bec","title":"ScopeTitle","hook_api_version":"v2"}',
      date: 'Mon, 03 Aug 2020 15:11:21 +0000',
      md5: 'a5e8ae04332a6d0aac15f01ad05d40e3',
      signature: '85d94e7f21bdd3971c2721ca22793e45a96d0c75',
    },
    {
      name: 'connecting, 2021',
      secret: second,
      method: 'POST' as const,
      path: '344a5002-f8ca-454d-af3d-396180102ac7/connect',
      body: `{"account_id":"${account}","title":"ChatsIntegration","hook_api_version":"v2"}`,
      date: 'Wed, 15 Dec 2021 23:12:55 +0000',
      md5: '2fbcb3c652b61e24e004daddfc73d0ce',
      signature: '81211856ce0c5095f3e1a90c0a38dc9d736cfd55',
    },
    {
      name: 'disconnecting',
      secret: second,
      method: 'DELETE' as const,
      path: '344a5002-f8ca-454d-af3d-396180102ac7/disconnect',
      body: `{"account_id":"${account}"}`,
      date: 'Wed, 15 Dec 2021 23:59:28 +0000',
      md5: '271fa2e4fb0ff84a3ef9689027bd1f38',
      signature: 'e1678e3b6aa674b5127f4feb448e6200ce0bfc72',
    },
    {
      name: 'typing',
      secret: second,
      method: 'POST' as const,
      path: `${scope}/typing`,
      body: '{"conversation_id":"my_int-d5a421f7f218","sender":{"id":"my_int-1376265f-86df-4c49-a0c3-a4816df41af8"}}',
      date: 'Thu, 16 Dec 2021 16:01:21 +0000',
      md5: '255a22566d68be207fa36804e78a523a',
      signature: 'e8263b1daf2b20396c02db6c8c846f95cc0f9540',
    },
  ])(
    'is signed as the platform documents it: $name',
    ({ secret, method, path, body, date, md5, signature }) => {
      const signed = { method, path: `/v2/origin/custom/${path}`, body, date: new Date(date) };
      expect(signedHeaders(signed, secret)).toEqual({
        Date: date,
        'Content-Type': 'application/json',
        'Content-MD5': md5,
        'X-Signature': signature,
      });
    },
  );
});

describe('a chats hook', () => {
  const body = Buffer.from('{"text":"Привет"}');

  it('is known by its signature over the raw bytes', () => {
    const signature = hookSignature(body, first);
    expect(isHookSigned(body, signature, first)).toBe(true);
    expect(isHookSigned(Buffer.from('{"text": "Привет"}'), signature, first)).toBe(false);
    expect(isHookSigned(body, signature, second)).toBe(false);
  });

  it.each([undefined, '', 'x', ['x'], hookSignature(body, first).slice(1)])('is not with %j', (signature) => {
    expect(isHookSigned(body, signature, first)).toBe(false);
  });
});

describe('a link to what a client sent', () => {
  const publicUrl = 'https://app.example.com';
  const id = '11111111-2222-4333-8444-555555555555';
  const key = (byte: number) => ({ id: String(byte), key: Buffer.alloc(32, byte) });
  const partsOf = (link: string) => link.split('/').slice(-2) as [string, string];

  it('is good for that message alone, also after the sealing key was changed', () => {
    const link = mediaLinks({ publicUrl, sealingKeys: [key(1)] }).linkOf({ id });
    expect(link).toMatch(/^https:\/\/app\.example\.com\/chat-media\/11111111-[-0-9]+\/[\w-]{43}$/);
    const [message, signature] = partsOf(link);
    const after = mediaLinks({ publicUrl, sealingKeys: [key(2), key(1)] });
    expect(after.isSigned(message, signature)).toBe(true);
    expect(after.isSigned(id.replace('1', '2'), signature)).toBe(false);
    expect(mediaLinks({ publicUrl, sealingKeys: [key(2)] }).isSigned(message, signature)).toBe(false);
  });
});
