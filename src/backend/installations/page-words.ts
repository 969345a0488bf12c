import type { NoteLanguage } from '../config.js';

/** How an installation ended; each has a page. */
export type PageName =
  | 'installed'
  | 'declined'
  | 'unknown_client'
  | 'unknown_host'
  | 'stale_state'
  | 'no_code'
  | 'void_code'
  | 'client_refused'
  | 'wrong_account'
  | 'no_access'
  | 'unavailable';

export interface PageWords {
  readonly title: string;
  /** What it means and the next step. */
  readonly text: string;
}

export interface LanguageWords {
  readonly pages: Readonly<Record<PageName, PageWords>>;
  readonly openAccount: string;
  readonly tryAgain: string;
}

/** In every text `{platform}` is Kommo or amoCRM and `{account}` the host of the account. */
export const pageWords: Readonly<Record<NoteLanguage, LanguageWords>> = {
  en: {
    openAccount: 'Open the account',
    tryAgain: 'Connect again',
    pages: {
      installed: {
        title: 'Pipeline Messenger is connected',
        text: '{account} can now send messages from the digital pipeline. You can close this window.',
      },
      declined: {
        title: 'Access was not allowed',
        text: 'Without access to the account Pipeline Messenger cannot send messages. To connect it, try again and choose “Allow”.',
      },
      unknown_client: {
        title: 'This integration is not known here',
        text: 'The request is for an integration that this server does not serve. Check the client ID in the server’s settings and the redirect address on the integration’s page in {platform}.',
      },
      unknown_host: {
        title: 'This is not the address of an account',
        text: 'The request names an address that does not belong to {platform}, so nothing was sent there. Install the integration from Settings → Integrations in your account.',
      },
      stale_state: {
        title: 'The request is too old or from another browser',
        text: 'For safety an installation has to be finished within ten minutes, in the browser where it began. Please connect again.',
      },
      no_code: {
        title: 'Something is missing in this request',
        text: 'This address is opened by {platform} during an installation. Install the integration from Settings → Integrations in your account.',
      },
      void_code: {
        title: 'The authorization code is no longer valid',
        text: 'A code works once and for 20 minutes. Please connect again.',
      },
      client_refused: {
        title: '{platform} does not accept this integration’s keys',
        text: 'An administrator of this server has to check the client ID, the secret key and the redirect address against the integration’s page, under “Keys and scopes”. Then connect again.',
      },
      wrong_account: {
        title: 'The access belongs to another account',
        text: 'What {account} gave out is not for this account and this integration, so nothing was saved. Install the integration from Settings → Integrations in your account.',
      },
      no_access: {
        title: 'The account does not let the integration in',
        text: '{account} gave access and then refused to use it. Check that the account is paid for and that the integration may access the account’s data, then connect again.',
      },
      unavailable: {
        title: 'This did not work just now',
        text: 'The account or our server could not be reached. Please connect again in a few minutes.',
      },
    },
  },
  es: {
    openAccount: 'Abrir la cuenta',
    tryAgain: 'Conectar de nuevo',
    pages: {
      installed: {
        title: 'Pipeline Messenger está conectado',
        text: '{account} ya puede enviar mensajes desde el pipeline digital. Puedes cerrar esta ventana.',
      },
      declined: {
        title: 'No se permitió el acceso',
        text: 'Sin acceso a la cuenta, Pipeline Messenger no puede enviar mensajes. Para conectarlo, inténtalo de nuevo y elige «Permitir».',
      },
      unknown_client: {
        title: 'Aquí no se conoce esta integración',
        text: 'La solicitud es de una integración que este servidor no atiende. Revisa el ID de cliente en la configuración del servidor y la dirección de redirección en la página de la integración en {platform}.',
      },
      unknown_host: {
        title: 'Esta no es la dirección de una cuenta',
        text: 'La solicitud indica una dirección que no pertenece a {platform}, así que no se envió nada allí. Instala la integración desde Ajustes → Integraciones en tu cuenta.',
      },
      stale_state: {
        title: 'La solicitud es demasiado antigua o de otro navegador',
        text: 'Por seguridad, la instalación debe terminarse en diez minutos y en el mismo navegador en que empezó. Conecta de nuevo.',
      },
      no_code: {
        title: 'A esta solicitud le falta algo',
        text: '{platform} abre esta dirección durante la instalación. Instala la integración desde Ajustes → Integraciones en tu cuenta.',
      },
      void_code: {
        title: 'El código de autorización ya no es válido',
        text: 'Cada código sirve una sola vez y durante 20 minutos. Conecta de nuevo.',
      },
      client_refused: {
        title: '{platform} no acepta las claves de esta integración',
        text: 'Un administrador de este servidor debe comparar el ID de cliente, la clave secreta y la dirección de redirección con la página de la integración, en «Claves y permisos». Después, conecta de nuevo.',
      },
      wrong_account: {
        title: 'El acceso es de otra cuenta',
        text: 'Lo que entregó {account} no es para esta cuenta y esta integración, así que no se guardó nada. Instala la integración desde Ajustes → Integraciones en tu cuenta.',
      },
      no_access: {
        title: 'La cuenta no deja entrar a la integración',
        text: '{account} dio acceso y luego no permitió usarlo. Comprueba que la cuenta esté pagada y que la integración pueda acceder a los datos de la cuenta; después, conecta de nuevo.',
      },
      unavailable: {
        title: 'Ahora mismo no funcionó',
        text: 'No se pudo contactar con la cuenta o con nuestro servidor. Conecta de nuevo en unos minutos.',
      },
    },
  },
  pt: {
    openAccount: 'Abrir a conta',
    tryAgain: 'Conectar novamente',
    pages: {
      installed: {
        title: 'O Pipeline Messenger está conectado',
        text: '{account} já pode enviar mensagens pelo funil digital. Você pode fechar esta janela.',
      },
      declined: {
        title: 'O acesso não foi permitido',
        text: 'Sem acesso à conta, o Pipeline Messenger não consegue enviar mensagens. Para conectá-lo, tente novamente e escolha “Permitir”.',
      },
      unknown_client: {
        title: 'Esta integração não é conhecida aqui',
        text: 'A solicitação é de uma integração que este servidor não atende. Confira o ID do cliente nas configurações do servidor e o endereço de redirecionamento na página da integração no {platform}.',
      },
      unknown_host: {
        title: 'Este não é o endereço de uma conta',
        text: 'A solicitação indica um endereço que não pertence ao {platform}, por isso nada foi enviado para lá. Instale a integração em Configurações → Integrações na sua conta.',
      },
      stale_state: {
        title: 'A solicitação é antiga demais ou veio de outro navegador',
        text: 'Por segurança, a instalação precisa ser concluída em dez minutos e no navegador em que começou. Conecte novamente.',
      },
      no_code: {
        title: 'Falta algo nesta solicitação',
        text: 'Este endereço é aberto pelo {platform} durante a instalação. Instale a integração em Configurações → Integrações na sua conta.',
      },
      void_code: {
        title: 'O código de autorização não é mais válido',
        text: 'Um código funciona uma única vez e por 20 minutos. Conecte novamente.',
      },
      client_refused: {
        title: 'O {platform} não aceita as chaves desta integração',
        text: 'Um administrador deste servidor precisa conferir o ID do cliente, a chave secreta e o endereço de redirecionamento com a página da integração, em “Chaves e escopos”. Depois, conecte novamente.',
      },
      wrong_account: {
        title: 'O acesso é de outra conta',
        text: 'O que {account} forneceu não é para esta conta e esta integração, por isso nada foi salvo. Instale a integração em Configurações → Integrações na sua conta.',
      },
      no_access: {
        title: 'A conta não deixa a integração entrar',
        text: '{account} deu acesso e depois não permitiu usá-lo. Confira se a conta está paga e se a integração pode acessar os dados da conta; depois, conecte novamente.',
      },
      unavailable: {
        title: 'Não funcionou agora',
        text: 'Não foi possível contatar a conta ou o nosso servidor. Conecte novamente em alguns minutos.',
      },
    },
  },
  tr: {
    openAccount: 'Hesabı aç',
    tryAgain: 'Yeniden bağlan',
    pages: {
      installed: {
        title: 'Pipeline Messenger bağlandı',
        text: '{account} artık dijital satış takip hattından mesaj gönderebilir. Bu pencereyi kapatabilirsiniz.',
      },
      declined: {
        title: 'Erişime izin verilmedi',
        text: 'Pipeline Messenger hesaba erişmeden mesaj gönderemez. Bağlamak için yeniden deneyin ve “İzin ver” seçeneğini seçin.',
      },
      unknown_client: {
        title: 'Bu entegrasyon burada tanınmıyor',
        text: 'İstek, bu sunucunun hizmet vermediği bir entegrasyona ait. Sunucu ayarlarındaki istemci kimliğini ve {platform} içindeki entegrasyon sayfasında yönlendirme adresini kontrol edin.',
      },
      unknown_host: {
        title: 'Bu bir hesap adresi değil',
        text: 'İstekteki adres {platform} adresi olmadığı için oraya hiçbir şey gönderilmedi. Entegrasyonu hesabınızda Ayarlar → Entegrasyonlar bölümünden yükleyin.',
      },
      stale_state: {
        title: 'İstek çok eski ya da başka bir tarayıcıdan geliyor',
        text: 'Güvenlik için yükleme on dakika içinde ve başladığı tarayıcıda tamamlanmalıdır. Lütfen yeniden bağlanın.',
      },
      no_code: {
        title: 'Bu istekte bir şey eksik',
        text: 'Bu adresi yükleme sırasında {platform} açar. Entegrasyonu hesabınızda Ayarlar → Entegrasyonlar bölümünden yükleyin.',
      },
      void_code: {
        title: 'Yetkilendirme kodu artık geçerli değil',
        text: 'Bir kod yalnızca bir kez ve 20 dakika boyunca kullanılabilir. Lütfen yeniden bağlanın.',
      },
      client_refused: {
        title: '{platform} bu entegrasyonun anahtarlarını kabul etmiyor',
        text: 'Bu sunucunun yöneticisi istemci kimliğini, gizli anahtarı ve yönlendirme adresini entegrasyon sayfasındaki “Anahtarlar ve kapsamlar” bölümüyle karşılaştırmalıdır. Ardından yeniden bağlanın.',
      },
      wrong_account: {
        title: 'Erişim başka bir hesaba ait',
        text: '{account} adresinden gelen erişim bu hesap ve bu entegrasyon için değil, bu yüzden hiçbir şey kaydedilmedi. Entegrasyonu hesabınızda Ayarlar → Entegrasyonlar bölümünden yükleyin.',
      },
      no_access: {
        title: 'Hesap entegrasyonu kabul etmiyor',
        text: '{account} erişim verdi, ancak kullanılmasına izin vermedi. Hesabın ödemesinin yapıldığını ve entegrasyonun hesap verilerine erişebildiğini kontrol edip yeniden bağlanın.',
      },
      unavailable: {
        title: 'Şu anda olmadı',
        text: 'Hesaba ya da sunucumuza ulaşılamadı. Lütfen birkaç dakika sonra yeniden bağlanın.',
      },
    },
  },
  id: {
    openAccount: 'Buka akun',
    tryAgain: 'Hubungkan lagi',
    pages: {
      installed: {
        title: 'Pipeline Messenger sudah terhubung',
        text: '{account} kini dapat mengirim pesan dari pipeline digital. Jendela ini boleh ditutup.',
      },
      declined: {
        title: 'Akses tidak diizinkan',
        text: 'Tanpa akses ke akun, Pipeline Messenger tidak dapat mengirim pesan. Untuk menghubungkannya, coba lagi dan pilih “Izinkan”.',
      },
      unknown_client: {
        title: 'Integrasi ini tidak dikenal di sini',
        text: 'Permintaan ini untuk integrasi yang tidak dilayani server ini. Periksa ID klien di pengaturan server dan alamat pengalihan di halaman integrasi di {platform}.',
      },
      unknown_host: {
        title: 'Ini bukan alamat akun',
        text: 'Permintaan menyebut alamat yang bukan milik {platform}, jadi tidak ada yang dikirim ke sana. Instal integrasi dari Pengaturan → Integrasi di akun Anda.',
      },
      stale_state: {
        title: 'Permintaan terlalu lama atau dari browser lain',
        text: 'Demi keamanan, instalasi harus diselesaikan dalam sepuluh menit di browser tempat instalasi dimulai. Silakan hubungkan lagi.',
      },
      no_code: {
        title: 'Ada yang kurang dalam permintaan ini',
        text: 'Alamat ini dibuka oleh {platform} saat instalasi. Instal integrasi dari Pengaturan → Integrasi di akun Anda.',
      },
      void_code: {
        title: 'Kode otorisasi sudah tidak berlaku',
        text: 'Kode hanya berlaku sekali dan selama 20 menit. Silakan hubungkan lagi.',
      },
      client_refused: {
        title: '{platform} tidak menerima kunci integrasi ini',
        text: 'Administrator server ini perlu mencocokkan ID klien, kunci rahasia, dan alamat pengalihan dengan halaman integrasi, di bagian “Kunci dan cakupan”. Setelah itu, hubungkan lagi.',
      },
      wrong_account: {
        title: 'Akses ini milik akun lain',
        text: 'Akses yang diberikan {account} bukan untuk akun dan integrasi ini, jadi tidak ada yang disimpan. Instal integrasi dari Pengaturan → Integrasi di akun Anda.',
      },
      no_access: {
        title: 'Akun menolak integrasi ini',
        text: '{account} memberi akses, lalu menolak penggunaannya. Pastikan akun sudah dibayar dan integrasi boleh mengakses data akun, lalu hubungkan lagi.',
      },
      unavailable: {
        title: 'Saat ini belum berhasil',
        text: 'Akun atau server kami tidak dapat dihubungi. Silakan hubungkan lagi dalam beberapa menit.',
      },
    },
  },
  ru: {
    openAccount: 'Открыть аккаунт',
    tryAgain: 'Подключить ещё раз',
    pages: {
      installed: {
        title: 'Pipeline Messenger подключён',
        text: 'Теперь {account} может отправлять сообщения из цифровой воронки. Это окно можно закрыть.',
      },
      declined: {
        title: 'Доступ не разрешён',
        text: 'Без доступа к аккаунту Pipeline Messenger не сможет отправлять сообщения. Чтобы подключить его, попробуйте ещё раз и нажмите «Разрешить».',
      },
      unknown_client: {
        title: 'Эта интеграция здесь неизвестна',
        text: 'Запрос относится к интеграции, которую этот сервер не обслуживает. Проверьте ID интеграции в настройках сервера и ссылку для перенаправления на странице интеграции в {platform}.',
      },
      unknown_host: {
        title: 'Это не адрес аккаунта',
        text: 'В запросе указан адрес, который не относится к {platform}, поэтому туда ничего не отправлено. Установите интеграцию в аккаунте: Настройки → Интеграции.',
      },
      stale_state: {
        title: 'Запрос устарел или пришёл из другого браузера',
        text: 'Для безопасности установку нужно завершить за десять минут в том же браузере, где она началась. Подключите интеграцию ещё раз.',
      },
      no_code: {
        title: 'В запросе чего-то не хватает',
        text: 'Этот адрес {platform} открывает во время установки. Установите интеграцию в аккаунте: Настройки → Интеграции.',
      },
      void_code: {
        title: 'Код авторизации больше не действует',
        text: 'Код действует один раз и в течение 20 минут. Подключите интеграцию ещё раз.',
      },
      client_refused: {
        title: '{platform} не принимает ключи этой интеграции',
        text: 'Администратору сервера нужно сверить ID интеграции, секретный ключ и ссылку для перенаправления со страницей интеграции, раздел «Ключи и доступы». Затем подключите её ещё раз.',
      },
      wrong_account: {
        title: 'Доступ выдан другому аккаунту',
        text: 'Доступ, который выдал {account}, не для этого аккаунта и этой интеграции, поэтому ничего не сохранено. Установите интеграцию в аккаунте: Настройки → Интеграции.',
      },
      no_access: {
        title: 'Аккаунт не пускает интеграцию',
        text: '{account} выдал доступ, но не позволил им воспользоваться. Проверьте, оплачен ли аккаунт и разрешён ли интеграции доступ к данным аккаунта, затем подключите её ещё раз.',
      },
      unavailable: {
        title: 'Сейчас не получилось',
        text: 'Не удалось связаться с аккаунтом или с нашим сервером. Подключите интеграцию ещё раз через несколько минут.',
      },
    },
  },
};
