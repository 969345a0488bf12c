import type { Words } from '../../words/words.js';

export type DashboardWord = 'title' | 'stage' | 'leads' | 'sum';

export const dashboardWords: Words<DashboardWord> = {
  en: { title: 'Dashboard', stage: 'Stage', leads: 'Leads', sum: 'Sum' },
  es: { title: 'Panel', stage: 'Etapa', leads: 'Leads', sum: 'Importe' },
  pt: { title: 'Painel', stage: 'Etapa', leads: 'Leads', sum: 'Valor' },
  tr: { title: 'Panel', stage: 'Aşama', leads: "Lead'ler", sum: 'Tutar' },
  id: { title: 'Dasbor', stage: 'Tahap', leads: 'Lead', sum: 'Jumlah' },
  ru: { title: 'Сводка', stage: 'Этап', leads: 'Сделки', sum: 'Сумма' },
};
