import { phoneStyles } from '../phone/styles.js';

/** Of the phone's button, its drawer and its notice. Drawer and notice lie over the page, which stays as it is. */
export const phonePartStyles = `
${phoneStyles}
.phone-button { position: relative; display: flex; align-items: center; flex: none; gap: 6px; height: 26px; padding: 0 10px; border: 1px solid var(--line);
  border-radius: 4px; background: var(--raised); cursor: pointer; }
.phone-button:hover { border-color: var(--muted); }
.phone-button[aria-expanded="true"] { border-color: var(--accent); color: var(--accent); }
.phone-button .icon { font-size: 15px; }
.phone-button .badge { position: absolute; top: -8px; right: -8px; margin: 0; background: var(--accent);
  box-shadow: 0 0 0 2px var(--back); }

.drawer { position: fixed; right: 16px; bottom: calc(var(--sandbox-bar-height, 40px) + 12px); display: flex; flex-direction: column;
  gap: 8px; width: 340px; height: min(712px, 100vh - var(--sandbox-bar-height, 40px) - 24px); min-height: 260px; }
.drawer-tools { align-self: flex-end; display: flex; flex: none; align-items: center; gap: 2px; height: 32px; padding: 0 4px 0 12px;
  border: 1px solid var(--line); border-radius: 16px; background: var(--back); box-shadow: 0 4px 14px rgb(0 0 0 / 35%); }
.drawer-tools h2 { margin: 0 6px 0 0; font: 12px/18px var(--mono); color: var(--muted); }
.drawer-tools a, .drawer-tools button { display: grid; place-items: center; width: 26px; height: 26px; padding: 0; border: 0;
  border-radius: 13px; background: none; color: var(--text); font-size: 16px; cursor: pointer; }
.drawer-tools a:hover, .drawer-tools button:hover { background: var(--raised); color: var(--accent); }
.drawer .phone { flex: 1; min-height: 0; height: auto; }

.arrival { position: fixed; right: 16px; bottom: calc(var(--sandbox-bar-height, 40px) + 12px); display: flex; align-items: flex-start; gap: 4px;
  width: 340px; padding: 4px 4px 4px 0; border: 1px solid var(--line); border-radius: 16px; background: var(--back);
  box-shadow: 0 12px 32px rgb(0 0 0 / 45%); }
.arrival-open { flex: 1; min-width: 0; display: grid; grid-template: auto auto auto / auto minmax(0, 1fr); gap: 0 12px; align-items: center;
  padding: 8px 4px 8px 12px; border: 0; border-radius: 14px; background: none; text-align: start; cursor: pointer; }
.arrival-open .avatar { grid-row: 1 / 4; align-self: start; width: 38px; height: 38px; }
.arrival-title { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; font-weight: 600; }
.arrival-text { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden; overflow-wrap: anywhere;
  color: var(--muted); }
.arrival-action { margin-top: 4px; color: var(--accent); }
.arrival-open:hover .arrival-action { text-decoration: underline; }
.arrival-close { flex: none; display: grid; place-items: center; width: 28px; height: 28px; padding: 0; border: 0; border-radius: 14px;
  background: none; color: var(--muted); font-size: 15px; cursor: pointer; }
.arrival-close:hover { background: var(--raised); color: var(--text); }
@media (prefers-reduced-motion: no-preference) {
  .drawer, .arrival { animation: rise 0.22s ease-out; }
  @keyframes rise { from { opacity: 0; transform: translateY(14px); } }
}
`;
