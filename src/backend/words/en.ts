import type { NoteWords } from './words.js';

export const en: NoteWords = {
  only: {
    read: 'Message sent via {service} and read',
    delivered: 'Message delivered via {service}',
    sent: 'Message sent via {service}',
    waiting: 'Message not sent yet',
    notSent: 'Message not sent',
    notDelivered: 'Message not delivered',
  },
  group: {
    read: 'Read',
    delivered: 'Delivered',
    sent: 'Sent',
    waiting: 'Not sent yet',
    notSent: 'Not sent',
    notDelivered: 'Not delivered',
  },
  sentToAll: {
    one: 'Message sent to {n} contact via {service}',
    other: 'Message sent to {n} contacts via {service}',
  },
  sentToSome: {
    one: 'Message sent to {n} of {total} contact via {service}',
    other: 'Message sent to {n} of {total} contacts via {service}',
  },
  unnamed: 'contact without a name',
  more: 'and {n} more',
  service: 'the chat service',
  code: 'code {code}',
  retry: 'We will try again automatically. You don’t need to do anything',
  text: 'Message text:',
  reasons: {
    no_phone: {
      why: 'There is no phone number',
      todo: 'Add one to the contact and write to them yourself',
    },
    invalid_phone: {
      why: 'The phone number is not valid',
      todo: 'Correct it in the contact and write to them yourself',
    },
    no_contact: {
      why: 'No contact is linked',
      todo: 'Link a contact with a phone number and write to them yourself',
    },
    entity_gone: {
      why: 'The card was deleted before the message could be sent',
      todo: 'If that was a mistake, restore it and write to the contact yourself',
    },
    not_on_service: {
      why: '{service} has no account with this number',
      todo: 'Call the contact or write to them in another way',
    },
    repeated_text: {
      why: 'The same text was sent to this number a short while ago',
      todo: 'You don’t need to do anything',
    },
    number_served: {
      why: 'Another contact has the same number and was written to',
      todo: 'If the contact has a number of their own, add it and write to them yourself',
    },
    empty_text: {
      why: 'The message is empty: its macros have nothing to fill in',
      todo: 'Fill in the fields that the message uses, or ask an administrator to change its text in the digital pipeline',
    },
    not_connected: {
      why: 'The chat service is not connected or does not accept the access data',
      todo: 'Ask an administrator to check the connection, and write to the contact yourself meanwhile',
    },
    number_refused: {
      why: '{service} does not accept this number',
      todo: 'Check the number in the contact and write to them yourself',
    },
    text_refused: {
      why: '{service} does not accept this text',
      todo: 'Ask an administrator to change the text in the digital pipeline',
    },
    window_closed: {
      why: 'The contact has not written in the last 24 hours, and {service} then accepts approved templates only',
      todo: 'Call the contact or write to them in another way. Messages go through again once the contact has written',
    },
    recipient_blocked: {
      why: 'The contact has blocked your messages or unsubscribed from them',
      todo: 'Call the contact or write to them in another way',
    },
    service_refused: {
      why: '{service} did not accept the message',
      todo: 'Tell an administrator, who can look up the reason in the service’s account',
    },
    service_unavailable: {
      why: '{service} did not answer',
      todo: 'We have tried several times. Write to the contact yourself, and if it happens again, tell an administrator',
    },
    undelivered: {
      why: '{service} accepted the message but could not deliver it',
      todo: 'Check the number, call the contact or write to them in another way',
    },
    access_revoked: {
      why: 'The integration no longer has access to the {crm} account',
      todo: 'Ask an administrator to install it again, and write to the contact yourself meanwhile',
    },
    subscription_lapsed: {
      why: 'The account’s {crm} subscription has expired',
      todo: 'Ask an administrator to renew it, and write to the contact yourself meanwhile',
    },
    kommo_unavailable: {
      why: '{crm} did not answer',
      todo: 'We have tried several times. Write to the contact yourself, and if it happens again, contact our support',
    },
    kommo_refused: {
      why: '{crm} does not let the integration read the contacts',
      todo: 'Ask an administrator to check the rights of the user who installed the integration',
    },
    internal: {
      why: 'A fault in the integration itself kept the message from being sent',
      todo: 'Write to the contact yourself and tell our support',
    },
  },
};
