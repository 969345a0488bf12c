import { phonePartStyles } from './phone-styles.js';

/** The bar's height in pixels while its panel is closed. */
export const barHeight = 40;

/** The bar looks the same in both themes, and like nothing in the account. */
export const styles = `
:host {
  all: initial;
  position: fixed; inset: auto 0 0 0; z-index: 2147483000; display: block;
  --back: #0b0e11; --raised: #14191e; --line: #2a323a; --text: #d9e0e6; --muted: #97a4b0;
  --accent: #7ce0b3; --warn: #ffc15e; --bad: #ff8a80; --bad-back: #58151a;
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace;
  font: 13px/18px system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  color: var(--text);
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
button, select, input { font: inherit; color: inherit; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.mono, code, pre { font-family: var(--mono); font-size: 12px; }
.muted { color: var(--muted); }

.bar { display: flex; align-items: center; gap: 10px; height: ${barHeight}px; padding: 0 12px;
  background: var(--back); border-top: 1px solid var(--line); }
.name { font: 700 12px/18px var(--mono); letter-spacing: 0.12em; text-transform: uppercase; color: var(--accent); }
.area { flex: none; max-width: 220px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap;
  padding-left: 10px; border-left: 1px solid var(--line); font: 12px/18px var(--mono); color: var(--muted); }
.chips { flex: 1; display: flex; gap: 6px; min-width: 0; margin: 0; padding: 2px; list-style: none; overflow-x: auto;
  scrollbar-width: none; mask-image: linear-gradient(90deg, #000 calc(100% - 16px), transparent); }
.chips li { flex: none; }
.chip { display: flex; align-items: center; gap: 6px; height: 24px; padding: 0 8px; border: 1px solid var(--line);
  border-radius: 12px; background: var(--raised); cursor: pointer; white-space: nowrap; }
.chip::before { content: ""; width: 7px; height: 7px; border-radius: 50%; background: var(--muted); }
.chip[data-state="live"]::before { background: var(--accent); }
.chip[data-state="failed"]::before { background: var(--warn); }
.chip[data-state="dropped"]::before { background: var(--bad); }
.chip[data-state="failed"] .state { color: var(--warn); }
.chip[data-state="dropped"] .state { color: var(--bad); }
.chip .title { max-width: 170px; overflow: hidden; text-overflow: ellipsis; }
.chip .state { color: var(--muted); }
.switches { display: flex; gap: 4px; flex: none; }
select { height: 26px; max-width: 118px; padding: 0 4px; border: 1px solid var(--line); border-radius: 4px;
  background: var(--raised); cursor: pointer; }
.tabs { display: flex; gap: 4px; flex: none; }
.tab { height: 26px; padding: 0 10px; border: 1px solid var(--line); border-radius: 4px; background: var(--raised);
  cursor: pointer; }
.tab:hover, .button:hover, .chip:hover, select:hover { border-color: var(--muted); }
.tab[aria-selected="true"] { border-color: var(--accent); color: var(--accent); }
.badge { display: inline-block; min-width: 18px; margin-left: 6px; padding: 0 5px; border-radius: 9px;
  font: 700 11px/16px var(--mono); text-align: center; color: #101418; background: var(--muted); }
.badge.warn { background: var(--warn); }
.badge.bad { background: var(--bad); }

.panel { display: flex; flex-direction: column; background: var(--back); border-top: 1px solid var(--line); }
.panel > .resizer { flex: none; height: 7px; cursor: ns-resize; touch-action: none; }
.panel > .resizer::before { content: ""; display: block; width: 48px; height: 3px; margin: 2px auto; border-radius: 2px;
  background: var(--line); }
.panel > .resizer:hover::before { background: var(--muted); }
.tabpanel { flex: 1; min-height: 0; display: flex; flex-direction: column; }
.tools { display: flex; align-items: center; gap: 8px; flex: none; padding: 2px 12px 8px; }
.tools .spring { flex: 1; }
.button { height: 26px; padding: 0 10px; border: 1px solid var(--line); border-radius: 4px; background: var(--raised);
  cursor: pointer; }
.button.danger { border-color: var(--bad); color: var(--bad); }
input[type="search"], input[type="number"], input[type="text"] { height: 26px; padding: 0 8px; border: 1px solid var(--line);
  border-radius: 4px; background: var(--raised); }
input[type="search"] { width: 260px; }
input::placeholder { color: var(--muted); opacity: 1; }
input[type="checkbox"] { accent-color: var(--accent); }
.scroll { flex: 1; min-height: 0; min-width: 0; overflow: auto; overscroll-behavior: contain; }
.empty { margin: 0; padding: 12px; color: var(--muted); }

table { width: 100%; border-collapse: collapse; }
th { position: sticky; top: 0; z-index: 1; padding: 3px 8px; background: var(--raised); text-align: left;
  font-weight: 400; color: var(--muted); }
td { padding: 3px 8px; border-top: 1px solid #1a2026; vertical-align: top; }
td.number, th.number { text-align: right; white-space: nowrap; }
.bad { color: var(--bad); }
.warn { color: var(--warn); }
.badge.bad, .badge.warn { color: #101418; }

.split { flex: 1; min-height: 0; display: flex; border-top: 1px solid var(--line); }
.calls table { table-layout: fixed; }
.calls td { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; font: 12px/18px var(--mono); }
.calls th:nth-child(1) { width: 108px; } .calls th:nth-child(2) { width: 34px; } .calls th:nth-child(3) { width: 110px; }
.calls th:nth-child(4) { width: 72px; } .calls th:nth-child(6) { width: 90px; } .calls th:nth-child(7) { width: 64px; }
.calls tr { cursor: pointer; }
.calls tbody tr:hover td { background: var(--raised); }
.calls tr[data-open] td { background: #1b2a26; }
.address { display: block; width: 100%; padding: 0; border: 0; background: none; font: inherit; text-align: left;
  overflow: hidden; text-overflow: ellipsis; white-space: nowrap; cursor: pointer; }
.details { flex: 0 0 42%; min-width: 320px; overflow: auto; padding: 0 14px 14px; border-left: 1px solid var(--line); }
.details .head { position: sticky; top: 0; display: flex; gap: 8px; align-items: flex-start; padding: 8px 0;
  background: var(--back); }
.details .head .mono { flex: 1; padding-top: 4px; overflow-wrap: anywhere; }
h3 { margin: 12px 0 4px; font-size: 12px; line-height: 18px; font-weight: 400; color: var(--muted); }
pre { margin: 0; padding: 8px 10px; border-radius: 4px; background: var(--raised); white-space: pre-wrap;
  overflow-wrap: anywhere; line-height: 17px; }
.fields td { font: 12px/18px var(--mono); overflow-wrap: anywhere; }
.fields td:first-child { width: 40%; color: var(--muted); }

.report section { padding: 0 12px 12px; }
.report h2 { position: sticky; top: 0; z-index: 2; display: flex; gap: 8px; align-items: baseline; margin: 0; padding: 6px 0;
  background: var(--back); font-size: 13px; line-height: 18px; }
.report h3 { margin: 4px 0; font-family: var(--mono); color: var(--accent); }
.report td { overflow-wrap: anywhere; }
.report td:nth-child(1) { width: 108px; white-space: nowrap; } .report td:nth-child(2) { width: 140px; }
.report td:nth-child(4) { width: 90px; }
summary { cursor: pointer; }
.report details pre { margin-top: 4px; max-height: 220px; overflow: auto; }

.faults { padding: 4px 12px 16px; display: flex; flex-wrap: wrap; gap: 12px 40px; align-content: flex-start; }
fieldset { margin: 0; padding: 0; border: 0; min-width: 260px; max-width: 400px; display: flex; flex-direction: column; gap: 6px; }
.stack { display: flex; flex-direction: column; gap: 12px; }
legend { padding: 0; margin-bottom: 6px; color: var(--accent); font: 12px/18px var(--mono); }
fieldset label { display: flex; align-items: center; gap: 8px; min-height: 26px; }
fieldset label input[type="number"] { width: 90px; }
fieldset label select, fieldset label input[type="text"] { max-width: 240px; }
fieldset label input[type="text"] { width: 170px; }
.phone-faults { margin: 0; padding: 0; list-style: none; display: flex; flex-direction: column; gap: 4px; }
.phone-faults li { display: flex; align-items: center; justify-content: space-between; gap: 8px; }
fieldset p { margin: 0; color: var(--muted); }
.row { display: flex; gap: 8px; align-items: center; }

.notice { display: flex; gap: 12px; align-items: flex-start; max-height: 40vh; overflow: auto; padding: 8px 12px;
  background: #4a3505; color: #ffe9c2; }
.notice.build { background: var(--bad-back); color: #ffe3e0; border-left: 4px solid var(--bad); }
.notice pre { flex: 1; padding: 0; background: none; }
.notice p { flex: 1; margin: 0; }
.notice strong { flex: none; font: 700 12px/18px var(--mono); }
@media (max-width: 1100px) { .area { display: none; } select { max-width: 86px; } }
${phonePartStyles}`;
