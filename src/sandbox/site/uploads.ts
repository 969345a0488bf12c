import type { FastifyInstance } from 'fastify';
import type { AccountContext } from '../account/context.js';
import { registerIntegration } from '../account/oauth/integrations.js';
import type { Integration } from '../account/state.js';
import { languageOf, wordsOf } from '../account/widgets/language.js';
import { i18nText, viewManifest } from '../account/widgets/manifest-view.js';
import { uploadWidget, type WidgetFiles } from '../account/widgets/upload.js';
import type { ReadArchive } from '../index.js';
import { requireAdmin } from './admin.js';
import { Refusal } from './room.js';
import type { SiteState } from './state.js';

const mostBytes = 100 * 1024 * 1024;

export interface UploadOptions {
  readonly readArchive?: ReadArchive | undefined;
  /** Of the integration that a new widget gets. */
  readonly redirectUri: string;
}

/**
 * `POST /sandbox/widgets` uploads a zip to an integration of its own, `POST /sandbox/widgets/:code` a new version of
 * that widget, as Settings → Integrations does: for administrators, and with a higher version.
 */
export function uploads(
  room: FastifyInstance,
  context: AccountContext,
  site: SiteState,
  { readArchive, redirectUri }: UploadOptions,
): void {
  const zipTypes = ['application/zip', 'application/x-zip-compressed', 'application/octet-stream'];
  room.addContentTypeParser(zipTypes, { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, body);
  });

  async function filesOf(body: unknown): Promise<WidgetFiles> {
    requireAdmin(context, 'upload a widget');
    if (readArchive === undefined) throw new Refusal(400, 'This sandbox takes no archives.');
    if (!(body instanceof Uint8Array)) {
      throw new Refusal(400, 'A zip was expected as the body, with Content-Type application/zip.');
    }
    const archive = await readArchive(body);
    if (!archive.ok) throw refused(archive.problems);
    return archive.files;
  }

  function upload(integration: Integration, files: WidgetFiles) {
    const uploaded = uploadWidget(context, integration, files);
    if (!uploaded.ok) throw refused(uploaded.problems.map(({ file, message }) => `${file}: ${message}`));
    const { widget } = uploaded;
    site.tell({ kind: 'rebuilt', codes: [widget.code] });
    return widget;
  }

  room.post('/sandbox/widgets', { bodyLimit: mostBytes }, async ({ body }, reply) => {
    const files = await filesOf(body);
    const registered = registerIntegration(context, { name: 'Uploaded widget', redirect_uri: redirectUri });
    if (!registered.ok) throw refused(registered.problems);
    const { integration } = registered;
    try {
      const widget = upload(integration, files);
      const { name } = viewManifest(widget.manifest);
      const words = wordsOf(widget, languageOf(widget, 'en'));
      integration.name = (name === undefined ? undefined : i18nText(words, name)) ?? widget.code;
      return await reply.code(201).send({ code: widget.code, version: widget.version });
    } catch (error) {
      context.account.integrations.delete(integration.client_uuid);
      throw error;
    }
  });

  room.post<{ Params: { code: string } }>(
    '/sandbox/widgets/:code',
    { bodyLimit: mostBytes },
    async ({ params, body }, reply) => {
      const integrationOf = () =>
        context.account.integrations.get(context.account.widgets.get(params.code)?.client_uuid ?? '');
      if (integrationOf() === undefined) throw new Refusal(404, `There is no widget ${params.code}.`);
      const files = await filesOf(body);
      // Looked up again: the account may have been reset while the archive was read.
      const integration = integrationOf();
      if (integration === undefined) throw new Refusal(404, `There is no widget ${params.code} any more.`);
      const { code, version } = upload(integration, files);
      return reply.send({ code, version });
    },
  );
}

function refused(problems: readonly string[]): Refusal {
  return new Refusal(400, problems.join(' '), { problems });
}
