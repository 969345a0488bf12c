import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { messageReasons, messageStates } from '../../../src/contract/message-outcomes.js';
import { languages } from '../../../src/kommo/languages.js';
import { noteText } from '../../../src/backend/words/note-text.js';
import { noteWords } from '../../../src/backend/words/words.js';
import type { NoteLanguage } from '../../../src/backend/config.js';
import type { NoteOutcome } from '../../../src/backend/words/note-text.js';

const text = 'Hello! Your order is ready. 👍';
const anna: NoteOutcome = { contactName: 'Anna Smith', phone: '+16175550110', state: 'delivered', text };

/** One of each kind, in the order of the contacts. */
const mixed: NoteOutcome[] = [
  anna,
  { contactName: 'Mark Lee', phone: '+16175550111', state: 'read', text },
  { contactName: 'Carlos Ramírez', phone: '+12135550118', state: 'sent', text },
  { contactName: 'Grace Turner', state: 'skipped', reason: 'no_phone' },
  { contactName: 'Henry Cook', state: 'skipped', reason: 'no_phone' },
  {
    contactName: 'Siti Rahayu',
    phone: '+628123456789',
    state: 'failed',
    reason: 'number_refused',
    serviceCode: '21211',
    serviceDetail: "Invalid 'To' Phone Number.",
    text,
  },
  { contactName: '', phone: '+79123456789', state: 'queued', reason: 'service_unavailable', text },
];

const complete: Record<NoteLanguage, string[]> = {
  en: [
    'Message sent to 3 of 7 contacts via Twilio',
    '',
    'Read: Mark Lee (+1 617 555 0111)',
    '',
    'Delivered: Anna Smith (+1 617 555 0110)',
    '',
    'Sent: Carlos Ramírez (+1 213 555 0118)',
    '',
    'Not sent yet: +7 912 345 67 89',
    'Twilio did not answer. We will try again automatically. You don’t need to do anything.',
    '',
    'Not sent: Grace Turner, Henry Cook',
    'There is no phone number. Add one to the contact and write to them yourself.',
    '',
    'Not sent: Siti Rahayu (+62 812 3456 789)',
    "Twilio does not accept this number (code 21211: Invalid 'To' Phone Number). Check the number in the contact and write to them yourself.",
    '',
    'Message text:',
    'Hello! Your order is ready. 👍',
  ],
  es: [
    'Mensaje enviado a 3 de 7 contactos vía Twilio',
    '',
    'Leído: Mark Lee (+1 617 555 0111)',
    '',
    'Entregado: Anna Smith (+1 617 555 0110)',
    '',
    'Enviado: Carlos Ramírez (+1 213 555 0118)',
    '',
    'Aún no enviado: +7 912 345 67 89',
    'Twilio no respondió. Lo intentaremos de nuevo automáticamente. No tienes que hacer nada.',
    '',
    'No enviado: Grace Turner, Henry Cook',
    'Falta el número de teléfono. Agrégalo al contacto y envíale el mensaje manualmente.',
    '',
    'No enviado: Siti Rahayu (+62 812 3456 789)',
    "Twilio no acepta este número (código 21211: Invalid 'To' Phone Number). Revisa el número en el contacto y envíale el mensaje manualmente.",
    '',
    'Texto del mensaje:',
    'Hello! Your order is ready. 👍',
  ],
  pt: [
    'Mensagem enviada para 3 de 7 contatos via Twilio',
    '',
    'Lida: Mark Lee (+1 617 555 0111)',
    '',
    'Entregue: Anna Smith (+1 617 555 0110)',
    '',
    'Enviada: Carlos Ramírez (+1 213 555 0118)',
    '',
    'Ainda não enviada: +7 912 345 67 89',
    'Twilio não respondeu. Tentaremos de novo automaticamente. Você não precisa fazer nada.',
    '',
    'Não enviada: Grace Turner, Henry Cook',
    'Falta o número de telefone. Adicione o número ao contato e envie a mensagem manualmente.',
    '',
    'Não enviada: Siti Rahayu (+62 812 3456 789)',
    "Twilio não aceita este número (código 21211: Invalid 'To' Phone Number). Verifique o número no contato e envie a mensagem manualmente.",
    '',
    'Texto da mensagem:',
    'Hello! Your order is ready. 👍',
  ],
  tr: [
    'Mesaj Twilio üzerinden gönderildi (3/7 kişi)',
    '',
    'Okundu: Mark Lee (+1 617 555 0111)',
    '',
    'Teslim edildi: Anna Smith (+1 617 555 0110)',
    '',
    'Gönderildi: Carlos Ramírez (+1 213 555 0118)',
    '',
    'Henüz gönderilmedi: +7 912 345 67 89',
    'Twilio yanıt vermedi. Otomatik olarak yeniden deneyeceğiz. Bir şey yapmanız gerekmiyor.',
    '',
    'Gönderilmedi: Grace Turner, Henry Cook',
    'Telefon numarası yok. Numarayı kişiye ekleyin ve mesajı kendiniz gönderin.',
    '',
    'Gönderilmedi: Siti Rahayu (+62 812 3456 789)',
    "Twilio bu numarayı kabul etmiyor (kod 21211: Invalid 'To' Phone Number). Kişideki numarayı kontrol edin ve mesajı kendiniz gönderin.",
    '',
    'Mesaj metni:',
    'Hello! Your order is ready. 👍',
  ],
  id: [
    'Pesan terkirim ke 3 dari 7 kontak lewat Twilio',
    '',
    'Dibaca: Mark Lee (+1 617 555 0111)',
    '',
    'Diterima: Anna Smith (+1 617 555 0110)',
    '',
    'Terkirim: Carlos Ramírez (+1 213 555 0118)',
    '',
    'Belum terkirim: +7 912 345 67 89',
    'Twilio tidak menjawab. Kami akan mencoba lagi secara otomatis. Anda tidak perlu melakukan apa pun.',
    '',
    'Tidak terkirim: Grace Turner, Henry Cook',
    'Nomor telepon belum diisi. Tambahkan nomornya ke kontak, lalu kirim pesannya secara manual.',
    '',
    'Tidak terkirim: Siti Rahayu (+62 812 3456 789)',
    "Twilio menolak nomor ini (kode 21211: Invalid 'To' Phone Number). Periksa nomornya di kontak, lalu kirim pesannya secara manual.",
    '',
    'Teks pesan:',
    'Hello! Your order is ready. 👍',
  ],
  ru: [
    'Сообщение отправлено 3 из 7 контактов через Twilio',
    '',
    'Прочитано: Mark Lee (+1 617 555 0111)',
    '',
    'Доставлено: Anna Smith (+1 617 555 0110)',
    '',
    'Отправлено: Carlos Ramírez (+1 213 555 0118)',
    '',
    'Пока не отправлено: +7 912 345 67 89',
    'Twilio не ответил. Мы попробуем ещё раз автоматически. Делать ничего не нужно.',
    '',
    'Не отправлено: Grace Turner, Henry Cook',
    'Не указан номер телефона. Добавьте номер в карточку контакта и напишите ему сами.',
    '',
    'Не отправлено: Siti Rahayu (+62 812 3456 789)',
    "Twilio не принимает этот номер (код 21211: Invalid 'To' Phone Number). Проверьте номер в карточке контакта и напишите ему сами.",
    '',
    'Текст сообщения:',
    'Hello! Your order is ready. 👍',
  ],
};

const english = { language: 'en', service: 'Twilio' } as const;

it.each(languages)('A note with every kind of outcome, %s', (language) => {
  expect(noteText(mixed, { language, service: 'Twilio', willRetry: true })).toBe(
    complete[language].join('\n'),
  );
});

describe('A note about one recipient', () => {
  it('says in its first line what became of the message', () => {
    const firstLine = (outcome: NoteOutcome) => noteText([outcome], english).split('\n')[0];
    expect(firstLine({ ...anna, state: 'sent' })).toBe(
      'Message sent via Twilio: Anna Smith (+1 617 555 0110)',
    );
    expect(firstLine(anna)).toBe('Message delivered via Twilio: Anna Smith (+1 617 555 0110)');
    expect(firstLine({ ...anna, state: 'read' })).toBe(
      'Message sent via Twilio and read: Anna Smith (+1 617 555 0110)',
    );
    expect(firstLine({ ...anna, state: 'queued' })).toBe(
      'Message not sent yet: Anna Smith (+1 617 555 0110)',
    );
    expect(firstLine({ ...anna, state: 'failed', reason: 'undelivered' })).toBe(
      'Message not delivered: Anna Smith (+1 617 555 0110)',
    );
  });

  it('ends with the text of the message', () => {
    expect(noteText([anna], english)).toBe(
      `Message delivered via Twilio: Anna Smith (+1 617 555 0110)\n\nMessage text:\n${text}`,
    );
  });

  it('shows what stands in the card when that is no number', () => {
    const outcome = {
      contactName: 'Anna',
      phone: 'ask the\noffice',
      state: 'skipped',
      reason: 'invalid_phone',
    } as const;
    expect(noteText([outcome], english)).toBe(
      'Message not sent: Anna (ask the office)\nThe phone number is not valid. Correct it in the contact and write to them yourself.',
    );
  });

  it('says that WhatsApp takes templates only, and what to do then', () => {
    const outcome: NoteOutcome = {
      ...anna,
      state: 'failed',
      reason: 'window_closed',
      serviceCode: '131047',
      serviceDetail: 'More than 24 hours have passed',
    };
    const note = (language: NoteLanguage) =>
      noteText([outcome], { language, service: 'WhatsApp Business', willRetry: true }).split('\n');
    expect(note('en')).toContain(
      'The contact has not written in the last 24 hours, and WhatsApp Business then accepts approved templates only (code 131047: More than 24 hours have passed). Call the contact or write to them in another way. Messages go through again once the contact has written.',
    );
    expect(note('ru')).toContain(
      'Контакт не писал последние 24 часа, а WhatsApp Business тогда принимает только одобренные шаблоны (код 131047: More than 24 hours have passed). Позвоните контакту или напишите ему другим способом. Сообщения снова пойдут, когда контакт напишет сам.',
    );
  });

  it('names a contact that is called like its number once, and one without a name all the same', () => {
    const called = { ...anna, contactName: '+16175550110', text: '' };
    expect(noteText([called], english)).toBe('Message delivered via Twilio: +1 617 555 0110');
    expect(noteText([{ state: 'skipped', reason: 'no_phone' }], english)).toContain(
      'Message not sent: contact without a name\n',
    );
  });
});

describe('A note about an event that reached nobody', () => {
  it('names no recipient when there was none', () => {
    expect(noteText([{ state: 'skipped', reason: 'no_contact' }], english)).toBe(
      'Message not sent\nNo contact is linked. Link a contact with a phone number and write to them yourself.',
    );
    expect(noteText([], english)).toBe('Message not sent');
  });

  it('says so above the different reasons', () => {
    const note = noteText(
      [
        { contactName: 'Anna', state: 'skipped', reason: 'no_phone' },
        { ...anna, state: 'failed', reason: 'recipient_blocked' },
      ],
      english,
    );
    expect(note.split('\n\n').slice(0, 3)).toEqual([
      'Message not sent',
      'Not sent: Anna\nThere is no phone number. Add one to the contact and write to them yourself.',
      'Not sent: Anna Smith (+1 617 555 0110)\nThe contact has blocked your messages or unsubscribed from them. Call the contact or write to them in another way.',
    ]);
  });

  it('promises another attempt only while there will be one', () => {
    const waiting: NoteOutcome[] = [{ ...anna, text: '', state: 'queued', reason: 'kommo_unavailable' }];
    expect(noteText(waiting, { ...english, willRetry: true })).toBe(
      'Message not sent yet: Anna Smith (+1 617 555 0110)\nKommo did not answer. We will try again automatically. You don’t need to do anything.',
    );
    const given = waiting.map((outcome) => ({ ...outcome, state: 'failed' as const }));
    expect(noteText(given, { ...english, willRetry: true })).not.toContain('automatically');
  });
});

describe('The service in a note', () => {
  const failed: NoteOutcome = { ...anna, text: '', state: 'failed', reason: 'service_refused' };
  const why = (outcome: NoteOutcome, service?: string) =>
    noteText([outcome], { language: 'en', ...(service === undefined ? {} : { service }) })
      .split('\n')[1]
      ?.split('. ')[0];

  it('is called by its title, or by what it is', () => {
    expect(why(failed, 'Twilio')).toBe('Twilio did not accept the message');
    expect(why({ ...failed, service: 'Twilio' })).toBe('Twilio did not accept the message');
    expect(why(failed)).toBe('The chat service did not accept the message');
  });

  it('has its code and its words in brackets, whichever there are', () => {
    const said = (serviceCode: string | null, serviceDetail: string | null) =>
      why({ ...failed, serviceCode, serviceDetail }, 'Twilio');
    expect(said('30007', null)).toBe('Twilio did not accept the message (code 30007)');
    expect(said('30007', 'Filtered\n by carrier.')).toBe(
      'Twilio did not accept the message (code 30007: Filtered by carrier)',
    );
    expect(said(null, 'Filtered')).toBe('Twilio did not accept the message (Filtered)');
    expect(said('', ' ')).toBe('Twilio did not accept the message');
  });

  it('tells recipients apart by what it said of them', () => {
    const note = noteText(
      [{ ...failed, serviceCode: '1' }, { ...failed, serviceCode: '2' }, failed],
      english,
    );
    expect(note.match(/^Not sent: /gm)).toHaveLength(3);
  });
});

it('the platform is called by its own name, as it is spelled', () => {
  const outcome: NoteOutcome = { ...anna, state: 'failed', reason: 'kommo_unavailable' };
  const note = noteText([outcome], { language: 'ru', platform: 'amocrm' });
  expect(note).toContain('\namoCRM не отвечает. ');
  expect(note).not.toContain('Kommo');
  expect(noteText([outcome], { language: 'pt' })).toContain('\nO Kommo não respondeu. ');
});

describe('A note about thirty recipients', () => {
  const thirty = (more: Partial<NoteOutcome>) =>
    Array.from({ length: 30 }, (_, index) => ({
      ...anna,
      contactName: `Contact ${String(index + 1)}`,
      phone: `+161755501${String(index).padStart(2, '0')}`,
      ...more,
    }));

  it('has all names and numbers in a few lines', () => {
    const note = noteText(
      [...thirty({}), { contactName: 'Anna', state: 'skipped', reason: 'no_phone' }],
      english,
    );
    expect(note).toContain(
      'Message sent to 30 of 31 contacts via Twilio\n\nDelivered: Contact 1 (+1 617 555 0100), ',
    );
    expect(note).toContain(', Contact 30 (+1 617 555 0129)\n\nNot sent: Anna\n');
    expect(note.split('\n')).toHaveLength(9);
    expect(note.length).toBeLessThan(1500);
  });

  it('counts them where they are not all equally far', () => {
    const note = noteText([...thirty({}), { ...anna, state: 'read' }], { language: 'ru', service: 'Twilio' });
    expect(note.split('\n')[0]).toBe('Сообщение отправлено 31 контакту через Twilio');
  });

  it('counts those whose names are too many to show', () => {
    const note = noteText([...thirty({}), ...thirty({})], english);
    expect(note).toContain(', Contact 20 (+1 617 555 0119) and 10 more\n');
  });
});

describe('The text of the message in a note', () => {
  it('is left out where recipients got different texts', () => {
    const note = noteText([anna, { ...anna, text: 'Hello, Mark!' }], english);
    expect(note).not.toContain('Hello');
    expect(note).not.toContain('Message text');
  });

  it('stands there when some had no text at all', () => {
    expect(
      noteText([anna, { contactName: 'Mark', state: 'skipped', reason: 'no_phone' }], english),
    ).toContain(text);
  });

  it('is cut at 500 characters, and never inside of one', () => {
    const note = noteText([{ ...anna, text: `${'a'.repeat(499)}👨‍👩‍👧‍👦👍${'b'.repeat(100)}` }], english);
    expect(note.endsWith(`\n${'a'.repeat(499)}…`)).toBe(true);
    const emoji = noteText([{ ...anna, text: '👍🏽'.repeat(700) }], english);
    expect(emoji.endsWith(`\n${'👍🏽'.repeat(499)}…`)).toBe(true);
  });
});

it('every reason is told in every language, with all names filled in', () => {
  for (const language of languages) {
    for (const reason of messageReasons) {
      const note = noteText([{ ...anna, state: 'failed', reason }], { language });
      const { todo } = noteWords[language].reasons[reason];
      expect(note).toContain(todo);
      expect(note).not.toMatch(/[{}]|undefined|null/);
    }
  }
});

it('outcomes of any kind give a note of whole characters and of a sensible length', () => {
  const maybe = (length: number) =>
    fc.option(fc.string({ unit: 'grapheme', maxLength: length }), { nil: undefined });
  const outcome = fc.record({
    contactName: maybe(200),
    phone: maybe(100),
    state: fc.constantFrom(...messageStates),
    reason: fc.option(fc.constantFrom(...messageReasons)),
    serviceCode: maybe(20),
    serviceDetail: maybe(400),
    text: maybe(2000),
  });
  fc.assert(
    fc.property(
      fc.array(outcome, { maxLength: 40 }),
      fc.constantFrom<NoteLanguage>(...languages),
      fc.boolean(),
      (outcomes, language, willRetry) => {
        const note = noteText(outcomes, { language, service: 'Twilio', willRetry });
        expect(Buffer.from(note).toString()).toBe(note);
        expect(note).toBe(note.trim());
        expect(note).not.toMatch(/undefined|\bnull\b/);
        expect(note.length).toBeLessThan(1_000 * (outcomes.length + 5));
      },
    ),
    { numRuns: 200 },
  );
});
