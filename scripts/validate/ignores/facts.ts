import type { RuleFacts } from '../rule.js';

const source = 'The validator itself: docs/validate.md';

/** What is found about ignores themselves. No rule of the platform: they keep ignores from outliving their reason. */
export const ignoreFacts = {
  unusedInConfiguration: {
    code: 'config/unused-ignore',
    severity: 'warning',
    title: 'Every ignore of widget.config.json meets a finding.',
    help: 'What it ignored is gone, or its file has another name. Take it out, so that it hides nothing new.',
    source,
  },
  unused: {
    code: 'ignore/unused',
    severity: 'warning',
    title: 'Every widget-ignore meets a finding in the line that it stands for.',
    help: 'A comment behind code stands for its own line, one with a line for itself for the next. Move it there, or take it out, so that it hides nothing new.',
    source,
  },
  unknownCode: {
    code: 'ignore/unknown-code',
    severity: 'warning',
    title: 'Every widget-ignore names the code of a rule.',
    help: 'The comment ignores nothing as it stands. Write the code as the finding shows it, such as styles/global-selector.',
    source,
  },
  withoutReason: {
    code: 'ignore/without-reason',
    severity: 'warning',
    title: 'Every widget-ignore says why.',
    help: 'The comment ignores nothing as it stands. Go on with “because” and the reason: whoever reads the code later has to decide whether it still holds.',
    source,
  },
} as const satisfies Record<string, RuleFacts>;
