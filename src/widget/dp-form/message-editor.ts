import $ from 'jquery';
import type { TwigTemplate } from '../../kommo/render.js';
import type { DpField } from './field.js';
import type { DpFormContext } from './index.js';
import { createMessageTools } from './message-tools.js';
import { root } from './root.js';

/** The look of the platform's own task field (`platform/widget.md §5.2`). */
const textareaClasses =
  'text-input text-input-textarea digital-pipeline__add-task-textarea textarea-autosize task-edit__textarea';

/** The message's textarea with its tools in the place of Kommo's input. Returns what takes them away. */
export function createMessageEditor(
  field: DpField,
  tools: Promise<TwigTemplate>,
  { widget, words, toolsFailed }: DpFormContext,
): () => void {
  const editor = root('message');
  editor.innerHTML = widget.render(
    { ref: '/tmpl/controls/textarea.twig' },
    { class_name: textareaClasses, placeholder: words('dp.settings.message.placeholder') },
  );
  const textarea = editor.querySelector('textarea');
  if (textarea === null) throw new Error('textarea.twig of the platform drew no textarea');

  // Without a name the platform collects Kommo's own input alone.
  $(textarea).removeAttr('name').removeAttr('id').attr('aria-label', words('dp.settings.message.name'));
  textarea.value = field.read();

  const refreshers: (() => void)[] = [];
  const refresh = (): void => {
    fitHeight(textarea);
    for (const refreshTool of refreshers) refreshTool();
  };
  textarea.addEventListener('input', () => {
    field.write(textarea.value);
    refresh();
  });
  field.onChange((value) => {
    if (textarea.value === value) return;
    textarea.value = value;
    refresh();
  });

  field.append(editor);
  refresh();
  let released = false;
  tools
    .then((template) => {
      if (released) return;
      refreshers.push(createMessageTools(editor, textarea, template, words));
      refresh();
    })
    .catch(toolsFailed);

  return () => {
    released = true;
    $(editor).remove();
  };
}

/** Grows with the text up to a third of the window; beyond that it scrolls. */
function fitHeight(textarea: HTMLTextAreaElement): void {
  textarea.style.height = 'auto';
  const border = textarea.offsetHeight - textarea.clientHeight;
  textarea.style.height = `${Math.min(textarea.scrollHeight + border, window.innerHeight / 3)}px`;
}
