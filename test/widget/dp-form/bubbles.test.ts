import { describe, expect, it } from 'vitest';
import { openBubble, query, revisions } from '../support/digital-pipeline.js';
import { decorate, formOf, openForm } from '../support/dp-form.js';
import { code, startWidget } from '../support/host.js';

/** Takes the marker out of a stage's item. Returns what puts it back. */
function unmark(item: HTMLElement): () => void {
  const marker = query(item, '[class*="widget-style_"]');
  const classes = marker.className;
  marker.className = '';
  return () => {
    marker.className = classes;
  };
}

const editors = (parent: ParentNode = document): number => parent.querySelectorAll('textarea').length;

describe.each(revisions)('bubbles in the %s markup', (revision) => {
  it('do not touch each other when two are open', async () => {
    const host = startWidget();
    const bubbles = [
      openBubble({ revision, stored: { message: 'First', only_main: '1' } }),
      openBubble({ revision, stored: { message: 'Second' } }),
    ];
    await decorate(host);
    const [first, second] = bubbles.map(formOf);
    if (first === undefined || second === undefined) throw new Error('Two bubbles were opened.');
    expect([first.textarea.value, second.textarea.value]).toEqual(['First', 'Second']);
    expect([first.box().checked, second.box().checked]).toEqual([true, false]);
    second.type('Second, changed ');
    second.marker('lead_id').click();
    second.box().click();
    expect(first.values()).toEqual({ message: 'First', only_main: '1' });
    expect(second.values()).toEqual({ message: 'Second, changed {{lead_id}}', only_main: '1' });
    expect([first.canSave(), second.canSave()]).toEqual([false, true]);
    expect([first.preview(), second.preview()]).toEqual(['First', 'Second, changed 1024']);
  });

  it('are decorated as they open, and the one before keeps what was typed', async () => {
    const first = await openForm({ revision });
    first.type('Typed');
    const second = openBubble({ revision });
    await decorate(first.host);
    expect(query(first.item, 'textarea', HTMLTextAreaElement)).toBe(first.textarea);
    expect(first.textarea.value).toBe('Typed');
    expect(formOf(second).textarea.value).toBe('');
  });

  it('are decorated once, however often the platform calls', async () => {
    const form = await openForm({ revision });
    form.type('Typed');
    const before = document.documentElement.outerHTML;
    form.host.callbacks.dpSettings?.();
    await decorate(form.host);
    expect(document.documentElement.outerHTML).toBe(before);
    expect(form.textarea.value).toBe('Typed');
    form.marker('lead_id').click();
    expect(form.textarea.value).toBe('Typed{{lead_id}}');
  });

  it('are decorated once when the platform calls twice before anything has come', async () => {
    const host = startWidget();
    const bubble = openBubble({ revision });
    host.callbacks.dpSettings?.();
    host.callbacks.dpSettings?.();
    await decorate(host);
    expect([editors(), bubble.item.querySelectorAll('.marker-list__block').length]).toEqual([1, 3]);
    expect(document.head.querySelectorAll('link')).toHaveLength(1);
  });

  it('of another widget with the same fields stay as they are', async () => {
    const host = startWidget();
    const theirs = openBubble({
      revision,
      owner: 'other_widget',
      stored: { message: 'Theirs', only_main: '1' },
    });
    const before = theirs.item.outerHTML;
    const ours = openBubble({ revision });
    await decorate(host);
    formOf(ours).type('Ours');
    expect(theirs.item.outerHTML).toBe(before);
    expect(theirs.values()).toEqual({ message: 'Theirs', only_main: '1' });
    host.callbacks.destroy?.();
    expect(theirs.item.outerHTML).toBe(before);
  });

  it('of a widget whose code begins like ours stay as they are', async () => {
    const theirs = openBubble({ revision, owner: `${code}_2` });
    await decorate(startWidget());
    expect(editors(theirs.item)).toBe(0);
  });

  it('without our message field stay as they are', async () => {
    const theirs = openBubble({ revision, fields: ['text', 'only_main'] });
    const before = theirs.item.outerHTML;
    await decorate(startWidget());
    expect(theirs.item.outerHTML).toBe(before);
  });

  it('are found by the widget’s id where there is no marker', async () => {
    const ours = openBubble({ revision, owner: 'no_marker', widgetId: '501' });
    const theirs = openBubble({ revision, owner: 'no_marker', widgetId: '502' });
    await decorate(startWidget());
    expect([editors(ours.item), editors(theirs.item)]).toEqual([1, 0]);
  });

  it('are decorated once when both marker and id lead to them', async () => {
    const ours = openBubble({ revision, widgetId: '501' });
    await decorate(startWidget());
    expect(editors(ours.item)).toBe(1);
  });

  it('of another widget beside one of ours under the same item stay as they are', async () => {
    const ours = openBubble({ revision, widgetId: '501' });
    const theirs = openBubble({ revision, owner: 'other', widgetId: '502', stored: { message: 'Theirs' } });
    const place = (item: Element): Element =>
      query(item, '[data-action]').closest('.digital-pipeline__edit-bubble') ?? item;
    const foreign = place(theirs.item);
    place(ours.item).after(foreign);
    const before = foreign.outerHTML;
    await decorate(startWidget());
    expect(foreign.outerHTML).toBe(before);
    expect(editors(ours.item)).toBe(1);
  });

  it('are ours when they stand alone beside our marker, since no one knows what the id means', async () => {
    const ours = openBubble({ revision, widgetId: '90210' });
    await decorate(startWidget());
    expect(editors(ours.item)).toBe(1);
  });

  it.each(['501', code, ''])('may say %j of the widget they belong to, and are found', async (widgetId) => {
    const ours = openBubble({ revision, widgetId });
    await decorate(startWidget());
    expect(editors(ours.item)).toBe(1);
  });

  it('are found by the code in their id where there is no marker', async () => {
    const ours = openBubble({ revision, owner: 'no_marker', widgetId: code });
    await decorate(startWidget());
    expect(editors(ours.item)).toBe(1);
  });

  it('are found by both fields when nothing says whose they are', async () => {
    const ours = openBubble({ revision, stored: { message: 'Ours' } });
    unmark(ours.item);
    await decorate(startWidget());
    formOf(ours).type('Ours, changed');
    expect(ours.values()['message']).toBe('Ours, changed');
  });

  it('are found by both fields when the marker is ours and leads to none', async () => {
    const ours = openBubble({ revision });
    query(ours.item, '[data-action]').removeAttribute('data-action');
    ours.form.className = '';
    await decorate(startWidget());
    expect(editors(ours.item)).toBe(1);
  });

  it('are found by both fields outside of an item too', async () => {
    const { item, bubble } = openBubble({ revision });
    item.replaceWith(bubble);
    await decorate(startWidget());
    expect(editors(bubble)).toBe(1);
  });

  it('are decorated once when something says only later whose they are', async () => {
    const ours = openBubble({ revision });
    const marker = unmark(ours.item);
    const action = query(ours.item, '[data-action]');
    action.removeAttribute('data-action');
    const host = startWidget();
    await decorate(host);
    marker();
    action.dataset['action'] = 'send_widget_hook';
    ours.bubble.classList.remove('digital-pipeline__edit-bubble');
    await decorate(host);
    expect(editors(ours.item)).toBe(1);
  });

  it.each([
    ['one of our fields alone', { fields: ['message', 'text'] }],
    ['another widget’s id', { widgetId: '502' }],
  ])('with %s stay as they are where there is no marker', async (_case, options) => {
    const theirs = openBubble({ revision, ...options });
    unmark(theirs.item);
    const before = theirs.item.outerHTML;
    await decorate(startWidget());
    expect(theirs.item.outerHTML).toBe(before);
  });

  it('with our fields stay as they are while the platform has not said which widget this is', async () => {
    const { item } = openBubble({ revision });
    unmark(item);
    await decorate(startWidget({ settings: { widget_code: undefined, id: undefined } }));
    expect(editors(item)).toBe(0);
  });

  it('are found by the form when nothing says what sends the hook', async () => {
    const ours = openBubble({ revision });
    query(ours.item, '[data-action]').removeAttribute('data-action');
    await decorate(startWidget());
    expect(editors(ours.item)).toBe(1);
  });

  it('stay as they are while the platform has not said which widget this is', async () => {
    const stranger = openBubble({ revision, owner: 'undefined', widgetId: 'undefined' });
    await decorate(startWidget({ settings: { widget_code: undefined, id: undefined } }));
    expect(editors(stranger.item)).toBe(0);
  });

  it('are decorated anew after Kommo has drawn their fields once more', async () => {
    const form = await openForm({ revision, stored: { message: 'Before' } });
    form.redraw();
    await decorate(form.host);
    const again = formOf(form);
    expect(again.textarea.value).toBe('');
    again.type('After');
    expect(again.values()).toEqual({ message: 'After', only_main: '' });
  });

  it('are decorated anew after Kommo has drawn one field once more', async () => {
    const form = await openForm({ revision, stored: { only_main: '1' } });
    const place = query(form.block('message'), '.widget_settings_block__input_field');
    place.innerHTML = '<input class="text-input" name="message">';
    await decorate(form.host);
    expect([editors(form.item), form.item.querySelectorAll('.control-checkbox').length]).toEqual([1, 1]);
    expect(form.box().checked).toBe(true);
  });

  it('are decorated anew after something has taken the editor away', async () => {
    const form = await openForm({ revision, stored: { message: 'Hello' } });
    query(form.item, '.pipeline-messenger_message').remove();
    await decorate(form.host);
    expect(formOf(form).textarea.value).toBe('Hello');
    expect(form.item.querySelectorAll('.control-checkbox')).toHaveLength(1);
  });

  it('get the room themselves where nothing around them is known to be widened', async () => {
    const { bubble, form } = openBubble({ revision });
    bubble.classList.remove('digital-pipeline__edit-bubble');
    await decorate(startWidget());
    expect((form.parentElement ?? form).style.minWidth).not.toBe('');
  });

  it('get more room by a style of their own, and no rule for Kommo’s classes', async () => {
    const { bubble } = await openForm({ revision });
    expect(bubble.style.minWidth).not.toBe('');
    expect(
      [...document.querySelectorAll<HTMLElement>('.digital-pipeline__item *')].filter(
        (element) => element.style.minWidth !== '',
      ),
    ).toEqual([bubble]);
    expect(document.querySelectorAll('style')).toHaveLength(0);
  });
});
