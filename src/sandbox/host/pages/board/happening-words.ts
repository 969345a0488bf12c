import type { Words } from '../../words/words.js';

export const happeningWords: Words<'menu' | 'mail_in' | 'call_in' | 'chat' | 'site_visit' | 'happened'> = {
  en: {
    menu: 'What happens',
    mail_in: 'Incoming email',
    call_in: 'Incoming call',
    chat: 'Chat message',
    site_visit: 'Website visit',
    happened: 'It has happened in the account.',
  },
  es: {
    menu: 'Qué ocurre',
    mail_in: 'Correo entrante',
    call_in: 'Llamada entrante',
    chat: 'Mensaje de chat',
    site_visit: 'Visita al sitio web',
    happened: 'Ya ocurrió en la cuenta.',
  },
  pt: {
    menu: 'O que acontece',
    mail_in: 'E-mail recebido',
    call_in: 'Ligação recebida',
    chat: 'Mensagem de chat',
    site_visit: 'Visita ao site',
    happened: 'Aconteceu na conta.',
  },
  tr: {
    menu: 'Ne olsun',
    mail_in: 'Gelen e-posta',
    call_in: 'Gelen çağrı',
    chat: 'Sohbet mesajı',
    site_visit: 'Web sitesi ziyareti',
    happened: 'Hesapta gerçekleşti.',
  },
  id: {
    menu: 'Yang terjadi',
    mail_in: 'Email masuk',
    call_in: 'Panggilan masuk',
    chat: 'Pesan chat',
    site_visit: 'Kunjungan situs web',
    happened: 'Sudah terjadi di akun.',
  },
  ru: {
    menu: 'Что происходит',
    mail_in: 'Входящее письмо',
    call_in: 'Входящий звонок',
    chat: 'Сообщение в чате',
    site_visit: 'Посещение сайта',
    happened: 'Событие произошло в аккаунте.',
  },
};
