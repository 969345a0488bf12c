import type { MessageReason, MessageState } from '../../contract/message-outcomes.js';
import type { NoteLanguage, Platform } from '../config.js';
import { phoneForPeople } from '../delivery/planning/e164.js';
import { cut } from './graphemes.js';
import { fill, noteWords, plural } from './words.js';
import type { GroupKind, NoteWords } from './words.js';

/** What became of one recipient, as the note tells it. */
export interface NoteOutcome {
  readonly contactName?: string | null | undefined;
  /** E.164, or what stands in the card when that is no number. */
  readonly phone?: string | null | undefined;
  readonly state: MessageState;
  readonly reason?: MessageReason | null | undefined;
  /** Title of the chat service; that of {@link NoteOptions} goes first. */
  readonly service?: string | null | undefined;
  /** The service's own code and words. */
  readonly serviceCode?: string | null | undefined;
  readonly serviceDetail?: string | null | undefined;
  /** With its macros filled in. */
  readonly text?: string | null | undefined;
}

export interface NoteOptions {
  readonly language: NoteLanguage;
  /** Title of the chat service: `Twilio`. */
  readonly service?: string | undefined;
  /** Whether what is still queued is tried again by itself. */
  readonly willRetry?: boolean;
  readonly platform?: Platform;
}

/** Names that a group shows; an account's page folds long notes, and the backend's API lists all. */
const mostNames = 50;

/** Characters as people see them. */
const longest = { name: 60, detail: 160, text: 500 } as const;

const crmNames: Readonly<Record<Platform, string>> = { kommo: 'Kommo', amocrm: 'amoCRM' };

/**
 * The text of an event's note in the feed, for a salesperson: who got the message, and for everybody else why not and
 * what to do. Recipients with the same outcome stand together, so that thirty of them stay readable. The message
 * itself comes last if it is the same for all.
 */
export function noteText(outcomes: readonly NoteOutcome[], options: NoteOptions): string {
  const words = noteWords[options.language];
  const groups = groupsOf(outcomes);
  const paragraphs = groups.map((group) =>
    groupText(group, { ...options, words, isOnly: groups.length < 2 }),
  );
  if (groups.length > 1) paragraphs.unshift(summary(outcomes, options));
  if (groups.length === 0) paragraphs.push(words.only.notSent);
  const text = commonText(outcomes);
  if (text !== undefined) paragraphs.push(`${words.text}\n${cut(text, longest.text)}`);
  return paragraphs.join('\n\n');
}

interface Group {
  readonly kind: GroupKind;
  readonly outcomes: [NoteOutcome, ...NoteOutcome[]];
}

const kindOrder: readonly GroupKind[] = ['read', 'delivered', 'sent', 'waiting', 'notDelivered', 'notSent'];

/** Outcomes that read the same, those that went well first, otherwise in their own order. */
function groupsOf(outcomes: readonly NoteOutcome[]): Group[] {
  const groups = new Map<string, Group>();
  for (const outcome of outcomes) {
    const { reason, service, serviceCode, serviceDetail } = outcome;
    const kind = kindOf(outcome);
    const same = wentOut.has(kind) ? [kind] : [kind, reason, service, serviceCode, serviceDetail];
    const key = JSON.stringify(same.map((value) => value ?? ''));
    const group = groups.get(key);
    if (group) group.outcomes.push(outcome);
    else groups.set(key, { kind, outcomes: [outcome] });
  }
  return [...groups.values()].sort((a, b) => kindOrder.indexOf(a.kind) - kindOrder.indexOf(b.kind));
}

const wentOut: ReadonlySet<GroupKind> = new Set(['read', 'delivered', 'sent']);

function kindOf({ state, reason }: NoteOutcome): GroupKind {
  if (state === 'queued') return 'waiting';
  if (state === 'skipped') return 'notSent';
  if (state === 'failed') return reason === 'undelivered' ? 'notDelivered' : 'notSent';
  return state;
}

function summary(outcomes: readonly NoteOutcome[], options: NoteOptions): string {
  const words = noteWords[options.language];
  const total = outcomes.length;
  const n = outcomes.filter((outcome) => wentOut.has(kindOf(outcome))).length;
  if (n === 0)
    return outcomes.some(({ state }) => state === 'queued') ? words.only.waiting : words.only.notSent;
  const forms = n === total ? words.sentToAll : words.sentToSome;
  const service = options.service ?? outcomes.find((one) => one.service)?.service ?? words.service;
  return fill(plural(forms, total, options.language), { n, total, service });
}

interface GroupOptions extends NoteOptions {
  readonly words: NoteWords;
  /** Whether the note has no other. */
  readonly isOnly: boolean;
}

function groupText({ kind, outcomes }: Group, options: GroupOptions): string {
  const { words, isOnly } = options;
  const [first] = outcomes;
  const service = options.service ?? first.service ?? words.service;
  const heading = fill((isOnly ? words.only : words.group)[kind], { service });
  const names = namesText(outcomes, words);
  const lines = [names === '' ? heading : `${heading}: ${names}`];
  const retried = kind === 'waiting' && options.willRetry === true;
  if (!wentOut.has(kind) && first.reason) {
    const values = { service, crm: crmNames[options.platform ?? 'kommo'] };
    const { why, todo } = words.reasons[first.reason];
    const sentence = capitalised(fill(why, values), words.service) + serviceWords(first, words);
    lines.push(`${sentence}. ${retried ? words.retry : fill(todo, values)}.`);
  } else if (retried) {
    lines.push(`${words.retry}.`);
  }
  return lines.join('\n');
}

function namesText(outcomes: Group['outcomes'], words: NoteWords): string {
  if (outcomes.length === 1 && isNobody(outcomes[0])) return '';
  const names = outcomes.slice(0, mostNames).map((outcome) => recipientText(outcome) || words.unnamed);
  const more = outcomes.length - names.length;
  return names.join(', ') + (more > 0 ? ` ${fill(words.more, { n: more })}` : '');
}

/** An outcome of the event as a whole: there was no contact that it could be about. */
function isNobody({ contactName, phone, reason }: NoteOutcome): boolean {
  return !contactName && !phone && reason !== 'no_phone';
}

function recipientText({ contactName, phone }: NoteOutcome): string {
  const name = cut(oneLine(contactName), longest.name);
  const number = phoneForPeople(cut(oneLine(phone), longest.name));
  // Contacts that came in through a call are often named after their number.
  const isNamed = name !== '' && (/\p{L}/u.test(name) || digitsOf(name) !== digitsOf(number));
  if (!isNamed) return number === '' ? name : number;
  return number === '' ? name : `${name} (${number})`;
}

function digitsOf(text: string): string {
  return text.replace(/\D/g, '');
}

/** What the service itself says, in brackets: its code, its words, or both. */
function serviceWords({ serviceCode, serviceDetail }: NoteOutcome, words: NoteWords): string {
  const code = oneLine(serviceCode);
  const detail = cut(oneLine(serviceDetail).replace(/\.$/, ''), longest.detail);
  const parts = [code === '' ? '' : fill(words.code, { code }), detail].filter((part) => part !== '');
  return parts.length === 0 ? '' : ` (${parts.join(': ')})`;
}

function commonText(outcomes: readonly NoteOutcome[]): string | undefined {
  const texts = new Set(outcomes.map(({ text }) => text?.trim() ?? '').filter((text) => text !== ''));
  return texts.size === 1 ? [...texts][0] : undefined;
}

function oneLine(text: string | null | undefined): string {
  return (text ?? '').replace(/\s+/g, ' ').trim();
}

/** A sentence may begin with the stand-in for a service; a brand (amoCRM) keeps its spelling. */
function capitalised(sentence: string, standIn: string): string {
  return sentence.startsWith(standIn) ? sentence.charAt(0).toUpperCase() + sentence.slice(1) : sentence;
}
