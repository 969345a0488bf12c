import type { CheckedWidget } from '../checked-widget.js';
import type { Audience, Target } from '../situation.js';

const targetNames: Record<Target, string> = { kommo: 'Kommo', amocrm: 'amoCRM' };

const audienceNames: Record<Audience, string> = {
  private: 'a private widget',
  public: 'one for the marketplace',
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

function hint(origin: keyof typeof reasons, option: string): string {
  return origin === 'manifest' || origin === 'default' ? `; see ${option}` : '';
}
