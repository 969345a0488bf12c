import type { Words } from '../../words/words.js';

export type CatalogWord =
  | 'title'
  | 'contacts'
  | 'companies'
  | 'products'
  | 'name'
  | 'sku'
  | 'price'
  | 'quantity'
  | 'unknown'
  | 'free'
  | 'taken';

export const catalogWords: Words<CatalogWord> = {
  en: {
    title: 'Lists',
    contacts: 'Contacts',
    companies: 'Companies',
    products: 'Products',
    name: 'Name',
    sku: 'SKU',
    price: 'Price',
    quantity: 'Quantity',
    unknown: 'There is no list {id}.',
    free: 'List ID: {id}',
    taken: 'Elements are opened by {name}',
  },
  es: {
    title: 'Listas',
    contacts: 'Contactos',
    companies: 'Compañías',
    products: 'Productos',
    name: 'Nombre',
    sku: 'SKU',
    price: 'Precio',
    quantity: 'Cantidad',
    unknown: 'No hay ninguna lista {id}.',
    free: 'ID de la lista: {id}',
    taken: '{name} abre los elementos',
  },
  pt: {
    title: 'Listas',
    contacts: 'Contatos',
    companies: 'Empresas',
    products: 'Produtos',
    name: 'Nome',
    sku: 'SKU',
    price: 'Preço',
    quantity: 'Quantidade',
    unknown: 'Não há nenhuma lista {id}.',
    free: 'ID da lista: {id}',
    taken: '{name} abre os elementos',
  },
  tr: {
    title: 'Listeler',
    contacts: 'Kişiler',
    companies: 'Şirketler',
    products: 'Ürünler',
    name: 'Ad',
    sku: 'SKU',
    price: 'Fiyat',
    quantity: 'Miktar',
    unknown: '{id} numaralı bir liste yok.',
    free: 'Liste kimliği: {id}',
    taken: 'Öğeleri {name} açar',
  },
  id: {
    title: 'Daftar',
    contacts: 'Kontak',
    companies: 'Perusahaan',
    products: 'Produk',
    name: 'Nama',
    sku: 'SKU',
    price: 'Harga',
    quantity: 'Jumlah',
    unknown: 'Tidak ada daftar {id}.',
    free: 'ID daftar: {id}',
    taken: 'Elemen dibuka oleh {name}',
  },
  ru: {
    title: 'Списки',
    contacts: 'Контакты',
    companies: 'Компании',
    products: 'Товары',
    name: 'Название',
    sku: 'Артикул',
    price: 'Цена',
    quantity: 'Количество',
    unknown: 'Списка {id} нет.',
    free: 'ID списка: {id}',
    taken: 'Элементы открывает {name}',
  },
};
