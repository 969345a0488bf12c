/** Of the phone, wherever it stands. It follows the account's theme, unlike the bar. */
export const phoneStyles = `
.phone { --glass: #fff; --sunk: #f3f5f8; --bubble: #e9edf2; --ink: #10171d; --soft: #56636f; --rule: #e3e7ec;
  --live: #0b7a53; --live-ink: #fff; --wrong: #b3261e; --wrong-back: #fdecea; --press: #eef1f5; --own: #0b7a53; --own-ink: #fff;
  display: flex; width: 100%; height: 100%; padding: 9px; border-radius: 44px; background: #06080a;
  box-shadow: inset 0 0 0 2px #3a434c, 0 24px 60px rgb(0 0 0 / 45%), 0 4px 14px rgb(0 0 0 / 35%);
  font: 15px/20px system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; color: var(--ink); }
.phone[data-theme="dark"] { --glass: #0f1519; --sunk: #0f1519; --bubble: #212b33; --ink: #e9eff4; --soft: #9fadb9; --rule: #222b32;
  --live: #5fd6a6; --live-ink: #06130d; --wrong: #ff9d94; --wrong-back: #3b1a1b; --press: #192127; --own: #14573f; --own-ink: #f2fbf7; }
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

.list-head { flex: none; display: flex; align-items: center; gap: 2px; padding: 10px 14px 8px 20px; }
.phone .list-title { flex: 1; font-size: 25px; line-height: 30px; font-weight: 700; letter-spacing: -0.01em; }
.phone .side-button { display: grid; place-items: center; width: 36px; height: 36px; padding: 0; border-radius: 18px; color: var(--live);
  font-size: 20px; }
.phone .side-button:hover { background: var(--press); }
.phone .waiting { display: flex; flex: none; align-items: center; gap: 10px; margin: 0 12px 8px; padding: 10px 14px; border-radius: 14px;
  background: var(--live); color: var(--live-ink); font-weight: 600; text-align: start; overflow-wrap: anywhere; }
.waiting .icon { font-size: 20px; }
.phone .waiting:focus-visible { outline-color: var(--ink); outline-offset: 2px; }
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
.bubble[data-status="failed"] .bubble-text { background: var(--wrong-back); color: var(--ink); box-shadow: inset 0 0 0 1px color-mix(in srgb, var(--wrong) 45%, transparent); }
.phone .reason { margin: 1px 4px 0; font-size: 12px; line-height: 16px; }
.bubble-client { align-self: flex-end; display: flex; flex-direction: column; align-items: flex-end; }
.bubble-client .reason { text-align: end; }
.bubble-client .bubble-text { border-radius: 19px 19px 6px 19px; background: var(--own); color: var(--own-ink); }
.bubble-picture { display: block; border-radius: 16px; overflow: hidden; }
.bubble-picture img { display: block; max-width: 100%; max-height: 190px; }
.bubble-picture + .bubble-text, .bubble-file + .bubble-text { margin-top: 4px; }
.bubble-file { display: flex; align-items: center; gap: 8px; width: fit-content; max-width: 100%; padding: 10px 14px; border-radius: 16px;
  background: var(--bubble); color: inherit; overflow-wrap: anywhere; }
.bubble-file .icon { flex: none; color: var(--live); font-size: 22px; }
.partner { font-weight: 400; }

.composer { flex: none; padding: 8px 12px 4px; border-top: 1px solid var(--rule); background: var(--glass); }
.composer-to { display: flex; align-items: center; gap: 8px; margin: 0 4px 6px; color: var(--soft); font-size: 13px; }
.phone .composer-to select { flex: 1; max-width: none; min-width: 0; padding: 2px 4px; border: 0; border-radius: 6px; background: var(--glass); color: var(--ink);
  font: inherit; text-overflow: ellipsis; cursor: pointer; }
.composer-line { display: flex; align-items: flex-end; gap: 2px; }
.phone .composer-line button { flex: none; display: grid; place-items: center; width: 34px; height: 36px; padding: 0; border-radius: 18px;
  color: var(--soft); font-size: 21px; }
.phone .composer-line .composer-media:hover { background: var(--press); color: var(--live); }
.phone .composer-line textarea { flex: 1; min-width: 0; height: 36px; margin: 0 6px; padding: 7px 14px; border: 1px solid var(--rule);
  border-radius: 18px; background: var(--sunk); color: var(--ink); font: inherit; resize: none; }
.phone .composer-line textarea::placeholder, .phone .form input::placeholder { color: var(--soft); opacity: 1; }
.phone .composer-line .composer-send { width: 36px; background: var(--live); color: var(--live-ink); font-size: 20px; }
.phone .composer-send:focus-visible { outline-color: var(--ink); outline-offset: 2px; border-radius: 18px; }
.phone .composer-send:disabled { opacity: 0.5; cursor: default; }

.phone .screen-title { font-size: 17px; line-height: 22px; font-weight: 600; }
.form { display: flex; flex-direction: column; gap: 12px; padding: 14px 20px; }
.phone .form > label { display: flex; flex-direction: column; gap: 4px; color: var(--soft); font-size: 13px; }
.phone .form > label input { padding: 8px 12px; border: 1px solid var(--rule); border-radius: 12px; background: var(--sunk); color: var(--ink);
  box-sizing: border-box; width: 100%; height: 38px; font: inherit; font-size: 15px; }
.phone .hint { color: var(--soft); font-size: 14px; line-height: 18px; }
.phone h3 { margin: 0; color: var(--ink); font-size: 15px; line-height: 20px; font-weight: 600; }
.choices, .codes, .connections { display: flex; flex-direction: column; gap: 8px; margin: 0; padding: 0; list-style: none; }
.choice, .phone .code { display: flex; align-items: center; gap: 12px; width: 100%; padding: 10px 14px; border: 1px solid var(--rule);
  border-radius: 14px; text-align: start; cursor: pointer; }
.phone .code { border: 1px solid var(--rule); }
.choice:has(:checked) { border-color: var(--live); }
.choice input { flex: none; width: 18px; height: 18px; margin: 0; accent-color: var(--live); }
.choice-text { flex: 1; display: grid; min-width: 0; overflow-wrap: anywhere; }
.choice-text small { color: var(--soft); font-size: 13px; }
.code .icon { color: var(--live); font-size: 24px; }
.code:hover { background: var(--press); }
.code-action { color: var(--live); font-weight: 600; }
.phone .said { color: var(--live); font-weight: 600; }
.accounts { display: flex; flex-direction: column; gap: 14px; }
.account { display: flex; flex-direction: column; gap: 6px; padding: 12px 14px; border: 1px solid var(--rule); border-radius: 14px; }
.copyable { display: grid; grid-template-columns: 52px minmax(0, 1fr) 32px; align-items: center; gap: 6px; }
.copyable-label { color: var(--soft); font-size: 13px; }
.copyable code { font: 13px/18px ui-monospace, Menlo, Consolas, monospace; overflow-wrap: anywhere; user-select: all; }
.phone .copyable button { display: grid; place-items: center; width: 32px; height: 32px; padding: 0; border-radius: 16px; color: var(--live);
  font-size: 17px; }
.phone .copyable button:hover { background: var(--press); }
.connections li { display: flex; align-items: center; gap: 10px; padding-top: 8px; border-top: 1px solid var(--rule); }
.phone .sign-out { flex: none; padding: 5px 12px; border: 1px solid var(--rule); border-radius: 14px; color: var(--wrong); font-size: 13px; }
@media (prefers-reduced-motion: no-preference) {
  .bubble.is-fresh { animation: arrive 0.28s cubic-bezier(0.2, 0.9, 0.3, 1.2) backwards; transform-origin: 0 100%; }
  @keyframes arrive { from { opacity: 0; transform: translateY(10px) scale(0.94); } }
}
`;
