const contact = {
  name: 'Ann',
  custom_fields_values: [{ field_code: 'PHONE', values: [{ value: '+15550100' }] }],
};
const lead = {
  name: 'Deal',
  price: 10,
  pipeline_id: 50,
  status_id: 501,
  responsible_user_id: 11,
  custom_fields_values: [{ field_id: 1, values: [{ value: 'x', enum_id: 1, enum_code: 'WORK' }] }],
  _embedded: {
    tags: [{ name: 'hot' }],
    contacts: [{ id: 8001, is_main: true }],
    source: { external_id: 'a' },
  },
};
const call = {
  direction: 'inbound',
  uniq: 'pbx-1',
  duration: 37,
  source: 'acme',
  phone: '+15550100',
  link: 'https://rec.example.com/1.mp3',
  call_status: 4,
  call_responsible: 'Ann',
  created_by: 11,
  request_id: 'q1',
};
const metadata = {
  uniq: 'pbx-1',
  duration: 0,
  service_code: 'acme',
  link: 'https://rec.example.com/1.mp3',
  phone: '15550100',
  called_at: 1_760_000_000,
  from: 'Acme',
};
const form = {
  form_id: '1',
  form_name: 'Form',
  form_page: 'https://example.com',
  ip: '203.0.113.1',
  form_sent_at: 1_760_000_000,
};
const incoming = {
  source_name: 'Acme VoIP',
  source_uid: 'acme-main',
  pipeline_id: 50,
  _embedded: { leads: [{ name: 'Call' }], contacts: [contact] },
};
const note = { entity_id: 7001, note_type: 'common', params: { text: 'Hello' } };

/**
 * Bodies that the API takes, or nearly, by the end of their address: random bodies seldom get past the first check,
 * those with one thing wrong do.
 */
export const soundBodies: readonly (readonly [end: RegExp, body: unknown])[] = [
  [/\/custom_fields$/, [{ name: 'Size', type: 'select', code: 'S', enums: [{ value: 'S', sort: 1 }] }]],
  [/\/custom_fields\/:id$/, { name: 'Size', sort: 1, enums: [{ value: 'S' }] }],
  [
    /\/templates$/,
    [{ name: 'A', content: 'B', buttons: [{ type: 'inline', text: 'C' }], waba_examples: { a: 'b' } }],
  ],
  [/\/v2\/events$/, { add: [{ type: 'phone_call', phone_number: '+15550100', users: [11] }] }],
  [/\/leads$/, [lead]],
  [/\/contacts$/, [contact]],
  [/\/companies$/, [{ name: 'Acme', _embedded: { contacts: [{ id: 8001 }] } }]],
  [/\/customers$/, [{ name: 'Ann', next_price: 1, next_date: 1_760_000_000, periodicity: 30 }]],
  [/\/(leads|contacts|companies|customers)\/:id/, { ...lead, id: 7001, ...note }],
  [/\/leads\/complex$/, [{ ...lead, _embedded: { contacts: [contact], companies: [{ name: 'Acme' }] } }]],
  [/\/unsorted\/sip$/, [{ ...incoming, metadata }]],
  [/\/unsorted\/forms$/, [{ ...incoming, metadata: form }]],
  [/\/(accept|decline)$/, { user_id: 11, status_id: 501 }],
  [/\/(un)?link$/, [{ to_entity_id: 8001, to_entity_type: 'contacts', metadata: { is_main: true } }]],
  [/\/v4\/.*\/notes$/, [note, { ...note, note_type: 'call_in', params: call }]],
  [
    /\/v4\/.*\/notes$/,
    [{ ...note, note_type: 'geolocation', params: { text: 'x', address: 'y', longitude: 1, latitude: 2 } }],
  ],
  [/\/v2\/notes$/, { add: [{ element_id: 7001, element_type: 2, note_type: 4, params: { text: 'Hello' } }] }],
  [/\/tasks$/, [{ text: 'Call', complete_till: 1_760_000_000, entity_id: 7001, entity_type: 'leads' }]],
  [/\/tasks\/:id/, { text: 'Call', is_completed: true, result: { text: 'Done' } }],
  [/\/calls$/, [call]],
  [
    /\/sources$/,
    [{ name: 'A', external_id: 'a', services: [{ type: 'whatsapp', pages: [{ id: '1', name: 'A' }] }] }],
  ],
  [/\/webhooks$/, { destination: 'http://127.0.0.1:9/hook', settings: ['add_lead'], sort: 10 }],
  [/\/salesbot\/run$/, [{ bot_id: 1, entity_id: 7001, entity_type: 2 }]],
  [/\/bots\/:bot\/(run|stop)$/, { entity_id: 7001, entity_type: 'leads' }],
  [
    /\/continue\/:id$/,
    {
      data: { status: 'ok' },
      execute_handlers: [{ handler: 'show', params: { type: 'text', value: 'Hi' } }],
    },
  ],
  [
    /\/custom\/:scope$/,
    {
      event_type: 'new_message',
      payload: {
        ...{ timestamp: 1_760_000_000, msec_timestamp: 1_760_000_000_123, silent: false },
        ...{ msgid: 'our-1', conversation_id: 'c-1', sender: { id: 'client-1', name: 'Ann' } },
        message: { type: 'text', text: 'Good day' },
        reply_to: { message: { id: '1' } },
      },
    },
  ],
  [/\/:scope\/chats$/, { conversation_id: 'c-1', user: { id: 'client-1', name: 'Ann', profile: {} } }],
  [/\/typing$/, { conversation_id: 'c-1', sender: { id: 'client-1' } }],
  [
    /\/react$/,
    { conversation_id: 'c-1', msgid: 'our-1', user: { id: 'client-1' }, type: 'react', emoji: '👍' },
  ],
  [/\/delivery_status$/, { status_code: -1, error_code: 905, error: 'No' }],
  [/\/connect$/, { account_id: 'a', title: 'A', hook_api_version: 'v2' }],
  [/\/access_token$/, { client_id: 'a', client_secret: 'b', grant_type: 'refresh_token', redirect_uri: 'c' }],
  [/\/contacts\/chats$/, [{ contact_id: 8001, chat_id: 'c' }]],
];
