import type { NoteWords } from './words.js';

export const pt: NoteWords = {
  only: {
    read: 'Mensagem enviada via {service} e lida',
    delivered: 'Mensagem entregue via {service}',
    sent: 'Mensagem enviada via {service}',
    waiting: 'A mensagem ainda não foi enviada',
    notSent: 'Mensagem não enviada',
    notDelivered: 'Mensagem não entregue',
  },
  group: {
    read: 'Lida',
    delivered: 'Entregue',
    sent: 'Enviada',
    waiting: 'Ainda não enviada',
    notSent: 'Não enviada',
    notDelivered: 'Não entregue',
  },
  sentToAll: {
    one: 'Mensagem enviada para {n} contato via {service}',
    other: 'Mensagem enviada para {n} contatos via {service}',
  },
  sentToSome: {
    one: 'Mensagem enviada para {n} de {total} contato via {service}',
    other: 'Mensagem enviada para {n} de {total} contatos via {service}',
  },
  unnamed: 'contato sem nome',
  more: 'e mais {n}',
  service: 'o serviço de chat',
  code: 'código {code}',
  retry: 'Tentaremos de novo automaticamente. Você não precisa fazer nada',
  text: 'Texto da mensagem:',
  reasons: {
    no_phone: {
      why: 'Falta o número de telefone',
      todo: 'Adicione o número ao contato e envie a mensagem manualmente',
    },
    invalid_phone: {
      why: 'O número de telefone não é válido',
      todo: 'Corrija o número no contato e envie a mensagem manualmente',
    },
    no_contact: {
      why: 'Nenhum contato está vinculado',
      todo: 'Vincule um contato com número de telefone e envie a mensagem manualmente',
    },
    entity_gone: {
      why: 'O registro foi excluído antes que a mensagem pudesse ser enviada',
      todo: 'Se foi um engano, restaure-o e envie a mensagem manualmente',
    },
    not_on_service: {
      why: '{service} não tem nenhuma conta com este número',
      todo: 'Ligue para o contato ou escreva por outro meio',
    },
    repeated_text: {
      why: 'O mesmo texto foi enviado para este número há pouco tempo',
      todo: 'Você não precisa fazer nada',
    },
    number_served: {
      why: 'Outro contato tem o mesmo número e já recebeu a mensagem',
      todo: 'Se o contato tem um número próprio, adicione-o e envie a mensagem manualmente',
    },
    empty_text: {
      why: 'A mensagem está vazia: não há dados para preencher as macros',
      todo: 'Preencha os campos que a mensagem usa ou peça a um administrador que altere o texto no funil digital',
    },
    not_connected: {
      why: 'O serviço de chat não está conectado ou não aceita os dados de acesso',
      todo: 'Peça a um administrador que verifique a conexão e, enquanto isso, envie a mensagem manualmente',
    },
    number_refused: {
      why: '{service} não aceita este número',
      todo: 'Verifique o número no contato e envie a mensagem manualmente',
    },
    text_refused: {
      why: '{service} não aceita este texto',
      todo: 'Peça a um administrador que altere o texto no funil digital',
    },
    window_closed: {
      why: 'O contato não escreveu nas últimas 24 horas e, nesse caso, {service} só aceita modelos aprovados',
      todo: 'Ligue para o contato ou escreva por outro meio. As mensagens voltam a ser enviadas quando o contato escrever',
    },
    recipient_blocked: {
      why: 'O contato bloqueou suas mensagens ou cancelou a inscrição',
      todo: 'Ligue para o contato ou escreva por outro meio',
    },
    service_refused: {
      why: '{service} não aceitou a mensagem',
      todo: 'Avise um administrador: o motivo aparece na conta do serviço',
    },
    service_unavailable: {
      why: '{service} não respondeu',
      todo: 'Já tentamos várias vezes. Envie a mensagem manualmente e, se acontecer de novo, avise um administrador',
    },
    undelivered: {
      why: '{service} aceitou a mensagem, mas não conseguiu entregá-la',
      todo: 'Verifique o número, ligue para o contato ou escreva por outro meio',
    },
    access_revoked: {
      why: 'A integração não tem mais acesso à conta do {crm}',
      todo: 'Peça a um administrador que a instale de novo e, enquanto isso, envie a mensagem manualmente',
    },
    subscription_lapsed: {
      why: 'A assinatura do {crm} desta conta venceu',
      todo: 'Peça a um administrador que a renove e, enquanto isso, envie a mensagem manualmente',
    },
    kommo_unavailable: {
      why: 'O {crm} não respondeu',
      todo: 'Já tentamos várias vezes. Envie a mensagem manualmente e, se acontecer de novo, fale com o nosso suporte',
    },
    kommo_refused: {
      why: 'O {crm} não permite que a integração leia os contatos',
      todo: 'Peça a um administrador que verifique as permissões do usuário que instalou a integração',
    },
    internal: {
      why: 'Um erro da própria integração impediu o envio da mensagem',
      todo: 'Escreva você mesmo para o contato e avise o nosso suporte',
    },
  },
};
