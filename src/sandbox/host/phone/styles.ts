/** Of the phone, wherever it stands. It follows the account's theme, unlike the bar. */
export const phoneStyles = `
.phone { --glass: #fff; --sunk: #f3f5f8; --bubble: #e9edf2; --ink: #10171d; --soft: #56636f; --rule: #e3e7ec;
  --live: #0b7a53; --live-ink: #fff; --wrong: #b3261e; --wrong-back: #fdecea; --press: #eef1f5;
  display: flex; width: 100%; height: 100%; padding: 9px; border-radius: 44px; background: #06080a;
  box-shadow: inset 0 0 0 2px #3a434c, 0 24px 60px rgb(0 0 0 / 45%), 0 4px 14px rgb(0 0 0 / 35%);
  font: 15px/20px system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; color: var(--ink); }
.phone[data-theme="dark"] { --glass: #0f1519; --sunk: #0f1519; --bubble: #212b33; --ink: #e9eff4; --soft: #9fadb9; --rule: #222b32;
  --live: #5fd6a6; --live-ink: #06130d; --wrong: #ff9d94; --wrong-back: #3b1a1b; --press: #192127; }
.phone [hidden] { display: none !important; }
.phone :focus-visible { outline: 2px solid var(--live); outline-offset: -2px; border-radius: 8px; }
.phone h2, .phone p { margin: 0; }
.phone button { font: inherit; color: inherit; border: 0; background: none; cursor: pointer; }
.icon { display: inline-flex; }
.icon svg { width: 1em; height: 1em; }

.glass { flex: 1; min-width: 0; display: flex; flex-direction: column; overflow: hidden; border-radius: 35px;
  background: var(--glass); }
.phone-status { flex: none; display: grid; grid-template-columns: 1fr auto 1fr; align-items: center; height: 38px; padding: 2px 22px 0;
  font-size: 13px; font-weight: 600; line-height: 18px; }
.island { width: 74px; height: 20px; border-radius: 10px; background: #06080a; box-shadow: 0 0 0 1px rgb(255 255 255 / 8%); }
.phone-power { display: flex; gap: 6px; justify-content: flex-end; font-size: 17px; }
.home-line { flex: none; width: 110px; height: 4px; margin: 8px auto; border-radius: 2px; background: var(--ink); opacity: 0.28; }
.screen { flex: 1; min-height: 0; display: flex; flex-direction: column; }
.scroller { flex: 1; min-height: 0; overflow: hidden auto; overscroll-behavior: contain; scrollbar-width: thin;
  scrollbar-color: color-mix(in srgb, var(--soft) 45%, transparent) transparent; }

.list-title { flex: none; padding: 10px 20px 8px; font-size: 25px; line-height: 30px; font-weight: 700; letter-spacing: -0.01em; }
.rows { margin: 0; padding: 0 8px; list-style: none; }
.phone .row-button { display: grid; grid-template: auto auto / 44px minmax(0, 1fr) auto; gap: 1px 12px; align-items: start; width: 100%;
  padding: 10px 12px; border-radius: 14px; text-align: start; }
.phone .row-button:hover { background: var(--press); }
.row-button .avatar { grid-row: 1 / 3; align-self: center; }
.row-title { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; font-weight: 600; }
.row-time { color: var(--soft); font-size: 13px; }
.row-text { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden; overflow-wrap: anywhere;
  color: var(--soft); font-size: 14px; line-height: 18px; }
.row-text.is-failed { color: var(--wrong); }
.is-unread .row-text:not(.is-failed) { color: var(--ink); font-weight: 600; }
.is-unread .row-time { color: var(--live); font-weight: 600; }
.row-unread { justify-self: end; min-width: 20px; padding: 0 6px; border-radius: 10px; background: var(--live);
  color: var(--live-ink); font-size: 12px; font-weight: 700; line-height: 20px; text-align: center; }
.avatar { flex: none; display: inline-grid; place-items: center; width: 44px; height: 44px; border-radius: 50%; color: #fff;
  font-size: 15px; font-weight: 600; letter-spacing: 0.02em; }
.avatar[data-colour="0"] { background: linear-gradient(160deg, #2f7fd8, #1f5aa8); }
.avatar[data-colour="1"] { background: linear-gradient(160deg, #8a5cd6, #6338ac); }
.avatar[data-colour="2"] { background: linear-gradient(160deg, #c2477f, #97295d); }
.avatar[data-colour="3"] { background: linear-gradient(160deg, #a8641a, #834a0c); }
.avatar[data-colour="4"] { background: linear-gradient(160deg, #1f8576, #12625a); }
.avatar[data-colour="5"] { background: linear-gradient(160deg, #5b6b7c, #3f4d5b); }
.nothing { display: flex; flex-direction: column; align-items: center; gap: 6px; padding: 22% 36px 0; text-align: center; }
.nothing .icon { margin-bottom: 8px; padding: 18px; border-radius: 50%; background: var(--press); color: var(--live); font-size: 34px; }
.nothing p { color: var(--soft); font-size: 14px; }

.thread-head { flex: none; display: flex; align-items: center; gap: 2px; padding: 4px 14px 10px 6px;
  border-bottom: 1px solid var(--rule); }
.phone .back { flex: none; display: grid; place-items: center; width: 36px; height: 44px; padding: 0; color: var(--live); font-size: 24px; }
.person { flex: 1; min-width: 0; display: flex; align-items: center; gap: 10px; }
.person .avatar { width: 38px; height: 38px; font-size: 14px; }
.person-name { flex: 1; min-width: 0; }
.person h2 { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; font-size: 16px; line-height: 20px; font-weight: 600; }
.person h2 a { color: inherit; text-decoration: none; }
.person h2 a:hover { text-decoration: underline; }
.person p { color: var(--soft); font-size: 13px; line-height: 17px; }
.thread-screen .scroller { display: flex; flex-direction: column; padding: 4px 14px 10px; background: var(--sunk); }
.bubbles { display: flex; flex-direction: column; gap: 10px; margin: auto 0 0; padding: 0; list-style: none; }
.day { align-self: center; padding: 6px 0 0; color: var(--soft); font-size: 12px; font-weight: 600; line-height: 16px; }
.bubble { align-self: flex-start; max-width: 88%; }
.bubble-text { width: fit-content; max-width: 100%; padding: 8px 14px; border-radius: 19px 19px 19px 6px; background: var(--bubble);
  white-space: pre-wrap; overflow-wrap: anywhere; }
.phone .bubble-foot { display: flex; align-items: center; gap: 6px; margin: 3px 4px 0; color: var(--soft); font-size: 12px; line-height: 16px; }
.tick { display: inline-flex; align-items: center; gap: 4px; }
.tick .icon { font-size: 15px; }
.bubble[data-status="read"] .tick { color: var(--live); }
.bubble[data-status="failed"] .tick, .phone .reason { color: var(--wrong); }
.bubble[data-status="failed"] .bubble-text { background: var(--wrong-back); box-shadow: inset 0 0 0 1px color-mix(in srgb, var(--wrong) 45%, transparent); }
.phone .reason { margin: 1px 4px 0; font-size: 12px; line-height: 16px; }
@media (prefers-reduced-motion: no-preference) {
  .bubble.is-fresh { animation: arrive 0.28s cubic-bezier(0.2, 0.9, 0.3, 1.2) backwards; transform-origin: 0 100%; }
  @keyframes arrive { from { opacity: 0; transform: translateY(10px) scale(0.94); } }
}
`;
