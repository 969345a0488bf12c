import { elementTypes } from '../../../kommo/elements.js';

/** `APP.element_types`: the number of each kind of entity, by its name in addresses. */
export const elementTypesByName = {
  contacts: elementTypes.contact,
  leads: elementTypes.lead,
  companies: elementTypes.company,
  tasks: 4,
  customers: elementTypes.customer,
} as const;

/** `APP.cf_types`: the number that each type of custom field had in the retired API, by its name in API v4. */
export const customFieldTypeNumbers = {
  text: 1,
  numeric: 2,
  checkbox: 3,
  select: 4,
  multiselect: 5,
  date: 6,
  url: 7,
  multitext: 8,
  textarea: 9,
  radiobutton: 10,
  streetaddress: 11,
  smart_address: 13,
  birthday: 14,
  legal_entity: 15,
  items: 16,
  date_time: 19,
} as const;

/** `APP.system.format.date`: formats of moment. Which ones an account has is its own choice; here there is one. */
export const dateFormats = {
  date: 'DD.MM.YYYY',
  date_short: 'DD.MM',
  time: 'HH:mm',
  full: 'DD.MM.YYYY HH:mm',
} as const;
