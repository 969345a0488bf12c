import { findMacros, renderMacros } from '../../../contract/macros.js';
import type { MacroName } from '../../../contract/macros.js';
import { elementTypes } from '../../../kommo/elements.js';
import { contactNames } from './contact-names.js';
import type { ContactNames } from './contact-names.js';
import { phoneForPeople } from './e164.js';
import { priceText } from './price.js';
import type { PriceOptions } from './price.js';

/** What has to be read from the API for a text, beside the entity and its contacts. */
export interface Needed {
  /** The responsible user. */
  readonly manager: boolean;
  /** The pipeline with its stages. */
  readonly pipeline: boolean;
  /** The account, for its currency and country. */
  readonly account: boolean;
}

/** What the macros of this text need; unknown macros need nothing. */
export function neededFor(text: string): Needed {
  const names = new Set(findMacros(text).map(({ name }) => name));
  const holds = (...wanted: MacroName[]) => wanted.some((name) => names.has(name));
  return {
    manager: holds('manager_name', 'manager_phone', 'manager_email'),
    pipeline: holds('stage_name', 'pipeline_name'),
    account: holds('lead_price'),
  };
}

/** A lead or a customer as the API gives it (`platform/server.md §5.2`, `§5.3`). */
export interface EntityFields {
  readonly id?: unknown;
  readonly name?: unknown;
  /** Of a lead. */
  readonly price?: unknown;
  /** Of a customer. */
  readonly next_price?: unknown;
}

/** The responsible user. API v4 shows no phone number of users, so that it is empty unless it is known otherwise. */
export interface Manager {
  readonly name?: unknown;
  readonly email?: unknown;
  readonly phone?: unknown;
}

export interface MacroSources extends PriceOptions {
  readonly entity: EntityFields;
  /** {@link elementTypes}: a lead or a customer. */
  readonly elementType: number;
  readonly contact?: ContactNames | undefined;
  /** E.164. */
  readonly phone?: string | undefined;
  readonly email?: string | undefined;
  readonly manager?: Manager | undefined;
  readonly pipelineName?: string | undefined;
  readonly stageName?: string | undefined;
  /** Of the account's pages, as `https://demo.kommo.com`. */
  readonly origin: string;
}

/**
 * The value of every macro of the contract, written as in the samples of the widget's preview. The macros named after
 * the lead speak of the customer where the event is about one: its name, its next purchase and its card. What the
 * account doesn't know is an empty text.
 */
export function macroValues(sources: MacroSources): Record<MacroName, string> {
  const { entity, elementType, contact, phone, email, manager, origin } = sources;
  const isCustomer = elementType === elementTypes.customer;
  const names = contactNames(contact);
  const id = textOf(entity.id);
  return {
    contact_name: names.full,
    contact_first_name: names.first,
    contact_last_name: names.last,
    // Most texts have neither numbers nor prices, whose spelling takes longer than all the rest: on demand.
    get contact_phone() {
      return phoneText(phone);
    },
    contact_email: textOf(email),
    lead_name: textOf(entity.name),
    lead_id: id,
    get lead_price() {
      return priceText(isCustomer ? entity.next_price : entity.price, sources);
    },
    lead_link: id === '' ? '' : `${origin}/${isCustomer ? 'customers' : 'leads'}/detail/${id}`,
    stage_name: textOf(sources.stageName),
    pipeline_name: textOf(sources.pipelineName),
    manager_name: textOf(manager?.name),
    get manager_phone() {
      return phoneText(manager?.phone);
    },
    manager_email: textOf(manager?.email),
  };
}

/**
 * The text as the contact gets it. A macro without a value leaves no blanks at the text's ends, and a text of which
 * nothing is left but marks without a shape is empty; blanks inside stay as they were typed.
 */
export function renderText(text: string, values: Partial<Record<MacroName, string>>): string {
  const rendered = renderMacros(text, values).trim();
  return /[^\s\p{Cf}]/u.test(rendered) ? rendered : '';
}

function phoneText(value: unknown): string {
  return phoneForPeople(textOf(value));
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value.trim();
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : '';
}
