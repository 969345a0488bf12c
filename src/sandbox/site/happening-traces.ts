import type { Language } from '../languages.js';
import type { Happening } from '../wire.js';

type Traced = Exclude<Happening['event'], 'call_in'>;

/** What the service note of an event says; a call has a note of its own kind, which needs no words. */
export const happeningTraces: Readonly<Record<Language, Readonly<Record<Traced, string>>>> = {
  en: {
    mail_in: 'An email has been received',
    site_visit: 'The contact has visited the website',
    chat: 'A chat message has been received',
  },
  es: {
    mail_in: 'Se recibió un correo',
    site_visit: 'El contacto visitó el sitio web',
    chat: 'Se recibió un mensaje de chat',
  },
  pt: {
    mail_in: 'Um e-mail foi recebido',
    site_visit: 'O contato visitou o site',
    chat: 'Uma mensagem de chat foi recebida',
  },
  tr: {
    mail_in: 'Bir e-posta alındı',
    site_visit: 'Kişi web sitesini ziyaret etti',
    chat: 'Bir sohbet mesajı alındı',
  },
  id: {
    mail_in: 'Email telah diterima',
    site_visit: 'Kontak telah mengunjungi situs web',
    chat: 'Pesan chat telah diterima',
  },
  ru: {
    mail_in: 'Получено письмо',
    site_visit: 'Контакт посетил сайт',
    chat: 'Получено сообщение в чате',
  },
};
