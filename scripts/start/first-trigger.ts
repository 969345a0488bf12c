import type { HostedWidget } from '../../src/sandbox/index.js';
import { dpEvents } from '../../src/kommo/digital-pipeline.js';
import { elementTypes } from '../../src/kommo/elements.js';
import type { Language } from '../../src/kommo/languages.js';

type Trigger = NonNullable<HostedWidget['triggers']>[number];

/** The message of the trigger that stands in the account from the start. */
const messages: Readonly<Record<Language, string>> = {
  en: 'Hello, {{contact_first_name}}! We have sent you our offer for “{{lead_name}}”. {{manager_name}}',
  es: '¡Hola, {{contact_first_name}}! Le hemos enviado nuestra oferta para «{{lead_name}}». {{manager_name}}',
  pt: 'Olá, {{contact_first_name}}! Enviamos a nossa proposta para “{{lead_name}}”. {{manager_name}}',
  tr: 'Merhaba {{contact_first_name}}! “{{lead_name}}” için teklifimizi gönderdik. {{manager_name}}',
  id: 'Halo, {{contact_first_name}}! Penawaran kami untuk “{{lead_name}}” sudah terkirim. {{manager_name}}',
  ru: 'Здравствуйте, {{contact_first_name}}! Мы отправили вам предложение по сделке «{{lead_name}}». {{manager_name}}',
};

/** The demo account's first pipeline and the stage "Offer sent". */
const place = { pipeline_id: 50, status_ids: [502] };

/** So that the first lead that somebody drags brings a message to the phone. */
export function firstTrigger(language: Language): Trigger {
  const entered = dpEvents.find(({ name }) => name === 'lead_status_changed');
  return {
    ...place,
    event_code: entered?.code ?? 14,
    element_type: elementTypes.lead,
    delay_seconds: 0,
    settings: { message: messages[language], only_main: '' },
  };
}
