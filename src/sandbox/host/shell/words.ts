import type { Words } from '../words/words.js';

export const navigationWords: Words<'menu' | 'leads' | 'settings'> = {
  en: { menu: 'Main menu', leads: 'Leads', settings: 'Settings' },
  es: { menu: 'Menú principal', leads: 'Leads', settings: 'Ajustes' },
  pt: { menu: 'Menu principal', leads: 'Leads', settings: 'Configurações' },
  tr: { menu: 'Ana menü', leads: "Lead'ler", settings: 'Ayarlar' },
  id: { menu: 'Menu utama', leads: 'Lead', settings: 'Pengaturan' },
  ru: { menu: 'Главное меню', leads: 'Сделки', settings: 'Настройки' },
};
