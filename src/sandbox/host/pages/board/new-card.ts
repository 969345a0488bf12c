import { fillModal } from '../../fill-modal.js';
import { draw, escapeHtml, formValues } from '../../dom.js';
import { Modal } from '../../modal.js';
import { commonWords } from '../../words/common.js';
import type { Host } from '../../host.js';
import type { Translate } from '../../words/words.js';
import type { BoardKind, BoardPlace } from './kinds.js';
import type { BoardWord } from './words.js';

/** What was typed, by the name of the control. */
export type Draft = Readonly<Record<string, string>>;

export interface NewCard {
  /** Undefined when the window is shut. */
  draft(): Draft | undefined;
}

/**
 * Asks for a new lead or customer and adds it to the account; a lead with a contact where one is named. The board
 * hears of it as of every other change.
 */
export function askForCard(
  host: Host,
  t: Translate<BoardWord>,
  {
    kind,
    place,
    draft = {},
  }: { readonly kind: BoardKind; readonly place: BoardPlace; readonly draft?: Draft },
): NewCard {
  const $form = draw(formHtml(host, t, kind, place));
  for (const [name, value] of Object.entries(draft)) $form.find(`[name="${name}"]`).val(value);
  const modal = new Modal({
    class_name: 'new-card',
    focus_element: '[name=name]',
    init($body) {
      fillModal($body, $form);
    },
  });
  let isSending = false;
  $form.on('submit', (event) => {
    event.preventDefault();
    if (isSending) return;
    isSending = true;
    void send(host, kind, place, formValues($form))
      .then(
        () => {
          modal.destroy();
        },
        (error: unknown) => {
          modal.showError((error as Error).message);
        },
      )
      .finally(() => {
        isSending = false;
      });
  });
  return {
    draft: () => ($form.get(0).isConnected ? Object.fromEntries(formValues($form)) : undefined),
  };
}

async function send(
  { api }: Host,
  { type }: BoardKind,
  { pipeline }: BoardPlace,
  typed: ReadonlyMap<string, string>,
): Promise<void> {
  const text = (name: string): string => (typed.get(name) ?? '').trim();
  const common = { name: text('name'), status_id: Number(text('stage')) };
  const sum = Number(text('sum'));
  if (type === 'customers') {
    await api.post('/customers', [{ ...common, next_price: sum }]);
    return;
  }
  const lead = { ...common, price: sum, pipeline_id: pipeline?.id };
  const [name, phone] = [text('contact'), text('phone')];
  if (name === '' && phone === '') {
    await api.post('/leads', [lead]);
    return;
  }
  const fields =
    phone === ''
      ? {}
      : {
          custom_fields_values: [{ field_code: 'PHONE', values: [{ value: phone, enum_code: 'WORK' }] }],
        };
  const contact = { name: name === '' ? phone : name, ...fields };
  await api.post('/leads/complex', [{ ...lead, _embedded: { contacts: [contact] } }]);
}

function formHtml(host: Host, t: Translate<BoardWord>, { type }: BoardKind, { stages }: BoardPlace): string {
  const options = stages
    .filter(({ isIncoming }) => !isIncoming)
    .map(({ id, name }) => `<option value="${id}">${escapeHtml(name)}</option>`);
  return `<form class="new-card__form" autocomplete="off"><h2 class="modal-body__caption">${escapeHtml(t(`new_${type}`))}</h2>
    ${inputHtml('name', t(`name_${type}`), 'required maxlength="255"')}
    ${inputHtml('sum', t(`sum_${type}`), 'type="number" min="0" step="1" value="0"')}
    <label><span>${escapeHtml(t('stage'))}</span><select class="text-input" name="stage">${options.join('')}</select></label>
    ${type === 'customers' ? '' : inputHtml('contact', t('contact'), 'maxlength="255"') + inputHtml('phone', t('phone'), 'type="tel"')}
    <div class="modal-body__actions"><button type="submit" class="button-input button-input_blue js-modal-accept">${escapeHtml(t('create'))}</button>
      <button type="button" class="button-input button-input_plain button-cancel">${escapeHtml(host.words(commonWords)('cancel'))}</button></div></form>`;
}

function inputHtml(name: string, label: string, attributes: string): string {
  return `<label><span>${escapeHtml(label)}</span><input class="text-input" name="${name}" ${attributes}></label>`;
}
