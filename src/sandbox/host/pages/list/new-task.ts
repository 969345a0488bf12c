import { fillModal } from '../../fill-modal.js';
import { draw, escapeHtml, formValues } from '../../dom.js';
import { commonWords } from '../../words/common.js';
import { Modal } from '../../modal.js';
import type { Host } from '../../host.js';
import type { Translate } from '../../words/words.js';
import type { ListWord } from './words.js';

const day = 86_400;

/** Asks for a task and adds it; it is due in a day at the same time and belongs to nothing. */
export function openNewTask(host: Host, t: Translate<ListWord>, added: () => Promise<void>): void {
  const common = host.words(commonWords);
  const { task_types, user } = host.session;
  const $form = draw(`<form class="modal-body__inner list-new" novalidate>
    <h2 class="modal-body__caption head_2">${escapeHtml(t('new_todo'))}</h2>
    <label class="list-new__field"><span>${escapeHtml(t('task'))}</span><input class="text-input" name="text" autocomplete="off"></label>
    <label class="list-new__field"><span>${escapeHtml(t('type'))}</span><select class="text-input" name="task_type_id">${task_types
      .map(({ id, name }) => `<option value="${id}">${escapeHtml(name)}</option>`)
      .join('')}</select></label>
    <div class="modal-body__actions"><button type="submit" class="button-input button-input_blue js-modal-accept"><span
      class="button-input-inner"><span class="button-input-inner__text">${escapeHtml(common('add'))}</span></span></button>
      <button type="button" class="button-cancel">${escapeHtml(common('cancel'))}</button></div></form>`);
  const modal = new Modal({
    class_name: 'list-new-modal',
    focus_element: $form.find('[name=text]'),
    init($body) {
      fillModal($body, $form);
    },
  });
  const add = async (): Promise<void> => {
    const values = formValues($form);
    const text = (values.get('text') ?? '').trim();
    if (text === '') {
      $form.find('[name=text]').attr('aria-invalid', 'true').trigger('focus');
      return;
    }
    try {
      await host.api.post('/tasks', [
        {
          text,
          task_type_id: Number(values.get('task_type_id')),
          complete_till: Math.floor(Date.now() / 1_000) + day,
          responsible_user_id: user.id,
        },
      ]);
      modal.destroy();
      await added();
    } catch (error) {
      modal.showError(error instanceof Error ? error.message : String(error));
    }
  };
  $form.on('submit', (event) => {
    event.preventDefault();
    void add();
  });
}
