import type { NoteWords } from './words.js';

export const es: NoteWords = {
  only: {
    read: 'Mensaje enviado vía {service} y leído',
    delivered: 'Mensaje entregado vía {service}',
    sent: 'Mensaje enviado vía {service}',
    waiting: 'El mensaje aún no se ha enviado',
    notSent: 'Mensaje no enviado',
    notDelivered: 'Mensaje no entregado',
  },
  group: {
    read: 'Leído',
    delivered: 'Entregado',
    sent: 'Enviado',
    waiting: 'Aún no enviado',
    notSent: 'No enviado',
    notDelivered: 'No entregado',
  },
  sentToAll: {
    one: 'Mensaje enviado a {n} contacto vía {service}',
    other: 'Mensaje enviado a {n} contactos vía {service}',
  },
  sentToSome: {
    one: 'Mensaje enviado a {n} de {total} contacto vía {service}',
    other: 'Mensaje enviado a {n} de {total} contactos vía {service}',
  },
  unnamed: 'contacto sin nombre',
  more: 'y {n} más',
  service: 'el servicio de chat',
  code: 'código {code}',
  retry: 'Lo intentaremos de nuevo automáticamente. No tienes que hacer nada',
  text: 'Texto del mensaje:',
  reasons: {
    no_phone: {
      why: 'Falta el número de teléfono',
      todo: 'Agrégalo al contacto y envíale el mensaje manualmente',
    },
    invalid_phone: {
      why: 'El número de teléfono no es válido',
      todo: 'Corrígelo en el contacto y envíale el mensaje manualmente',
    },
    no_contact: {
      why: 'No hay ningún contacto vinculado',
      todo: 'Vincula un contacto con número de teléfono y envíale el mensaje manualmente',
    },
    entity_gone: {
      why: 'El registro se eliminó antes de que se pudiera enviar el mensaje',
      todo: 'Si fue un error, restáuralo y envía el mensaje manualmente',
    },
    not_on_service: {
      why: '{service} no tiene ninguna cuenta con este número',
      todo: 'Llama al contacto o escríbele por otro medio',
    },
    repeated_text: {
      why: 'Hace poco se envió el mismo texto a este número',
      todo: 'No tienes que hacer nada',
    },
    number_served: {
      why: 'Otro contacto tiene el mismo número y ya se le escribió',
      todo: 'Si el contacto tiene un número propio, agrégalo y envíale el mensaje manualmente',
    },
    empty_text: {
      why: 'El mensaje está vacío: no hay datos para completar sus macros',
      todo: 'Completa los campos que usa el mensaje o pide a un administrador que cambie el texto en el pipeline digital',
    },
    not_connected: {
      why: 'El servicio de chat no está conectado o no acepta los datos de acceso',
      todo: 'Pide a un administrador que revise la conexión y, mientras tanto, envía el mensaje manualmente',
    },
    number_refused: {
      why: '{service} no acepta este número',
      todo: 'Revisa el número en el contacto y envíale el mensaje manualmente',
    },
    text_refused: {
      why: '{service} no acepta este texto',
      todo: 'Pide a un administrador que cambie el texto en el pipeline digital',
    },
    window_closed: {
      why: 'El contacto no ha escrito en las últimas 24 horas y {service} solo acepta entonces plantillas aprobadas',
      todo: 'Llama al contacto o escríbele por otro medio. Los mensajes volverán a enviarse cuando el contacto escriba',
    },
    recipient_blocked: {
      why: 'El contacto bloqueó tus mensajes o canceló la suscripción',
      todo: 'Llama al contacto o escríbele por otro medio',
    },
    service_refused: {
      why: '{service} no aceptó el mensaje',
      todo: 'Avisa a un administrador: el motivo aparece en la cuenta del servicio',
    },
    service_unavailable: {
      why: '{service} no respondió',
      todo: 'Ya lo intentamos varias veces. Envía el mensaje manualmente y, si vuelve a ocurrir, avisa a un administrador',
    },
    undelivered: {
      why: '{service} aceptó el mensaje, pero no pudo entregarlo',
      todo: 'Revisa el número, llama al contacto o escríbele por otro medio',
    },
    access_revoked: {
      why: 'La integración ya no tiene acceso a la cuenta de {crm}',
      todo: 'Pide a un administrador que la instale de nuevo y, mientras tanto, envía el mensaje manualmente',
    },
    subscription_lapsed: {
      why: 'La suscripción de la cuenta a {crm} venció',
      todo: 'Pide a un administrador que la renueve y, mientras tanto, envía el mensaje manualmente',
    },
    kommo_unavailable: {
      why: '{crm} no respondió',
      todo: 'Ya lo intentamos varias veces. Envía el mensaje manualmente y, si vuelve a ocurrir, contacta a nuestro equipo de soporte',
    },
    kommo_refused: {
      why: '{crm} no permite que la integración lea los contactos',
      todo: 'Pide a un administrador que revise los permisos del usuario que instaló la integración',
    },
    internal: {
      why: 'Un error de la propia integración impidió enviar el mensaje',
      todo: 'Escribe tú al contacto y avisa a nuestro equipo de soporte',
    },
  },
};
