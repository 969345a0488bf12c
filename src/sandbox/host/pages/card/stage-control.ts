import { draw, escapeHtml } from '../../dom.js';
import type { Session } from '../../../wire.js';
import type { Translate } from '../../words/words.js';
import type { FieldControl } from './controls.js';
import type { CardKind } from './kinds.js';
import { openMenu, type MenuChoice } from '../../menu.js';
import type { CardKey } from './words.js';

interface Stage {
  readonly value: string;
  readonly name: string;
  readonly color: string;
  readonly pipeline: string;
}

/**
 * The bar of stages of a lead or customer. Its value is `<pipeline>:<stage>`; customers have no pipeline, so theirs
 * is `0:<stage>`. Undefined for what has no stages.
 */
export function stageControl(
  kind: CardKind,
  { pipelines, customer_statuses }: Session,
  { t, onChange }: { t: Translate<CardKey>; onChange: () => void },
): FieldControl | undefined {
  if (kind.type === 'contacts' || kind.type === 'companies') return undefined;
  const stages: readonly Stage[] =
    kind.type === 'leads'
      ? pipelines.flatMap(({ id, name, statuses }) =>
          statuses.map((status) => ({
            value: `${id}:${status.id}`,
            name: status.name,
            color: status.color,
            pipeline: name,
          })),
        )
      : customer_statuses.map(({ id, name, color }) => ({
          value: `0:${id}`,
          name,
          color,
          pipeline: t('stage'),
        }));
  const $row =
    draw(`<div class="card-stage"><button type="button" class="card-stage__button" aria-haspopup="menu"
    aria-expanded="false"><span class="card-stage__name"></span> <span class="card-stage__pipeline"></span></button>
    <div class="card-stage__bar" aria-hidden="true"></div></div>`);
  let value = stages[0]?.value ?? '';

  const show = (): void => {
    const current = stages.find((stage) => stage.value === value);
    const own = stages.filter(({ pipeline }) => pipeline === current?.pipeline);
    const position = own.findIndex((stage) => stage.value === value);
    $row.find('.card-stage__name').text(current?.name ?? '');
    $row.find('.card-stage__pipeline').text(kind.type === 'leads' ? `(${current?.pipeline ?? ''})` : '');
    $row.find('.card-stage__button').attr('aria-label', `${t('stage')}: ${current?.name ?? ''}`);
    const bars = own.map(
      (_stage, index) =>
        `<span${index <= position ? ` style="background:${escapeHtml(current?.color ?? '')}"` : ''}></span>`,
    );
    const $bar = $row.find('.card-stage__bar').empty();
    for (const bar of bars) $bar.append(draw(bar));
  };
  $row.on('click', '.card-stage__button', ({ currentTarget }) => {
    const choices = stages.map((stage): MenuChoice => ({
      label: stage.name,
      color: stage.color,
      isChosen: stage.value === value,
      ...(kind.type === 'leads' && { group: stage.pipeline }),
      choose() {
        value = stage.value;
        show();
        onChange();
      },
    }));
    openMenu(currentTarget as HTMLElement, t('stage'), choices);
  });
  return {
    name: 'stage',
    $row,
    read: () => value,
    write(next) {
      if (typeof next === 'string') value = next;
      show();
    },
  };
}
