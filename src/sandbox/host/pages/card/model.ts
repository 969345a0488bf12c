import { amdLoad } from '../../amd/amd.js';
import type { Session } from '../../../wire.js';
import type { FormValues } from './form.js';
import type { CardKind } from './kinds.js';
import type { CardEntity } from './read-card.js';

/** The part of a Backbone model that the host uses. */
interface Model {
  set(attributes: Readonly<Record<string, unknown>>): void;
}

/** `APP.data.current_card` (`platform/widget.md §3.5`). */
export interface CurrentCard {
  /** 0 while the card is new. */
  id: number;
  /** The form's values as they stand, saved or not. */
  readonly model: Model;
  readonly type: string;
  readonly element_type: number;
  main_user: number;
}

/**
 * Documented are `id`, `model` and nothing of the model's attributes. Here they are `id`, the names of the API for
 * what every card has (`name`, `price`, `responsible_user_id`, `status_id`, `pipeline_id`), and `CFV[<field id>]`;
 * of a lead also `lead[STATUS]` and `lead[PIPELINE_ID]`, which widgets read (CODE).
 */
export async function createCurrentCard(kind: CardKind, id: number): Promise<CurrentCard> {
  const [backbone] = await amdLoad(['backbone']);
  const { Model } = backbone as { Model: new (attributes: object) => Model };
  return { id, model: new Model({ id }), type: kind.singular, element_type: kind.element, main_user: 0 };
}

/** Puts what the form holds into the model, whose listeners hear of every change. */
export function followForm(card: CurrentCard, entity: CardEntity, { stage, ...values }: FormValues): void {
  const [pipeline, status] = typeof stage === 'string' ? stage.split(':').map(Number) : [];
  card.id = entity.id;
  card.main_user = entity.responsible_user_id;
  card.model.set({
    ...values,
    id: entity.id,
    ...(values['responsible_user_id'] !== undefined && {
      responsible_user_id: Number(values['responsible_user_id']),
    }),
    ...(values['price'] !== undefined && { price: Number(values['price']) }),
    ...(status !== undefined && { status_id: status }),
    ...(pipeline !== undefined && pipeline !== 0 && { pipeline_id: pipeline }),
    ...(card.type === 'lead' && { 'lead[STATUS]': status, 'lead[PIPELINE_ID]': pipeline }),
  });
}

/** The user who is responsible for the entity, by name. */
export function userName({ users }: Session, id: number): string | undefined {
  return users.find((user) => user.id === id)?.name;
}
