import type { Words } from '../words/words.js';

export type NavigationWord =
  | 'menu'
  | 'skip'
  | 'dashboard'
  | 'leads'
  | 'leadList'
  | 'contacts'
  | 'companies'
  | 'digitalPipeline'
  | 'customers'
  | 'customerList'
  | 'customerBoard'
  | 'tasks'
  | 'lists'
  | 'stats'
  | 'settings'
  | 'integrations'
  | 'salesbots'
  | 'sources';

export const navigationWords: Words<NavigationWord> = {
  en: {
    menu: 'Main menu',
    skip: 'Skip to the page',
    dashboard: 'Dashboard',
    leads: 'Leads',
    leadList: 'Lead list',
    contacts: 'Contacts',
    companies: 'Companies',
    digitalPipeline: 'Digital pipeline',
    customers: 'Customers',
    customerList: 'Customer list',
    customerBoard: 'Customer stages',
    tasks: 'Tasks',
    lists: 'Lists',
    stats: 'Analytics',
    settings: 'Settings',
    integrations: 'Integrations',
    salesbots: 'Salesbots',
    sources: 'Sources',
  },
  es: {
    menu: 'Menú principal',
    skip: 'Ir al contenido',
    dashboard: 'Panel',
    leads: 'Leads',
    leadList: 'Lista de leads',
    contacts: 'Contactos',
    companies: 'Compañías',
    digitalPipeline: 'Embudo digital',
    customers: 'Clientes',
    customerList: 'Lista de clientes',
    customerBoard: 'Etapas de clientes',
    tasks: 'Tareas',
    lists: 'Listas',
    stats: 'Analítica',
    settings: 'Ajustes',
    integrations: 'Integraciones',
    salesbots: 'Salesbots',
    sources: 'Fuentes',
  },
  pt: {
    menu: 'Menu principal',
    skip: 'Ir para o conteúdo',
    dashboard: 'Painel',
    leads: 'Leads',
    leadList: 'Lista de leads',
    contacts: 'Contatos',
    companies: 'Empresas',
    digitalPipeline: 'Funil digital',
    customers: 'Clientes',
    customerList: 'Lista de clientes',
    customerBoard: 'Etapas de clientes',
    tasks: 'Tarefas',
    lists: 'Listas',
    stats: 'Análises',
    settings: 'Ajustes',
    integrations: 'Integrações',
    salesbots: 'Salesbots',
    sources: 'Fontes',
  },
  tr: {
    menu: 'Ana menü',
    skip: 'İçeriğe geç',
    dashboard: 'Panel',
    leads: "Lead'ler",
    leadList: 'Lead listesi',
    contacts: 'Kişiler',
    companies: 'Şirketler',
    digitalPipeline: 'Dijital huni',
    customers: 'Müşteriler',
    customerList: 'Müşteri listesi',
    customerBoard: 'Müşteri aşamaları',
    tasks: 'Görevler',
    lists: 'Listeler',
    stats: 'Analiz',
    settings: 'Ayarlar',
    integrations: 'Entegrasyonlar',
    salesbots: "Salesbot'lar",
    sources: 'Kaynaklar',
  },
  id: {
    menu: 'Menu utama',
    skip: 'Langsung ke konten',
    dashboard: 'Dasbor',
    leads: 'Lead',
    leadList: 'Daftar lead',
    contacts: 'Kontak',
    companies: 'Perusahaan',
    digitalPipeline: 'Pipeline digital',
    customers: 'Pelanggan',
    customerList: 'Daftar pelanggan',
    customerBoard: 'Tahap pelanggan',
    tasks: 'Tugas',
    lists: 'Daftar',
    stats: 'Analitik',
    settings: 'Setelan',
    integrations: 'Integrasi',
    salesbots: 'Salesbot',
    sources: 'Sumber',
  },
  ru: {
    menu: 'Главное меню',
    skip: 'Перейти к содержимому',
    dashboard: 'Сводка',
    leads: 'Сделки',
    leadList: 'Список сделок',
    contacts: 'Контакты',
    companies: 'Компании',
    digitalPipeline: 'Цифровая воронка',
    customers: 'Покупатели',
    customerList: 'Список покупателей',
    customerBoard: 'Этапы покупателей',
    tasks: 'Задачи',
    lists: 'Списки',
    stats: 'Аналитика',
    settings: 'Настройки',
    integrations: 'Интеграции',
    salesbots: 'Salesbot',
    sources: 'Источники',
  },
};
