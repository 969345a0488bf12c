import type { NoteWords } from './words.js';

export const id: NoteWords = {
  only: {
    read: 'Pesan terkirim lewat {service} dan sudah dibaca',
    delivered: 'Pesan sudah diterima lewat {service}',
    sent: 'Pesan terkirim lewat {service}',
    waiting: 'Pesan belum terkirim',
    notSent: 'Pesan tidak terkirim',
    notDelivered: 'Pesan tidak sampai',
  },
  group: {
    read: 'Dibaca',
    delivered: 'Diterima',
    sent: 'Terkirim',
    waiting: 'Belum terkirim',
    notSent: 'Tidak terkirim',
    notDelivered: 'Tidak sampai',
  },
  sentToAll: {
    other: 'Pesan terkirim ke {n} kontak lewat {service}',
  },
  sentToSome: {
    other: 'Pesan terkirim ke {n} dari {total} kontak lewat {service}',
  },
  unnamed: 'kontak tanpa nama',
  more: 'dan {n} lainnya',
  service: 'layanan chat',
  code: 'kode {code}',
  retry: 'Kami akan mencoba lagi secara otomatis. Anda tidak perlu melakukan apa pun',
  text: 'Teks pesan:',
  reasons: {
    no_phone: {
      why: 'Nomor telepon belum diisi',
      todo: 'Tambahkan nomornya ke kontak, lalu kirim pesannya secara manual',
    },
    invalid_phone: {
      why: 'Nomor telepon tidak valid',
      todo: 'Perbaiki nomornya di kontak, lalu kirim pesannya secara manual',
    },
    no_contact: {
      why: 'Tidak ada kontak yang tertaut',
      todo: 'Tautkan kontak yang memiliki nomor telepon, lalu kirim pesannya secara manual',
    },
    entity_gone: {
      why: 'Data dihapus sebelum pesan sempat dikirim',
      todo: 'Jika tidak sengaja terhapus, pulihkan datanya, lalu kirim pesannya secara manual',
    },
    not_on_service: {
      why: 'Nomor ini tidak memiliki akun di {service}',
      todo: 'Telepon kontak atau hubungi dengan cara lain',
    },
    repeated_text: {
      why: 'Teks yang sama baru saja dikirim ke nomor ini',
      todo: 'Anda tidak perlu melakukan apa pun',
    },
    number_served: {
      why: 'Kontak lain memiliki nomor yang sama dan sudah dikirimi pesan',
      todo: 'Jika kontak ini punya nomor sendiri, tambahkan, lalu kirim pesannya secara manual',
    },
    empty_text: {
      why: 'Pesan kosong: tidak ada data untuk mengisi makro',
      todo: 'Isi kolom yang dipakai dalam pesan, atau minta administrator mengubah teksnya di pipeline digital',
    },
    not_connected: {
      why: 'Layanan chat tidak terhubung atau menolak data aksesnya',
      todo: 'Minta administrator memeriksa koneksinya, dan sementara itu kirim pesannya secara manual',
    },
    number_refused: {
      why: '{service} menolak nomor ini',
      todo: 'Periksa nomornya di kontak, lalu kirim pesannya secara manual',
    },
    text_refused: {
      why: '{service} menolak teks ini',
      todo: 'Minta administrator mengubah teksnya di pipeline digital',
    },
    window_closed: {
      why: 'Kontak tidak menulis dalam 24 jam terakhir, dan {service} saat itu hanya menerima templat yang disetujui',
      todo: 'Telepon kontak atau hubungi dengan cara lain. Pesan dapat terkirim lagi setelah kontak menulis',
    },
    recipient_blocked: {
      why: 'Kontak memblokir pesan Anda atau berhenti berlangganan',
      todo: 'Telepon kontak atau hubungi dengan cara lain',
    },
    service_refused: {
      why: '{service} menolak pesan ini',
      todo: 'Beri tahu administrator. Alasannya dapat dilihat di akun layanan tersebut',
    },
    service_unavailable: {
      why: '{service} tidak menjawab',
      todo: 'Kami sudah mencoba beberapa kali. Kirim pesannya secara manual, dan jika terjadi lagi, beri tahu administrator',
    },
    undelivered: {
      why: '{service} menerima pesan ini, tetapi tidak dapat menyampaikannya',
      todo: 'Periksa nomornya, telepon kontak, atau hubungi dengan cara lain',
    },
    access_revoked: {
      why: 'Integrasi tidak lagi memiliki akses ke akun {crm}',
      todo: 'Minta administrator memasangnya kembali, dan sementara itu kirim pesannya secara manual',
    },
    subscription_lapsed: {
      why: 'Langganan {crm} akun ini sudah berakhir',
      todo: 'Minta administrator memperpanjangnya, dan sementara itu kirim pesannya secara manual',
    },
    kommo_unavailable: {
      why: '{crm} tidak menjawab',
      todo: 'Kami sudah mencoba beberapa kali. Kirim pesannya secara manual, dan jika terjadi lagi, hubungi tim dukungan kami',
    },
    kommo_refused: {
      why: '{crm} tidak mengizinkan integrasi membaca kontak',
      todo: 'Minta administrator memeriksa hak akses pengguna yang memasang integrasi',
    },
    internal: {
      why: 'Kesalahan pada integrasi itu sendiri membuat pesan tidak terkirim',
      todo: 'Kirim pesannya sendiri dan beri tahu tim dukungan kami',
    },
  },
};
