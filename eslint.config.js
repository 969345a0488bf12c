// @ts-check
import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import reactHooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import tseslint from 'typescript-eslint';

/** Who may import whom; the table is in CONTRIBUTING.md. Each house lists the houses of src/ that it must not reach. */
const forbiddenImports = {
  'src/kommo': ['contract', 'widget', 'backend', 'sandbox'],
  'src/contract': ['widget', 'backend', 'sandbox'],
  'src/widget': ['backend', 'sandbox'],
  'src/backend': ['widget', 'sandbox'],
  'src/sandbox': ['contract', 'widget', 'backend'],
  scripts: ['contract', 'widget', 'backend', 'sandbox'],
};

/** @type {import('eslint').Linter.Config[]} */
const importTable = Object.entries(forbiddenImports).map(([house, forbidden]) => {
  const source = house === 'scripts' ? 'src/' : '';
  const outside = house === 'scripts' ? 'test' : 'scripts|test';
  return {
    files: [`${house}/**`],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              // A house is started through its door, index.js, which is all that scripts may touch.
              regex: `^(\\.\\./)+(${source}(${forbidden.join('|')})${house === 'scripts' ? '/(?!index\\.js$)' : '/'}|${outside}/)`,
              message: `${house} must not import this: see "Who may import whom" in CONTRIBUTING.md.`,
            },
          ],
        },
      ],
    },
  };
});

export default defineConfig(
  globalIgnores(['dist', 'coverage']),
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      globals: globals.node,
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    },
  },
  importTable,
  {
    // From here `../../widget/` is the host's own folder; the other houses are four steps up.
    files: ['src/sandbox/host/pages/*/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '^(\\.\\./){4,}(contract|widget|backend|scripts|test)/',
              message: 'src/sandbox must not import this: see "Who may import whom" in CONTRIBUTING.md.',
            },
          ],
        },
      ],
    },
  },
  {
    // Plain AMD modules that run in the browser as they are.
    files: ['scripts/pack/dev-loader/*.js'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { globals: { ...globals.browser, ...globals.amd } },
  },
  {
    // What moderation refuses inside the widget (platform checklist, rules 9 to 16).
    files: ['src/widget/**'],
    languageOptions: { globals: globals.browser },
    extends: [reactHooks.configs.flat['recommended-latest']],
    rules: {
      'no-console': 'error',
      'no-alert': 'error',
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-new-func': 'error',
      'no-restricted-globals': [
        'error',
        { name: 'AMOCRM', message: 'APP is the current name; AMOCRM is its deprecated alias.' },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: "CallExpression[callee.property.name='createElement'][arguments.0.value='script']",
          message: 'Load modules with AMD require; moderation refuses inserted script tags.',
        },
      ],
    },
  },
);
