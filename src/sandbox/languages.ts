export { isLanguage, languages, type Language } from '../kommo/languages.js';
