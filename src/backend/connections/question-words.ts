import type { NoteLanguage } from '../config.js';
import type { PageWords } from '../installations/page-words.js';

/** What the pages say that stand between the consent at the service and the connection. */
export interface QuestionWords {
  /** While the page that has begun the sign-in is asked. */
  readonly arrival: PageWords & { readonly next: string };
  /** When that page does not answer: what the person is asked. */
  readonly question: PageWords & {
    readonly account: string;
    readonly address: string;
    readonly connect: string;
    readonly cancel: string;
  };
}

/** In every text `{service}` is the chat service and `{platform}` is Kommo or amoCRM. */
export const questionWords: Readonly<Record<NoteLanguage, QuestionWords>> = {
  en: {
    arrival: {
      title: 'One moment',
      text: 'The sign-in at {service} is being finished.',
      next: 'Continue',
    },
    question: {
      title: 'Connect {service} to this {platform} account?',
      text: 'Its users will then read and send messages as your account at {service}. Connect it only if you know this {platform} account.',
      account: '{platform} account',
      address: 'Address',
      connect: 'Connect',
      cancel: 'Cancel',
    },
  },
  es: {
    arrival: {
      title: 'Un momento',
      text: 'Se está terminando el inicio de sesión en {service}.',
      next: 'Continuar',
    },
    question: {
      title: '¿Conectar {service} a esta cuenta de {platform}?',
      text: 'Sus usuarios podrán leer y enviar mensajes en nombre de tu cuenta de {service}. Conéctala solo si conoces esta cuenta de {platform}.',
      account: 'Cuenta de {platform}',
      address: 'Dirección',
      connect: 'Conectar',
      cancel: 'Cancelar',
    },
  },
  pt: {
    arrival: {
      title: 'Um momento',
      text: 'O login em {service} está sendo concluído.',
      next: 'Continuar',
    },
    question: {
      title: 'Conectar {service} a esta conta do {platform}?',
      text: 'Os usuários dela poderão ler e enviar mensagens em nome da sua conta em {service}. Conecte somente se você conhece esta conta do {platform}.',
      account: 'Conta do {platform}',
      address: 'Endereço',
      connect: 'Conectar',
      cancel: 'Cancelar',
    },
  },
  tr: {
    arrival: {
      title: 'Bir dakika',
      text: '{service} girişi tamamlanıyor.',
      next: 'Devam et',
    },
    question: {
      title: '{service} bu {platform} hesabına bağlansın mı?',
      text: 'Bu hesabın kullanıcıları, {service} hesabınız adına mesaj okuyup gönderebilecek. Yalnızca bu {platform} hesabını tanıyorsanız bağlayın.',
      account: '{platform} hesabı',
      address: 'Adres',
      connect: 'Bağla',
      cancel: 'Vazgeç',
    },
  },
  id: {
    arrival: {
      title: 'Tunggu sebentar',
      text: 'Proses masuk ke {service} sedang diselesaikan.',
      next: 'Lanjutkan',
    },
    question: {
      title: 'Hubungkan {service} ke akun {platform} ini?',
      text: 'Penggunanya akan dapat membaca dan mengirim pesan atas nama akun {service} Anda. Hubungkan hanya jika Anda mengenal akun {platform} ini.',
      account: 'Akun {platform}',
      address: 'Alamat',
      connect: 'Hubungkan',
      cancel: 'Batal',
    },
  },
  ru: {
    arrival: {
      title: 'Одну минуту',
      text: '{service}: вход завершается.',
      next: 'Продолжить',
    },
    question: {
      title: '{service}: подключить к этому аккаунту {platform}?',
      text: 'Его пользователи смогут читать и отправлять сообщения от имени вашего аккаунта в {service}. Подключайте, только если знаете этот аккаунт {platform}.',
      account: 'Аккаунт {platform}',
      address: 'Адрес',
      connect: 'Подключить',
      cancel: 'Отменить',
    },
  },
};
