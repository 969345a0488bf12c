import { phoneStyles } from './styles.js';

/** Of the page that holds nothing but the phone. */
export const pageStyles = `
:root { color-scheme: light; --ground: radial-gradient(120% 90% at 50% 0, #f4f7fa, #cfd8e1); --said: #7a1410; --said-back: #fdecea; }
:root[data-color-scheme="dark"] { color-scheme: dark; --ground: radial-gradient(120% 90% at 50% 0, #26313a, #0a0d10); --said: #ffd9d5;
  --said-back: #58151a; }
* { box-sizing: border-box; }
html { height: 100%; background: var(--ground) fixed; }
body { height: 100%; min-height: 420px; margin: 0; display: flex; flex-direction: column; align-items: center; justify-content: center;
  gap: 12px; padding: 24px 16px; font: 15px/20px system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
main { flex: 0 1 800px; min-height: 0; width: min(390px, 100%); }
.hidden { position: absolute; width: 1px; height: 1px; margin: 0; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.trouble { margin: 0; padding: 8px 14px; border-radius: 8px; background: var(--said-back); color: var(--said); }
.trouble:empty { display: none; }
${phoneStyles}
`;
