import { addEntity, linkEntities } from '../changes.js';
import { nowSeconds } from '../context.js';
import type { AccountContext } from '../context.js';
import type { Cause } from '../bus.js';
import type { Account, Chat, ChatChannel, Contact, CustomFieldValues, Lead, Pipeline } from '../state.js';
import { fixedStatuses } from '../state.js';
import { addUnsorted } from '../unsorted.js';
import type { Fields } from './fields.js';

/**
 * The lead of a client who writes for the first time: an incoming lead in the pipeline of the source, with the
 * contact that the message tells of. Where incoming leads are switched off, an ordinary lead in the pipeline's
 * first stage (`platform/server.md §5.10`, `§6.3`).
 */
export function addIncomingLead(
  context: AccountContext,
  channel: ChatChannel,
  chat: Chat,
  content: Fields,
): Lead {
  const { account } = context;
  const pipeline = pipelineOf(account, channel, chat);
  const isUnsorted = account.is_unsorted_on && pipeline.is_unsorted_on;
  const status = pipeline.statuses
    .toSorted((one, other) => one.sort - other.sort)
    .find(({ id, type }) =>
      isUnsorted ? type === 1 : type === 0 && id !== fixedStatuses.won && id !== fixedStatuses.lost,
    );
  const options = { silent: isUnsorted };
  const responsible = { responsible_user_id: account.current_user_id, group_id: 0 };
  const blank = { closest_task_at: null, tags: [], ...responsible };

  const known = chat.contact_id === null ? undefined : account.contacts.get(chat.contact_id);
  const contact =
    known ??
    addEntity(
      context,
      'contacts',
      { ...blank, ...contactDraft(account, chat), is_unsorted: isUnsorted },
      robot,
      options,
    );
  chat.contact_id = contact.id;
  const lead = addEntity(
    context,
    'leads',
    {
      ...blank,
      name: `${channel.title ?? channel.name}: ${chat.user.name}`,
      custom_fields_values: null,
      price: 0,
      pipeline_id: pipeline.id,
      status_id: status?.id ?? 0,
      loss_reason_id: null,
      closed_at: null,
      score: null,
      source_id: sourceOf(account, channel, chat)?.id ?? null,
      is_price_modified_by_robot: false,
    },
    robot,
    options,
  );
  linkEntities(context, ['leads', lead.id], ['contacts', contact.id], {
    by: robot.by,
    isMain: true,
    silent: true,
  });
  if (isUnsorted)
    tellUnsorted(context, channel, chat, { lead, contact, content, isKnown: known !== undefined });
  return lead;
}

const robot: Cause = { by: 0, triggersDigitalPipeline: true };

/** The platform's `metadata` of an incoming chat is not in the documentation at hand; these fields are ours. */
function tellUnsorted(
  context: AccountContext,
  channel: ChatChannel,
  chat: Chat,
  { lead, contact, content, isKnown }: { lead: Lead; contact: Contact; content: Fields; isKnown: boolean },
): void {
  const at = nowSeconds(context);
  const sourceName = sourceOf(context.account, channel, chat)?.name ?? channel.title ?? channel.name;
  addUnsorted(context, {
    source_uid: chat.source_external_id,
    source_name: sourceName,
    category: 'chats',
    pipeline_id: lead.pipeline_id,
    created_at: at,
    metadata: {
      from: chat.user.phone,
      received_at: at,
      service: channel.code,
      client: { name: chat.user.name, avatar: chat.user.avatar },
      origin: { chat_id: chat.id },
      last_message_text: typeof content.text === 'string' ? content.text : '',
      source_name: sourceName,
    },
    lead_ids: [lead.id],
    contact_ids: isKnown ? [] : [contact.id],
    company_ids: [],
    by: robot.by,
  });
}

function contactDraft(account: Account, { user }: Chat) {
  const values = [fieldValue(account, 'PHONE', user.phone), fieldValue(account, 'EMAIL', user.email)].flat();
  return {
    name: user.name,
    first_name: user.name,
    last_name: '',
    custom_fields_values: values.length > 0 ? values : null,
  };
}

function fieldValue(account: Account, code: 'PHONE' | 'EMAIL', value: string): CustomFieldValues[] {
  const field = account.custom_fields.contacts.find((one) => one.code === code);
  const kind = field?.enums?.[0];
  if (value === '' || field === undefined) return [];
  return [
    {
      field_id: field.id,
      field_name: field.name,
      field_code: code,
      field_type: field.type,
      values: [{ value, ...(kind && { enum_id: kind.id, enum_code: kind.value }) }],
    },
  ];
}

/** The source that the chat names, or the default one of the channel's integration. */
function sourceOf(account: Account, channel: ChatChannel, chat: Chat) {
  const own = [...account.sources.values()].filter(({ client_uuid }) => client_uuid === channel.client_uuid);
  return (
    own.find(({ external_id }) => external_id === chat.source_external_id) ?? own.find((one) => one.default)
  );
}

function pipelineOf(account: Account, channel: ChatChannel, chat: Chat): Pipeline {
  const pipelines = [...account.pipelines.values()].filter(({ is_archive }) => !is_archive);
  const pipeline =
    account.pipelines.get(sourceOf(account, channel, chat)?.pipeline_id ?? 0) ??
    pipelines.find(({ is_main }) => is_main) ??
    pipelines[0];
  if (pipeline === undefined) throw new Error('An account has at least one pipeline.');
  return pipeline;
}
