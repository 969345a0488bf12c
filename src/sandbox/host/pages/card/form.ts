import { draw } from '../../dom.js';
import type { CustomField } from '../../../account/state.js';
import type { Session } from '../../../wire.js';
import type { Translate } from '../../words/words.js';
import {
  checkboxControl,
  checkboxesControl,
  choicesOf,
  radioControl,
  selectControl,
  textControl,
  type FieldControl,
} from './controls.js';
import { fieldPatch, fieldValueOf, type FieldValue } from './field-values.js';
import type { CardKind } from './kinds.js';
import { multitextControl } from './multitext-control.js';
import type { CardEntity } from './read-card.js';
import { stageControl } from './stage-control.js';
import type { CardKey } from './words.js';

export type FormValues = Readonly<Record<string, FieldValue>>;

/** The controls of a card and which of them hold something that is not saved. */
export interface CardForm {
  /** Name and stage, which stand above the tabs. */
  readonly $head: JQuery;
  readonly $fields: JQuery;
  values(): FormValues;
  /** Of the controls that differ from what is stored. */
  drafts(): FormValues;
  /** Shows what is stored now; a control with a draft keeps it, unless `all` are to be shown. */
  fill(entity: CardEntity, options?: { all?: boolean }): void;
  /** Puts drafts into the controls again. */
  restore(drafts: FormValues): void;
  /** The body of a `PATCH` or `POST` that stores the drafts. */
  patch(): Record<string, unknown>;
}

export interface FormParts {
  readonly kind: CardKind;
  readonly fields: readonly CustomField[];
  readonly session: Session;
  readonly t: Translate<CardKey>;
  readonly ownerId: number;
  /** Somebody typed or chose something. */
  readonly onChange: () => void;
}

export function createForm(parts: FormParts): CardForm {
  const { kind, fields, session, t, onChange } = parts;
  const name = textControl('name', t('name'));
  name.$row
    .addClass('card-field_name')
    .find('input')
    .attr('placeholder', t(`${kind.singular}Name`));
  const stage = stageControl(kind, session, { t, onChange });
  const money = moneyControl(parts);
  const responsible = selectControl(
    'responsible_user_id',
    t('responsible'),
    session.users.map((user) => ({ id: String(user.id), label: user.name })),
  );
  const custom = new Map(fields.map((field) => [customControl(field, parts), field]));
  const controls: readonly FieldControl[] = [name, stage, responsible, money, ...custom.keys()].filter(
    (control) => control !== undefined,
  );

  const $head = draw('<div class="card-head"></div>').append(name.$row, stage?.$row ?? '');
  const $fields = draw('<div class="card-fields__list"></div>');
  for (const control of controls) if (control !== name && control !== stage) $fields.append(control.$row);
  for (const $part of [$head, $fields]) $part.on('input change', onChange);

  let stored: Record<string, FieldValue> = {};
  const storedIn = (entity: CardEntity): Record<string, FieldValue> => ({
    name: entity.name,
    responsible_user_id: String(entity.responsible_user_id),
    ...(stage && { stage: `${entity.pipeline_id ?? 0}:${entity.status_id ?? 0}` }),
    ...(money && { [money.name]: String(entity.price ?? entity.next_price ?? '') }),
    ...Object.fromEntries([...custom].map(([control, field]) => [control.name, fieldValueOf(field, entity)])),
  });
  const drafts = (): FormValues =>
    Object.fromEntries(
      controls
        .map((control) => [control.name, control.read()] as const)
        .filter(([key, value]) => !same(value, stored[key])),
    );

  return {
    $head,
    $fields,
    values: () => Object.fromEntries(controls.map((control) => [control.name, control.read()])),
    drafts,
    fill(entity, { all = false } = {}) {
      const kept = all ? {} : drafts();
      const before = stored;
      stored = storedIn(entity);
      for (const control of controls) {
        const value = stored[control.name];
        const isShown = same(value, before[control.name]) && !all;
        if (value !== undefined && kept[control.name] === undefined && !isShown) control.write(value);
      }
    },
    restore(values) {
      for (const control of controls) {
        const value = values[control.name];
        if (value !== undefined) control.write(value);
      }
    },
    patch() {
      const changed = drafts();
      const own = [...custom].filter(([control]) => changed[control.name] !== undefined);
      return {
        ...plainPatch(changed),
        ...(own.length > 0 && {
          custom_fields_values: own.map(([control, field]) => fieldPatch(field, control.read())),
        }),
      };
    },
  };
}

function plainPatch({ name, responsible_user_id, stage, price, next_price }: FormValues): object {
  const [pipeline, status] = typeof stage === 'string' ? stage.split(':').map(Number) : [];
  return {
    ...(name !== undefined && { name }),
    ...(responsible_user_id !== undefined && { responsible_user_id: Number(responsible_user_id) }),
    ...(status !== undefined && { status_id: status }),
    ...(pipeline !== undefined && pipeline !== 0 && { pipeline_id: pipeline }),
    ...(price !== undefined && { price: Number(price) }),
    ...(next_price !== undefined && { next_price: Number(next_price) }),
  };
}

/** Whole money in the account's currency; what is no digit is not counted. */
function moneyControl({ kind, session, t }: FormParts): FieldControl | undefined {
  const clean = (text: string): string => text.replace(/\D/g, '').slice(0, 12);
  const symbol = session.account.currency_symbol;
  if (kind.type === 'leads') return textControl('price', `${t('sale')}, ${symbol}`, { clean });
  if (kind.type === 'customers') return textControl('next_price', `${t('nextPrice')}, ${symbol}`, { clean });
  return undefined;
}

function customControl(field: CustomField, { t, ownerId }: FormParts): FieldControl {
  const name = `CFV[${field.id}]`;
  switch (field.type) {
    case 'checkbox':
      return checkboxControl(name, field.name);
    case 'select':
      return selectControl(name, field.name, choicesOf(field), { none: t('notChosen') });
    case 'radiobutton':
      return radioControl(name, field.name, choicesOf(field));
    case 'multiselect':
      return checkboxesControl(name, field.name, choicesOf(field));
    case 'multitext':
      return multitextControl(name, field, { t, ownerId });
    case 'date':
    case 'birthday':
      return textControl(name, field.name, { type: 'date' });
    case 'textarea':
      return textControl(name, field.name, { isLong: true });
    case 'url':
      return textControl(name, field.name, { type: 'url' });
    default:
      return textControl(name, field.name);
  }
}

/** Values are JSON, and the order of their parts is always the same. */
function same(one: FieldValue | undefined, other: FieldValue | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
