/** The platform's modal, for pages of the account; widgets get it as `lib/components/base/modal`. */
export { Modal } from './widget/modal.js';
