import type { Words } from '../../words/words.js';

export type SourceWord =
  | 'title'
  | 'pipeline'
  | 'add'
  | 'none'
  | 'open'
  | 'default'
  | 'noWidgets'
  | 'unreadable'
  | 'notStarted'
  | 'noCallback'
  | 'asked';

export const sourceWords: Words<SourceWord> = {
  en: {
    title: 'Lead sources',
    pipeline: 'Pipeline',
    add: 'Add source',
    none: 'This pipeline has no sources yet.',
    open: 'Settings: {name}',
    default: 'main source',
    noWidgets: 'No active integration can be a source of leads.',
    unreadable: 'The sources cannot be read: {reason}',
    notStarted: 'The integration did not start, so it was not added.',
    noCallback: 'This integration has no onAddAsSource callback, so nothing was added.',
    asked: 'The integration was added; its sources stand here once it has made them.',
  },
  es: {
    title: 'Fuentes de leads',
    pipeline: 'Embudo',
    add: 'Agregar fuente',
    none: 'Este embudo todavía no tiene fuentes.',
    open: 'Ajustes: {name}',
    default: 'fuente principal',
    noWidgets: 'Ninguna integración activa puede ser fuente de leads.',
    unreadable: 'No se pueden leer las fuentes: {reason}',
    notStarted: 'La integración no se inició, así que no se agregó.',
    noCallback: 'Esta integración no tiene el callback onAddAsSource, así que no se agregó nada.',
    asked: 'La integración se agregó; sus fuentes aparecerán aquí cuando las haya creado.',
  },
  pt: {
    title: 'Fontes de leads',
    pipeline: 'Funil',
    add: 'Adicionar fonte',
    none: 'Este funil ainda não tem fontes.',
    open: 'Configurações: {name}',
    default: 'fonte principal',
    noWidgets: 'Nenhuma integração ativa pode ser fonte de leads.',
    unreadable: 'Não foi possível ler as fontes: {reason}',
    notStarted: 'A integração não foi iniciada, por isso não foi adicionada.',
    noCallback: 'Esta integração não tem o callback onAddAsSource, por isso nada foi adicionado.',
    asked: 'A integração foi adicionada; suas fontes aparecem aqui assim que forem criadas.',
  },
  tr: {
    title: 'Lead kaynakları',
    pipeline: 'Satış hunisi',
    add: 'Kaynak ekle',
    none: 'Bu satış hunisinde henüz kaynak yok.',
    open: 'Ayarlar: {name}',
    default: 'ana kaynak',
    noWidgets: 'Etkin hiçbir entegrasyon lead kaynağı olamıyor.',
    unreadable: 'Kaynaklar okunamıyor: {reason}',
    notStarted: 'Entegrasyon başlatılamadığı için eklenmedi.',
    noCallback: 'Bu entegrasyonun onAddAsSource geri çağrısı yok; bu yüzden bir şey eklenmedi.',
    asked: 'Entegrasyon eklendi; kaynakları oluşturduğunda burada görünür.',
  },
  id: {
    title: 'Sumber lead',
    pipeline: 'Pipeline',
    add: 'Tambah sumber',
    none: 'Pipeline ini belum memiliki sumber.',
    open: 'Pengaturan: {name}',
    default: 'sumber utama',
    noWidgets: 'Tidak ada integrasi aktif yang dapat menjadi sumber lead.',
    unreadable: 'Sumber tidak dapat dibaca: {reason}',
    notStarted: 'Integrasi tidak berjalan, jadi tidak ditambahkan.',
    noCallback: 'Integrasi ini tidak memiliki callback onAddAsSource, jadi tidak ada yang ditambahkan.',
    asked: 'Integrasi ditambahkan; sumbernya muncul di sini setelah dibuat.',
  },
  ru: {
    title: 'Источники сделок',
    pipeline: 'Воронка',
    add: 'Добавить источник',
    none: 'В этой воронке пока нет источников.',
    open: 'Настройки: {name}',
    default: 'основной источник',
    noWidgets: 'Ни одна активная интеграция не может быть источником сделок.',
    unreadable: 'Не удалось прочитать источники: {reason}',
    notStarted: 'Интеграция не запустилась и не была добавлена.',
    noCallback: 'У этой интеграции нет колбэка onAddAsSource, поэтому ничего не добавлено.',
    asked: 'Интеграция добавлена; её источники появятся здесь, когда она их создаст.',
  },
};
