/**
 * The demo account's people and leads. Ordinary names in the six languages of the interface; every address is at
 * example.com and every number ends in 555-01xx, the range that no one has.
 */

interface ContactRow {
  readonly first: string;
  readonly last: string;
  readonly phones: readonly (readonly [
    number: string,
    kind: 'WORK' | 'WORKDD' | 'MOB' | 'FAX' | 'HOME' | 'OTHER',
  ])[];
  readonly emails: readonly (readonly [address: string, kind: 'WORK' | 'PRIV' | 'OTHER'])[];
  readonly position?: string;
  /** Index of a company. */
  readonly company?: number;
  /** Index of {@link languages}. */
  readonly language: number;
}

interface LeadRow {
  readonly name: string;
  readonly price: number;
  /** Index of {@link pipelineRows}, and of a stage in it; `won` and `lost` are in both. */
  readonly stage: readonly [pipeline: number, stage: number | 'won' | 'lost'];
  /** Index of a user. */
  readonly responsible: number;
  readonly contacts: readonly number[];
  /** Which of `contacts` is the main one; the first unless said otherwise. */
  readonly main?: number;
  readonly company?: number;
  readonly tags?: readonly number[];
  readonly product?: string;
}

export const languages = [
  'English',
  'Español',
  'Português',
  'Türkçe',
  'Bahasa Indonesia',
  'Русский',
] as const;

export const userRows = [
  { name: 'Emma Clarke', email: 'emma.clarke@example.com', lang: 'en' },
  { name: 'Mateo Herrera', email: 'mateo.herrera@example.com', lang: 'es' },
  { name: 'Elif Kaya', email: 'elif.kaya@example.com', lang: 'tr' },
] as const;

export const pipelineRows = [
  {
    id: 50,
    name: 'Sales',
    stages: [
      { id: 501, name: 'New request', color: '#99ccff' },
      { id: 502, name: 'Offer sent', color: '#ffff99' },
      { id: 503, name: 'Negotiation', color: '#ffcc66' },
      { id: 504, name: 'Contract', color: '#ffcccc' },
    ],
    unsortedStage: 500,
  },
  {
    id: 60,
    name: 'Deliveries',
    stages: [
      { id: 601, name: 'Order received', color: '#98cbff' },
      { id: 602, name: 'Packed', color: '#d6eaff' },
      { id: 603, name: 'On its way', color: '#c1e0ff' },
    ],
    unsortedStage: 600,
  },
] as const;

export const companyNames = [
  'Northgate Bicycles',
  'Panadería del Puerto',
  'Horta & Filhos',
  'Deniz Tekstil',
  'Kopi Nusantara',
  'Мастерская «Берёза»',
] as const;

export const tagNames = ['VIP', 'wholesale', 'trade fair'] as const;

export const lossReasons = ['Too expensive', 'Chose another supplier', 'No answer'] as const;

export const contactRows: readonly ContactRow[] = [
  contact('Olivia', 'Bennett', 0, ['+12025550101', '+12025550102'], 'Purchasing manager', 0),
  contact('James', 'Walker', 0, ['+12125550103'], 'Owner', 0),
  contact('Lucía', 'Fernández', 1, ['+13055550104', '+13055550105'], 'Gerente', 1),
  contact('Diego', 'Morales', 1, ['+13055550106'], 'Contador', 1),
  contact('Ana', 'Souza', 2, ['+14075550107'], 'Sócia', 2),
  contact('Pedro', 'Oliveira', 2, ['+14075550108', '+14075550109'], 'Compras', 2),
  contact('Zeynep', 'Yılmaz', 3, ['+16175550110'], 'Satın alma müdürü', 3),
  contact('Mehmet', 'Demir', 3, ['+16175550111'], 'Genel müdür', 3),
  contact('Siti', 'Rahayu', 4, ['+14155550112'], 'Manajer toko', 4),
  contact('Budi', 'Santoso', 4, ['+14155550113', '+14155550114'], 'Pemilik', 4),
  contact('Анна', 'Смирнова', 5, ['+17185550115'], 'Директор', 5),
  contact('Иван', 'Кузнецов', 5, ['+17185550116'], 'Мастер', 5),
  contact('Grace', 'Turner', 0, ['+12065550117']),
  contact('Carlos', 'Ramírez', 1, ['+12135550118']),
  contact('Mariana', 'Costa', 2, ['+12155550119']),
  contact('Ayşe', 'Şahin', 3, ['+13125550120']),
  contact('Dewi', 'Lestari', 4, ['+15035550121']),
  contact('Ольга', 'Попова', 5, ['+16025550122']),
  contact('Henry', 'Cook', 0, []),
];

export const leadRows: readonly LeadRow[] = [
  {
    name: 'City bikes for the office',
    price: 12400,
    stage: [0, 0],
    responsible: 0,
    contacts: [0, 1],
    company: 0,
    tags: [0],
    product: 'City bike',
  },
  {
    name: 'Spare parts for spring',
    price: 1850,
    stage: [0, 1],
    responsible: 1,
    contacts: [1, 0],
    main: 1,
    company: 0,
  },
  {
    name: 'Hornos nuevos',
    price: 23000,
    stage: [0, 2],
    responsible: 1,
    contacts: [2, 3],
    main: 1,
    company: 1,
    tags: [1],
  },
  {
    name: 'Rediseño de la tienda',
    price: 5400,
    stage: [0, 0],
    responsible: 2,
    contacts: [13],
    product: 'Design',
  },
  { name: 'Expositores de madera', price: 980, stage: [0, 'won'], responsible: 1, contacts: [3], company: 1 },
  {
    name: 'Loja virtual',
    price: 7600,
    stage: [0, 1],
    responsible: 0,
    contacts: [4, 5],
    company: 2,
    product: 'Online shop',
  },
  {
    name: 'Sementes para a primavera',
    price: 3100,
    stage: [0, 3],
    responsible: 2,
    contacts: [5],
    company: 2,
    tags: [1, 2],
  },
  { name: 'Reforma da cozinha', price: 15200, stage: [0, 'lost'], responsible: 1, contacts: [14] },
  {
    name: 'İpek kumaş siparişi',
    price: 9400,
    stage: [0, 0],
    responsible: 2,
    contacts: [6, 7],
    main: 1,
    company: 3,
    tags: [0],
  },
  { name: 'Web sitesi çevirisi', price: 2200, stage: [0, 2], responsible: 2, contacts: [15] },
  { name: 'Yaz koleksiyonu', price: 18700, stage: [0, 1], responsible: 1, contacts: [7], company: 3 },
  {
    name: 'Mesin kopi baru',
    price: 6300,
    stage: [0, 0],
    responsible: 0,
    contacts: [8, 9],
    company: 4,
    product: 'Espresso machine',
  },
  {
    name: 'Biji kopi bulanan',
    price: 1400,
    stage: [1, 0],
    responsible: 1,
    contacts: [9],
    company: 4,
    tags: [1],
  },
  { name: 'Undangan pernikahan', price: 450, stage: [1, 1], responsible: 2, contacts: [16] },
  {
    name: 'Кухня из берёзы',
    price: 32000,
    stage: [0, 3],
    responsible: 0,
    contacts: [10, 11],
    company: 5,
    tags: [0],
  },
  { name: 'Ремонт лестницы', price: 4100, stage: [1, 2], responsible: 1, contacts: [11], company: 5 },
  { name: 'Полки для магазина', price: 2700, stage: [1, 0], responsible: 2, contacts: [17] },
  { name: 'Repair of a cargo bike', price: 240, stage: [1, 1], responsible: 1, contacts: [12] },
  { name: 'Request without a phone', price: 0, stage: [0, 0], responsible: 1, contacts: [18] },
  { name: 'Request without a contact', price: 0, stage: [0, 0], responsible: 0, contacts: [] },
];

/** Customers, with the index of their contact and of their stage. */
export const customerRows = [
  { name: 'Northgate Bicycles', nextPrice: 1200, contact: 0, company: 0, stage: 0 },
  { name: 'Kopi Nusantara', nextPrice: 640, contact: 9, company: 4, stage: 1 },
  { name: 'Ольга Попова', nextPrice: 300, contact: 17, company: undefined, stage: 2 },
] as const;

function contact(
  first: string,
  last: string,
  language: number,
  numbers: readonly string[],
  position?: string,
  company?: number,
): ContactRow {
  const plain = `${first}.${last}`
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase();
  const latin = /^[a-z.]+$/.test(plain) ? plain : `contact${numbers[0]?.slice(-2) ?? ''}`;
  return {
    first,
    last,
    phones: numbers.map((number, index) => [number, index === 0 ? 'WORK' : 'MOB']),
    emails: [[`${latin}@example.com`, company === undefined ? 'PRIV' : 'WORK']],
    language,
    ...(position === undefined ? {} : { position }),
    ...(company === undefined ? {} : { company }),
  };
}
