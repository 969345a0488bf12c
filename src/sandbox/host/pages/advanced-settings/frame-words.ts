import type { Words } from '../../words/words.js';

/** `advancedSettings` and the like are names of the widget interface, the same in every language. */
export const frameWords: Words<
  'unknown' | 'inactive' | 'noLocation' | 'notStarted' | 'noCallback' | 'integrations'
> = {
  en: {
    unknown: 'There is no integration with the code {code}.',
    inactive: 'This integration is not installed or not active. Install it first:',
    noLocation:
      'The manifest of this integration does not list the location {location}, so it has no page here.',
    notStarted: 'The integration did not start. {reason}',
    noCallback: 'This integration has no {callback} callback, so nothing is drawn here.',
    integrations: 'Integrations',
  },
  es: {
    unknown: 'No hay ninguna integración con el código {code}.',
    inactive: 'Esta integración no está instalada o no está activa. Instálela primero:',
    noLocation:
      'El manifiesto de esta integración no incluye la ubicación {location}, por lo que no tiene página aquí.',
    notStarted: 'La integración no se inició. {reason}',
    noCallback: 'Esta integración no tiene el callback {callback}, por lo que aquí no se muestra nada.',
    integrations: 'Integraciones',
  },
  pt: {
    unknown: 'Não há nenhuma integração com o código {code}.',
    inactive: 'Esta integração não está instalada ou não está ativa. Instale-a primeiro:',
    noLocation:
      'O manifesto desta integração não inclui a localização {location}, por isso ela não tem página aqui.',
    notStarted: 'A integração não foi iniciada. {reason}',
    noCallback: 'Esta integração não tem o callback {callback}, por isso nada aparece aqui.',
    integrations: 'Integrações',
  },
  tr: {
    unknown: '{code} kodlu bir entegrasyon yok.',
    inactive: 'Bu entegrasyon kurulu veya etkin değil. Önce kurun:',
    noLocation: 'Bu entegrasyonun manifesti {location} konumunu içermiyor; bu yüzden burada sayfası yok.',
    notStarted: 'Entegrasyon başlatılamadı. {reason}',
    noCallback: 'Bu entegrasyonun {callback} geri çağrısı yok; bu yüzden burada bir şey gösterilmiyor.',
    integrations: 'Entegrasyonlar',
  },
  id: {
    unknown: 'Tidak ada integrasi dengan kode {code}.',
    inactive: 'Integrasi ini belum terpasang atau tidak aktif. Pasang terlebih dahulu:',
    noLocation:
      'Manifes integrasi ini tidak mencantumkan lokasi {location}, jadi tidak ada halamannya di sini.',
    notStarted: 'Integrasi tidak berjalan. {reason}',
    noCallback: 'Integrasi ini tidak memiliki callback {callback}, jadi tidak ada yang ditampilkan di sini.',
    integrations: 'Integrasi',
  },
  ru: {
    unknown: 'Интеграции с кодом {code} нет.',
    inactive: 'Эта интеграция не установлена или не активна. Сначала установите её:',
    noLocation: 'В манифесте этой интеграции нет области {location}, поэтому страницы у неё здесь нет.',
    notStarted: 'Интеграция не запустилась. {reason}',
    noCallback: 'У этой интеграции нет колбэка {callback}, поэтому здесь ничего не показано.',
    integrations: 'Интеграции',
  },
};
