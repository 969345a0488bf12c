import type { NoteWords } from './words.js';

export const tr: NoteWords = {
  only: {
    read: 'Mesaj {service} üzerinden gönderildi ve okundu',
    delivered: 'Mesaj {service} üzerinden teslim edildi',
    sent: 'Mesaj {service} üzerinden gönderildi',
    waiting: 'Mesaj henüz gönderilmedi',
    notSent: 'Mesaj gönderilmedi',
    notDelivered: 'Mesaj teslim edilemedi',
  },
  group: {
    read: 'Okundu',
    delivered: 'Teslim edildi',
    sent: 'Gönderildi',
    waiting: 'Henüz gönderilmedi',
    notSent: 'Gönderilmedi',
    notDelivered: 'Teslim edilemedi',
  },
  // A noun after a number stays in the singular.
  sentToAll: {
    one: 'Mesaj {service} üzerinden {n} kişiye gönderildi',
    other: 'Mesaj {service} üzerinden {n} kişiye gönderildi',
  },
  sentToSome: {
    one: 'Mesaj {service} üzerinden gönderildi ({n}/{total} kişi)',
    other: 'Mesaj {service} üzerinden gönderildi ({n}/{total} kişi)',
  },
  unnamed: 'adsız kişi',
  more: 've {n} kişi daha',
  service: 'sohbet servisi',
  code: 'kod {code}',
  retry: 'Otomatik olarak yeniden deneyeceğiz. Bir şey yapmanız gerekmiyor',
  text: 'Mesaj metni:',
  reasons: {
    no_phone: {
      why: 'Telefon numarası yok',
      todo: 'Numarayı kişiye ekleyin ve mesajı kendiniz gönderin',
    },
    invalid_phone: {
      why: 'Telefon numarası geçerli değil',
      todo: 'Kişideki numarayı düzeltin ve mesajı kendiniz gönderin',
    },
    no_contact: {
      why: 'Bağlı bir kişi yok',
      todo: 'Telefon numarası olan bir kişi bağlayın ve mesajı kendiniz gönderin',
    },
    entity_gone: {
      why: 'Mesaj gönderilemeden kayıt silindi',
      todo: 'Yanlışlıkla silindiyse kaydı geri yükleyin ve kişiye kendiniz yazın',
    },
    not_on_service: {
      why: 'Bu numaranın {service} hesabı yok',
      todo: 'Kişiyi arayın veya başka bir yoldan yazın',
    },
    repeated_text: {
      why: 'Aynı metin kısa süre önce bu numaraya gönderildi',
      todo: 'Bir şey yapmanız gerekmiyor',
    },
    number_served: {
      why: 'Aynı numara başka bir kişide de var ve ona yazıldı',
      todo: 'Kişinin kendi numarası varsa ekleyin ve mesajı kendiniz gönderin',
    },
    empty_text: {
      why: 'Mesaj boş: makroları dolduracak veri yok',
      todo: 'Mesajda kullanılan alanları doldurun veya bir yöneticiden dijital satış takip hattındaki metni değiştirmesini isteyin',
    },
    not_connected: {
      why: 'Sohbet servisi bağlı değil veya erişim bilgilerini kabul etmiyor',
      todo: 'Bir yöneticiden bağlantıyı kontrol etmesini isteyin, bu arada kişiye kendiniz yazın',
    },
    number_refused: {
      why: '{service} bu numarayı kabul etmiyor',
      todo: 'Kişideki numarayı kontrol edin ve mesajı kendiniz gönderin',
    },
    text_refused: {
      why: '{service} bu metni kabul etmiyor',
      todo: 'Bir yöneticiden dijital satış takip hattındaki metni değiştirmesini isteyin',
    },
    window_closed: {
      why: 'Kişi son 24 saatte yazmadı; {service} bu durumda yalnızca onaylı şablonları kabul ediyor',
      todo: 'Kişiyi arayın veya başka bir yoldan yazın. Kişi yazdıktan sonra mesajlar yeniden gönderilir',
    },
    recipient_blocked: {
      why: 'Kişi mesajlarınızı engelledi veya aboneliğini iptal etti',
      todo: 'Kişiyi arayın veya başka bir yoldan yazın',
    },
    service_refused: {
      why: '{service} mesajı kabul etmedi',
      todo: 'Bir yöneticiye haber verin. Nedeni servisin hesabında görünür',
    },
    service_unavailable: {
      why: '{service} yanıt vermedi',
      todo: 'Birkaç kez denedik. Kişiye kendiniz yazın, tekrarlanırsa bir yöneticiye haber verin',
    },
    undelivered: {
      why: '{service} mesajı kabul etti ama teslim edemedi',
      todo: 'Numarayı kontrol edin, kişiyi arayın veya başka bir yoldan yazın',
    },
    access_revoked: {
      why: 'Entegrasyonun {crm} hesabına artık erişimi yok',
      todo: 'Bir yöneticiden entegrasyonu yeniden yüklemesini isteyin, bu arada kişiye kendiniz yazın',
    },
    subscription_lapsed: {
      why: 'Hesabın {crm} aboneliği sona erdi',
      todo: 'Bir yöneticiden aboneliği yenilemesini isteyin, bu arada kişiye kendiniz yazın',
    },
    kommo_unavailable: {
      why: '{crm} yanıt vermedi',
      todo: 'Birkaç kez denedik. Kişiye kendiniz yazın, tekrarlanırsa destek ekibimizle iletişime geçin',
    },
    kommo_refused: {
      why: '{crm} entegrasyonun kişileri okumasına izin vermiyor',
      todo: 'Bir yöneticiden entegrasyonu yükleyen kullanıcının yetkilerini kontrol etmesini isteyin',
    },
    internal: {
      why: 'Entegrasyonun kendisindeki bir hata mesajın gönderilmesini engelledi',
      todo: 'Kişiye kendiniz yazın ve destek ekibimize bildirin',
    },
  },
};
