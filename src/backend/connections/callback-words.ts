import type { ConnectionProblem } from '../../contract/connections-api.js';
import type { NoteLanguage } from '../config.js';
import type { PageWords } from '../installations/page-words.js';

/**
 * How signing in at a chat service ended; each has a page. `cancelled`: by the person whom our own page has asked;
 * `unknown_state`: not begun here, or finished before.
 */
export type CallbackPage = ConnectionProblem | 'connected' | 'cancelled' | 'unknown_state' | 'unavailable';

/** In every text `{service}` is the chat service and `{platform}` is Kommo or amoCRM. */
export const callbackWords: Readonly<Record<NoteLanguage, Readonly<Record<CallbackPage, PageWords>>>> = {
  en: {
    connected: {
      title: '{service} is connected',
      text: 'You can close this window and go on in {platform}.',
    },
    declined: {
      title: 'Access was not allowed',
      text: 'Nothing was connected. To try again, close this window and sign in again in {platform}.',
    },
    cancelled: {
      title: 'Nothing was connected',
      text: 'You have cancelled. You can close this window.',
    },
    wrong_credentials: {
      title: '{service} did not confirm the sign-in',
      text: 'The code that came back is not good for this sign-in. Close this window and sign in again in {platform}.',
    },
    service_unavailable: {
      title: '{service} did not answer as expected',
      text: 'Close this window and try again in {platform} in a few minutes.',
    },
    expired: {
      title: 'The sign-in took too long',
      text: 'Close this window and sign in again in {platform}.',
    },
    limit_reached: {
      title: 'There are 50 connected accounts already',
      text: 'To connect this one, disconnect another account in {platform} first. You can close this window.',
    },
    other_account: {
      title: 'This is another account of {service}',
      text: 'Sign in with the account that is to be connected again, or add this one as a new account. You can close this window.',
    },
    no_sender: {
      title: 'This account has no number to send from',
      text: 'Add a phone number to it in {service}, then connect it again. You can close this window.',
    },
    unknown_state: {
      title: 'This sign-in is over',
      text: 'It was finished before, or it did not begin in {platform}. Close this window and sign in again there.',
    },
    unavailable: {
      title: 'This did not work just now',
      text: 'Our server could not save the connection. Close this window and sign in again in {platform} in a few minutes.',
    },
  },
  es: {
    connected: {
      title: '{service} está conectado',
      text: 'Puedes cerrar esta ventana y continuar en {platform}.',
    },
    declined: {
      title: 'No se permitió el acceso',
      text: 'No se conectó nada. Para intentarlo de nuevo, cierra esta ventana e inicia sesión otra vez en {platform}.',
    },
    cancelled: {
      title: 'No se conectó nada',
      text: 'Has cancelado. Puedes cerrar esta ventana.',
    },
    wrong_credentials: {
      title: '{service} no confirmó el inicio de sesión',
      text: 'El código recibido no es válido para este inicio de sesión. Cierra esta ventana e inicia sesión de nuevo en {platform}.',
    },
    service_unavailable: {
      title: '{service} no respondió como se esperaba',
      text: 'Cierra esta ventana e inténtalo de nuevo en {platform} en unos minutos.',
    },
    expired: {
      title: 'El inicio de sesión tardó demasiado',
      text: 'Cierra esta ventana e inicia sesión de nuevo en {platform}.',
    },
    limit_reached: {
      title: 'Ya hay 50 cuentas conectadas',
      text: 'Para conectar esta, desconecta antes otra cuenta en {platform}. Puedes cerrar esta ventana.',
    },
    other_account: {
      title: 'Esta es otra cuenta de {service}',
      text: 'Inicia sesión con la cuenta que quieres volver a conectar o añade esta como una cuenta nueva. Puedes cerrar esta ventana.',
    },
    no_sender: {
      title: 'Esta cuenta no tiene un número desde el que enviar',
      text: 'Añade un número de teléfono en {service} y vuelve a conectarla. Puedes cerrar esta ventana.',
    },
    unknown_state: {
      title: 'Este inicio de sesión ya terminó',
      text: 'Se completó antes o no comenzó en {platform}. Cierra esta ventana e inicia sesión de nuevo allí.',
    },
    unavailable: {
      title: 'Ahora mismo no funcionó',
      text: 'Nuestro servidor no pudo guardar la conexión. Cierra esta ventana e inicia sesión de nuevo en {platform} en unos minutos.',
    },
  },
  pt: {
    connected: {
      title: '{service} está conectado',
      text: 'Você pode fechar esta janela e continuar no {platform}.',
    },
    declined: {
      title: 'O acesso não foi permitido',
      text: 'Nada foi conectado. Para tentar novamente, feche esta janela e entre outra vez pelo {platform}.',
    },
    cancelled: {
      title: 'Nada foi conectado',
      text: 'Você cancelou. Pode fechar esta janela.',
    },
    wrong_credentials: {
      title: '{service} não confirmou o login',
      text: 'O código recebido não vale para este login. Feche esta janela e entre novamente pelo {platform}.',
    },
    service_unavailable: {
      title: '{service} não respondeu como esperado',
      text: 'Feche esta janela e tente novamente no {platform} em alguns minutos.',
    },
    expired: {
      title: 'O login demorou demais',
      text: 'Feche esta janela e entre novamente pelo {platform}.',
    },
    limit_reached: {
      title: 'Já há 50 contas conectadas',
      text: 'Para conectar esta, desconecte antes outra conta no {platform}. Você pode fechar esta janela.',
    },
    other_account: {
      title: 'Esta é outra conta de {service}',
      text: 'Entre com a conta que deve ser reconectada ou adicione esta como uma nova conta. Você pode fechar esta janela.',
    },
    no_sender: {
      title: 'Esta conta não tem número para enviar',
      text: 'Adicione um número de telefone em {service} e conecte-a novamente. Você pode fechar esta janela.',
    },
    unknown_state: {
      title: 'Este login já terminou',
      text: 'Ele foi concluído antes ou não começou no {platform}. Feche esta janela e entre novamente por lá.',
    },
    unavailable: {
      title: 'Não funcionou agora',
      text: 'Nosso servidor não conseguiu salvar a conexão. Feche esta janela e entre novamente pelo {platform} em alguns minutos.',
    },
  },
  tr: {
    connected: {
      title: '{service} bağlandı',
      text: 'Bu pencereyi kapatıp {platform} üzerinde devam edebilirsiniz.',
    },
    declined: {
      title: 'Erişime izin verilmedi',
      text: 'Hiçbir şey bağlanmadı. Yeniden denemek için bu pencereyi kapatın ve {platform} üzerinden tekrar giriş yapın.',
    },
    cancelled: {
      title: 'Hiçbir şey bağlanmadı',
      text: 'Vazgeçtiniz. Bu pencereyi kapatabilirsiniz.',
    },
    wrong_credentials: {
      title: '{service} girişi onaylamadı',
      text: 'Gelen kod bu giriş için geçerli değil. Bu pencereyi kapatın ve {platform} üzerinden yeniden giriş yapın.',
    },
    service_unavailable: {
      title: '{service} beklendiği gibi yanıt vermedi',
      text: 'Bu pencereyi kapatın ve birkaç dakika sonra {platform} üzerinden yeniden deneyin.',
    },
    expired: {
      title: 'Giriş çok uzun sürdü',
      text: 'Bu pencereyi kapatın ve {platform} üzerinden yeniden giriş yapın.',
    },
    limit_reached: {
      title: 'Zaten 50 bağlı hesap var',
      text: 'Bunu bağlamak için önce {platform} üzerinden başka bir hesabın bağlantısını kesin. Bu pencereyi kapatabilirsiniz.',
    },
    other_account: {
      title: 'Bu, {service} üzerindeki başka bir hesap',
      text: 'Yeniden bağlanacak hesapla giriş yapın ya da bunu yeni hesap olarak ekleyin. Bu pencereyi kapatabilirsiniz.',
    },
    no_sender: {
      title: 'Bu hesapta mesaj gönderilecek numara yok',
      text: '{service} üzerinde hesaba bir telefon numarası ekleyin, sonra yeniden bağlayın. Bu pencereyi kapatabilirsiniz.',
    },
    unknown_state: {
      title: 'Bu giriş sona ermiş',
      text: 'Daha önce tamamlanmış ya da {platform} üzerinde başlatılmamış. Bu pencereyi kapatın ve oradan yeniden giriş yapın.',
    },
    unavailable: {
      title: 'Şu anda olmadı',
      text: 'Sunucumuz bağlantıyı kaydedemedi. Bu pencereyi kapatın ve birkaç dakika sonra {platform} üzerinden yeniden giriş yapın.',
    },
  },
  id: {
    connected: {
      title: '{service} sudah terhubung',
      text: 'Anda dapat menutup jendela ini dan melanjutkan di {platform}.',
    },
    declined: {
      title: 'Akses tidak diizinkan',
      text: 'Tidak ada yang dihubungkan. Untuk mencoba lagi, tutup jendela ini dan masuk kembali melalui {platform}.',
    },
    cancelled: {
      title: 'Tidak ada yang dihubungkan',
      text: 'Anda membatalkannya. Anda dapat menutup jendela ini.',
    },
    wrong_credentials: {
      title: '{service} tidak mengonfirmasi proses masuk',
      text: 'Kode yang diterima tidak berlaku untuk proses masuk ini. Tutup jendela ini dan masuk lagi melalui {platform}.',
    },
    service_unavailable: {
      title: '{service} tidak menjawab seperti yang diharapkan',
      text: 'Tutup jendela ini dan coba lagi di {platform} dalam beberapa menit.',
    },
    expired: {
      title: 'Proses masuk terlalu lama',
      text: 'Tutup jendela ini dan masuk lagi melalui {platform}.',
    },
    limit_reached: {
      title: 'Sudah ada 50 akun yang terhubung',
      text: 'Untuk menghubungkan akun ini, putuskan dulu akun lain di {platform}. Anda dapat menutup jendela ini.',
    },
    other_account: {
      title: 'Ini akun {service} yang lain',
      text: 'Masuk dengan akun yang ingin dihubungkan kembali, atau tambahkan akun ini sebagai akun baru. Anda dapat menutup jendela ini.',
    },
    no_sender: {
      title: 'Akun ini tidak memiliki nomor untuk mengirim',
      text: 'Tambahkan nomor telepon di {service}, lalu hubungkan lagi. Anda dapat menutup jendela ini.',
    },
    unknown_state: {
      title: 'Proses masuk ini sudah berakhir',
      text: 'Proses ini sudah selesai sebelumnya atau tidak dimulai di {platform}. Tutup jendela ini dan masuk lagi dari sana.',
    },
    unavailable: {
      title: 'Saat ini tidak berhasil',
      text: 'Server kami tidak dapat menyimpan koneksi. Tutup jendela ini dan masuk lagi melalui {platform} dalam beberapa menit.',
    },
  },
  ru: {
    connected: {
      title: '{service}: аккаунт подключён',
      text: 'Можно закрыть это окно и вернуться в {platform}.',
    },
    declined: {
      title: 'Доступ не разрешён',
      text: 'Ничего не подключено. Чтобы попробовать снова, закройте это окно и войдите ещё раз из {platform}.',
    },
    cancelled: {
      title: 'Ничего не подключено',
      text: 'Вы отменили подключение. Это окно можно закрыть.',
    },
    wrong_credentials: {
      title: '{service}: вход не подтверждён',
      text: 'Полученный код не подходит для этого входа. Закройте это окно и войдите снова из {platform}.',
    },
    service_unavailable: {
      title: '{service}: сервис не ответил как нужно',
      text: 'Закройте это окно и попробуйте снова из {platform} через несколько минут.',
    },
    expired: {
      title: 'Вход занял слишком много времени',
      text: 'Закройте это окно и войдите снова из {platform}.',
    },
    limit_reached: {
      title: 'Уже подключено 50 аккаунтов',
      text: 'Чтобы подключить этот, сначала отключите другой аккаунт в {platform}. Это окно можно закрыть.',
    },
    other_account: {
      title: '{service}: это другой аккаунт',
      text: 'Войдите в тот аккаунт, который нужно подключить заново, или добавьте этот как новый. Это окно можно закрыть.',
    },
    no_sender: {
      title: 'В этом аккаунте нет номера для отправки',
      text: 'Добавьте номер телефона в {service} и подключите аккаунт снова. Это окно можно закрыть.',
    },
    unknown_state: {
      title: 'Этот вход уже завершён',
      text: 'Он был выполнен раньше или начат не в {platform}. Закройте это окно и войдите снова оттуда.',
    },
    unavailable: {
      title: 'Сейчас не получилось',
      text: 'Наш сервер не смог сохранить подключение. Закройте это окно и войдите снова из {platform} через несколько минут.',
    },
  },
};
