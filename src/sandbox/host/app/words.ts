import type { Words } from '../words/words.js';

export const notificationWords: Words<'call' | 'open_card' | 'recording' | 'seconds'> = {
  en: { call: 'Call', open_card: 'Open card', recording: 'Recording', seconds: '{number} s' },
  es: { call: 'Llamada', open_card: 'Abrir ficha', recording: 'Grabación', seconds: '{number} s' },
  pt: { call: 'Chamada', open_card: 'Abrir cartão', recording: 'Gravação', seconds: '{number} s' },
  tr: { call: 'Arama', open_card: 'Kartı aç', recording: 'Kayıt', seconds: '{number} sn' },
  id: { call: 'Panggilan', open_card: 'Buka kartu', recording: 'Rekaman', seconds: '{number} dtk' },
  ru: { call: 'Звонок', open_card: 'Открыть карточку', recording: 'Запись', seconds: '{number} с' },
};
