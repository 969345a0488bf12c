// @ts-check
import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import importX from 'eslint-plugin-import-x';
import { createNodeResolver } from 'eslint-plugin-import-x';
import reactHooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import tseslint from 'typescript-eslint';

/** Who may import whom; the table is in CONTRIBUTING.md. Each house lists the houses it must not reach. */
const forbiddenImports = {
  'src/kommo': ['src/contract', 'src/widget', 'src/backend', 'src/sandbox', 'scripts', 'test'],
  'src/contract': ['src/widget', 'src/backend', 'src/sandbox', 'scripts', 'test'],
  'src/widget': ['src/backend', 'src/sandbox', 'scripts', 'test'],
  'src/backend': ['src/widget', 'src/sandbox', 'scripts', 'test'],
  'src/sandbox': ['src/contract', 'src/widget', 'src/backend', 'scripts', 'test'],
  scripts: ['src/contract', 'src/widget', 'src/backend', 'src/sandbox', 'test'],
};

const zones = Object.entries(forbiddenImports).map(([target, from]) => ({
  target: `./${target}`,
  from: from.map((house) => `./${house}`),
  message: `${target} must not import from here: see "Who may import whom" in CONTRIBUTING.md.`,
}));

export default defineConfig(
  globalIgnores(['dist', 'coverage', 'test/fixtures']),
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      globals: globals.node,
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    plugins: { 'import-x': importX },
    settings: {
      'import-x/resolver-next': [
        createNodeResolver({
          extensions: ['.ts', '.tsx', '.js', '.json'],
          extensionAlias: { '.js': ['.ts', '.tsx', '.js'] },
        }),
      ],
    },
    rules: {
      'import-x/no-restricted-paths': ['error', { basePath: import.meta.dirname, zones }],
      'import-x/no-cycle': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    },
  },
  {
    // Plain AMD modules that run in the browser as they are.
    files: ['scripts/pack/dev-loader/*.js', 'test/e2e/host/public/**/*.js'],
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
