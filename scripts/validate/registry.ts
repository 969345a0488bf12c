import { ignoreFacts } from './ignores/facts.js';
import type { Rule, RuleFacts } from './rule.js';
import { addressRules } from './rules/addresses.js';
import { archiveRules, layoutRules } from './rules/archive.js';
import { copiedTextRules } from './rules/copied-texts.js';
import { i18nRules } from './rules/i18n.js';
import { imageRules } from './rules/images.js';
import { unneededFileRules } from './rules/layout.js';
import { listingRules } from './rules/listing.js';
import { locationRules } from './rules/locations.js';
import { manifestSchemaRules } from './rules/manifest-schema.js';
import { manifestRules } from './rules/manifest.js';
import { menuRules } from './rules/menu.js';
import { namedFileRules } from './rules/named-files.js';
import { referenceRules } from './rules/references.js';
import { scriptRules } from './rules/script/index.js';
import { styleRules } from './rules/styles/index.js';
import { templateRules } from './rules/templates/index.js';
import { secretRules } from './rules/secrets.js';
import { uploadedRules } from './rules/uploaded.js';
import { tourRules } from './rules/tour.js';
import { translationRules } from './rules/translations.js';
import { unusedTextRules } from './rules/unused-texts.js';
import { wordingRules } from './rules/wording.js';
import { jsonRules, textRules } from './rules/text.js';

/** The rules that hold for an archive of which not everything could be read. */
export const readingRules: readonly Rule[] = archiveRules;

/** Every rule there is. */
export const rules: readonly Rule[] = [
  ...archiveRules,
  ...layoutRules,
  ...unneededFileRules,
  ...secretRules,
  ...textRules,
  ...jsonRules,
  ...manifestSchemaRules,
  ...locationRules,
  ...manifestRules,
  ...listingRules,
  ...uploadedRules,
  ...menuRules,
  ...namedFileRules,
  ...addressRules,
  ...referenceRules,
  ...i18nRules,
  ...copiedTextRules,
  ...translationRules,
  ...wordingRules,
  ...unusedTextRules,
  ...imageRules,
  ...tourRules,
  ...scriptRules,
  ...styleRules,
  ...templateRules,
];

/** Every code that a finding can have: those of the rules, and those about what is said to the validator itself. */
export const codes: readonly RuleFacts[] = [...rules, ...Object.values(ignoreFacts)];

/** The codes that `widget.config.json` can ignore: all but those about itself. */
export const ignorableCodes: readonly string[] = codes
  .map(({ code }) => code)
  .filter((code) => !code.startsWith('config/'));
