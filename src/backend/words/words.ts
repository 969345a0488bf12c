import type { MessageReason } from '../../contract/message-outcomes.js';
import type { NoteLanguage } from '../config.js';
import { en } from './en.js';
import { es } from './es.js';
import { id } from './id.js';
import { pt } from './pt.js';
import { ru } from './ru.js';
import { tr } from './tr.js';

/**
 * The words of the notes in the feed, in one language. Names in braces are filled in: `{service}` is the chat
 * service's title or {@link NoteWords.service}, `{crm}` the platform's name; sentences have to fit both as they are.
 */
export interface NoteWords {
  /** How the only group of a note begins. */
  readonly only: Readonly<Record<GroupKind, string>>;
  /** How a group among others begins. */
  readonly group: Readonly<Record<GroupKind, string>>;
  /** First line above several groups; `{n}` decides the form. */
  readonly sentToAll: Plural;
  /** The same where not all got it; `{total}` decides the form. */
  readonly sentToSome: Plural;
  /** A contact without a name and a number. */
  readonly unnamed: string;
  /** After the names that are shown. */
  readonly more: string;
  /** Stands for a chat service whose title is not known. */
  readonly service: string;
  readonly code: string;
  /** For what is tried again by itself. */
  readonly retry: string;
  /** Above the text of the message. */
  readonly text: string;
  readonly reasons: Readonly<Record<MessageReason, ReasonWords>>;
}

export type GroupKind = 'read' | 'delivered' | 'sent' | 'waiting' | 'notSent' | 'notDelivered';

/** Sentences without their full stop. */
export interface ReasonWords {
  readonly why: string;
  readonly todo: string;
}

/** Forms by the categories of `Intl.PluralRules`; `other` stands in for those that a language does without. */
export type Plural = Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>;

export const noteWords: Readonly<Record<NoteLanguage, NoteWords>> = { en, es, pt, tr, id, ru };

/** A text with its names in braces filled in; an unknown one stays. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (name, key: string) => String(values[key] ?? name));
}

/** The form for this number, not yet filled in. */
export function plural(forms: Plural, number: number, language: NoteLanguage): string {
  return forms[new Intl.PluralRules(language).select(number)] ?? forms.other;
}
