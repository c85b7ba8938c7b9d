import { Markup } from './markup.js';

/** One file for mail and archive: no script, nothing that is fetched; light and dark; on paper everything is open. */
export const STYLE = new Markup(`
:root { color-scheme: light dark; --text: #1b1f24; --dim: #5b6470; --line: #d5dae0; --back: #fff; --box: #f5f7f9; --good: #18794e; --change: #8a6100; --bad: #c62a2f; --skip: #0b6b8a; }
@media (prefers-color-scheme: dark) { :root { --text: #e6e9ed; --dim: #9aa4b0; --line: #3a414a; --back: #16191d; --box: #1f242a; --good: #4cc38a; --change: #e0b23e; --bad: #ff7b7f; --skip: #52b7d8; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 72rem; padding: 1.5rem; color: var(--text); background: var(--back); font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.4rem; margin: 0 0 .25rem; } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; } h3 { font-size: 1rem; margin: 1.25rem 0 .25rem; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; vertical-align: top; padding: .3rem .6rem .3rem 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
th { color: var(--dim); font-weight: 500; } td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; } .slowest td.number { width: 1%; padding-right: 1.2rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; margin: .5rem 0; } dt { color: var(--dim); } dd { margin: 0; overflow-wrap: anywhere; }
pre { background: var(--box); border: 1px solid var(--line); border-radius: 4px; padding: .5rem .7rem; margin: .4rem 0; overflow-x: auto; font: 13px/1.45 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
details { border-bottom: 1px solid var(--line); } summary { cursor: pointer; padding: .3rem 0; } .plain { padding: .3rem 0; border-bottom: 1px solid var(--line); }
.dim { color: var(--dim); } .state { font-weight: 600; } .failure { border-left: 3px solid var(--bad); padding-left: .8rem; margin: 1rem 0; }
.ok, .met { color: var(--good); } .changed, .warning { color: var(--change); } .failed, .unreachable, .fatal { color: var(--bad); } .skipped, .unknown, .note { color: var(--skip); } .rescued, .ignored { color: var(--change); }
.added { color: var(--good); } .removed { color: var(--bad); }
@media print { details > * { display: block; } body { max-width: none; } }
@media print { details::details-content { content-visibility: visible; block-size: auto; } }
`);
