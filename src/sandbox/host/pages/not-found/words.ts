import type { Words } from '../../words/words.js';

export const notFoundWords: Words<'title' | 'text' | 'home'> = {
  en: { title: 'Page not found', text: 'There is nothing at {path}.', home: 'Go to the pipeline' },
  es: { title: 'Página no encontrada', text: 'No hay nada en {path}.', home: 'Ir al embudo' },
  pt: { title: 'Página não encontrada', text: 'Não há nada em {path}.', home: 'Ir para o funil' },
  tr: { title: 'Sayfa bulunamadı', text: '{path} adresinde bir şey yok.', home: 'Satış hunisine git' },
  id: { title: 'Halaman tidak ditemukan', text: 'Tidak ada apa pun di {path}.', home: 'Buka pipeline' },
  ru: { title: 'Страница не найдена', text: 'По адресу {path} ничего нет.', home: 'Перейти к воронке' },
};
