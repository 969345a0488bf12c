import { isRecord } from '../account/oauth/fields.js';
import { phoneFaultModes, phoneReading, type PhoneFault, type PhoneSettings } from '../phone-wire.js';
import { choiceOf, refuse, wholeOf, type Input } from './input.js';

const mostFaults = 1_000;

/**
 * Reads `{ reading, faults }`, each of which may be left out; nothing is applied unless everything fits.
 *
 * @throws Refusal 400
 */
export function readPhoneSettings(input: Input): Partial<PhoneSettings> {
  const unknown = Object.keys(input).find((name) => name !== 'reading' && name !== 'faults');
  if (unknown !== undefined) refuse(unknown, 'reading or faults', unknown);
  return {
    ...(input['reading'] === undefined ? {} : { reading: choiceOf(input, 'reading', phoneReading) }),
    ...(input['faults'] === undefined ? {} : { faults: readFaults(input['faults']) }),
  };
}

function readFaults(value: unknown): PhoneFault[] {
  if (!Array.isArray(value) || value.length > mostFaults) {
    return refuse('faults', `a list of at most ${mostFaults}`, value);
  }
  const faults = value.map((one: unknown) =>
    isRecord(one) ? readFault(one) : refuse('faults', 'objects', one),
  );
  if (new Set(faults.map(({ to }) => to)).size < faults.length) {
    refuse('faults', 'one fault for a number, and one for everybody,', value);
  }
  return faults;
}

function readFault(input: Input): PhoneFault {
  const { to = null } = input;
  if (to !== null && !(typeof to === 'string' && /^\+[1-9]\d{6,14}$/.test(to))) {
    refuse('to', 'a number such as +15550100, or null for everybody,', to);
  }
  const mode = choiceOf(input, 'mode', phoneFaultModes);
  if (mode !== 'slow' && mode !== 'rate_limited') return { to, mode, seconds: 0 };
  const { most, usual } = seconds[mode];
  return {
    to,
    mode,
    seconds: input['seconds'] === undefined ? usual : wholeOf(input, 'seconds', { least: 1, most }),
  };
}

const seconds = {
  slow: { most: 120, usual: 5 },
  rate_limited: { most: 3_600, usual: 2 },
} as const;
