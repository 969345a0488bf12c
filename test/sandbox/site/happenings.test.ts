import { describe, expect, it } from 'vitest';
import { languages } from '../../../src/kommo/languages.js';
import { openSandbox, type TestSandbox } from './support/sandbox.js';

/** Text of the newest note in the feed of a lead. */
async function newestNote({ page }: TestSandbox, id: number): Promise<string> {
  const { body } = await page('GET', `/api/v4/leads/${id}/notes?limit=250`);
  return String(body['_embedded']?.['notes']?.at(-1)?.['params']?.['text']);
}

describe('something that happens to a lead', () => {
  it('leaves a note in the language of who is signed in', async () => {
    const sandbox = await openSandbox();
    const texts = new Set<string>();
    for (const language of languages) {
      await sandbox.page('PATCH', '/sandbox/switches', { language });
      const happening = { event: 'site_visit', element_type: 2, id: 7001 };
      expect((await sandbox.page('POST', '/sandbox/happenings', happening)).status).toBe(204);
      texts.add(await newestNote(sandbox, 7001));
    }
    expect(texts.size).toBe(languages.length);
    expect(texts).toContain('El contacto visitó el sitio web');
  });

  it('is refused with a sentence for an event or a lead that does not exist', async () => {
    const { page } = await openSandbox();
    const unknown = await page('POST', '/sandbox/happenings', { event: 'fax', element_type: 2, id: 7001 });
    expect(unknown.status).toBe(400);
    expect(String(unknown.body['error'])).toContain('event');
    const gone = await page('POST', '/sandbox/happenings', { event: 'chat', element_type: 2, id: 1 });
    expect(gone).toEqual({ status: 400, body: { error: 'id: there is no lead 1.' } });
  });
});
