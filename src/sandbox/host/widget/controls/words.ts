import type { Words } from '../../words/words.js';

/** Words that system controls have of their own. */
export const controlWords: Words<
  | 'cancel'
  | 'delete'
  | 'select_all'
  | 'select'
  | 'options'
  | 'nothing_found'
  | 'clear'
  | 'calendar'
  | 'open_calendar'
  | 'previous_month'
  | 'next_month'
> = {
  en: {
    cancel: 'Cancel',
    delete: 'Delete',
    select_all: 'Select all',
    select: 'Select',
    options: 'Options',
    nothing_found: 'Nothing found',
    clear: 'Clear',
    calendar: 'Calendar',
    open_calendar: 'Open calendar',
    previous_month: 'Previous month',
    next_month: 'Next month',
  },
  es: {
    cancel: 'Cancelar',
    delete: 'Eliminar',
    select_all: 'Seleccionar todo',
    select: 'Seleccionar',
    options: 'Opciones',
    nothing_found: 'No se encontró nada',
    clear: 'Borrar',
    calendar: 'Calendario',
    open_calendar: 'Abrir calendario',
    previous_month: 'Mes anterior',
    next_month: 'Mes siguiente',
  },
  pt: {
    cancel: 'Cancelar',
    delete: 'Excluir',
    select_all: 'Selecionar tudo',
    select: 'Selecionar',
    options: 'Opções',
    nothing_found: 'Nada encontrado',
    clear: 'Limpar',
    calendar: 'Calendário',
    open_calendar: 'Abrir calendário',
    previous_month: 'Mês anterior',
    next_month: 'Próximo mês',
  },
  tr: {
    cancel: 'İptal',
    delete: 'Sil',
    select_all: 'Tümünü seç',
    select: 'Seç',
    options: 'Seçenekler',
    nothing_found: 'Hiçbir şey bulunamadı',
    clear: 'Temizle',
    calendar: 'Takvim',
    open_calendar: 'Takvimi aç',
    previous_month: 'Önceki ay',
    next_month: 'Sonraki ay',
  },
  id: {
    cancel: 'Batal',
    delete: 'Hapus',
    select_all: 'Pilih semua',
    select: 'Pilih',
    options: 'Opsi',
    nothing_found: 'Tidak ditemukan',
    clear: 'Bersihkan',
    calendar: 'Kalender',
    open_calendar: 'Buka kalender',
    previous_month: 'Bulan sebelumnya',
    next_month: 'Bulan berikutnya',
  },
  ru: {
    cancel: 'Отменить',
    delete: 'Удалить',
    select_all: 'Выбрать все',
    select: 'Выбрать',
    options: 'Варианты',
    nothing_found: 'Ничего не найдено',
    clear: 'Очистить',
    calendar: 'Календарь',
    open_calendar: 'Открыть календарь',
    previous_month: 'Предыдущий месяц',
    next_month: 'Следующий месяц',
  },
};
