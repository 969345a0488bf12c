import type { CheckedWidget } from '../checked-widget.js';
import type { Audience, Situation, Target } from '../situation.js';

export const targetNames: Record<Target, string> = { kommo: 'Kommo', amocrm: 'amoCRM' };

export const audienceNames: Record<Audience, string> = {
  private: 'a private widget',
  public: 'a widget for the marketplace',
};

const reasons = {
  option: 'as you asked',
  config: 'as widget.config.json says',
  manifest: 'by the languages of its manifest',
  default: 'by default',
} as const;

/** For which platform and audience a widget was checked, and who said so. */
export function situationLine({ report, origin }: CheckedWidget): string {
  const target = `${targetNames[report.target]} (${reasons[origin.target]}${hint(origin.target, '--target')})`;
  const audience = `${audienceNames[report.audience]} (${reasons[origin.audience]}${hint(origin.audience, '--audience')})`;
  return `Checked for ${target}, as ${audience}.`;
}

/** The situation as the end of a sentence. */
export function inSituation({ target, audience }: Situation): string {
  return `for ${audienceNames[audience]} in ${targetNames[target]}`;
}

function hint(origin: keyof typeof reasons, option: string): string {
  return origin === 'manifest' || origin === 'default' ? `; see ${option}` : '';
}
