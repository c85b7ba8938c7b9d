import { formatDuration } from '../../base/duration.js';
import { plainMessage } from '../../base/errors.js';
import { printable } from '../../base/printable.js';
import { isMap, type Value } from '../../base/value.js';
import type { Counts, DiffPart } from '../../events/event.js';
import { failureHint, failureMessage } from '../failure-hint.js';
import { rowsOf } from '../findings.js';
import { html, type Markup } from './markup.js';
import type { RunRecord, TaskRecord, TaskResult } from './run-record.js';

const COUNTS = ['ok', 'changed', 'unreachable', 'failed', 'skipped', 'rescued', 'ignored'] as const satisfies readonly (keyof Counts)[];
const SLOWEST = 10;
/** Milliseconds: what took less is no matter. */
const SLOW = 1000;

/** What ended the run, and each task that failed: what was said, what mends it, the end of its output. */
export function failuresSection(record: RunRecord): Markup | undefined {
  const { say, language } = record;
  const failed = record.results.filter(({ status }) => status === 'failed' || status === 'unreachable');
  const errors = record.errors.filter(({ severity }) => severity === 'error');
  if (failed.length + errors.length === 0) return undefined;
  return html`<h2>${say('report.failures')}</h2>
${errors.map((each) => html`<div class="failure"><p class="state failed">${printable(plainMessage(each, language))}</p></div>`)}
${failed.map((each) => failure(each, record))}`;
}

function failure(event: TaskResult, { say, language }: RunRecord): Markup {
  const result = isMap(event.result) ? event.result : {};
  const hint = failureHint(result, language);
  const remedies = [hint?.remedy, hint?.hint].filter((each) => each !== undefined);
  return html`<div class="failure">
<h3><span class="state ${event.status}">${event.status}</span> ${hostOf(event)} · ${printable(event.task)}</h3>
<pre>${printable(failureMessage(event.message ?? '', result, language))}${typeof result.rc === 'number' && result.rc !== 0 ? ` (rc=${result.rc})` : undefined}</pre>
${remedies.map((each) => html`<p>${say('error.fix', { remedy: printable(each) })}</p>`)}
${['stderr', 'stdout'].map((name) => output(name, result[name]))}
<p class="dim">${say('result.position', { position: event.position })}</p>
</div>`;
}

function output(name: string, value: Value | undefined): Markup | undefined {
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  return html`<p class="dim">${name}</p><pre>${printable(value.trimEnd()).split('\n').slice(-40).join('\n')}</pre>`;
}

/** Ansible's recap, a row a host. */
export function recapSection({ recap, say }: RunRecord): Markup | undefined {
  if (!recap || Object.keys(recap.hosts).length === 0) return undefined;
  return html`<h2>${say('report.recap')}</h2>
<table><tr><th>${say('report.host')}</th>${COUNTS.map((each) => html`<th class="number">${each}</th>`)}</tr>
${Object.entries(recap.hosts).map(
  ([host, counts]) =>
    html`<tr><td>${host}</td>${COUNTS.map((each) => html`<td class="number ${counts[each] > 0 ? each : 'dim'}">${counts[each]}</td>`)}</tr>`,
)}
</table>`;
}

export function findingsSection({ findings, say }: RunRecord): Markup | undefined {
  if (findings.all.length === 0) return undefined;
  const titles = ['findings.status', 'findings.check', 'findings.found', 'findings.needed', 'findings.observer'] as const;
  const rows = [...findings.byClause].flatMap(([clause, group]) =>
    rowsOf(group, true).map(({ finding, observers }) => {
      const { status, severity, mendedBy, remedy, command, by, before } = finding;
      const state = status === 'unmet' ? severity : status;
      return html`<tr><td>${clause}</td><td class="state ${state}">${say(`findings.${state}`)}</td>
<td>${printable(finding.title)}</td><td>${before === undefined ? '' : `${printable(before)} → `}${printable(finding.found)}</td>
<td>${printable(finding.needed)}${status === 'unmet' && mendedBy !== undefined ? html`<br>→ ${say('findings.mended-by', { playbook: mendedBy })}` : undefined}
${status === 'unmet' && remedy !== undefined ? html`<br>→ ${say(by === 'vendor' ? 'findings.by-vendor' : 'findings.by-you')}: ${printable(remedy)}` : undefined}
${status === 'unmet' && command !== undefined ? html`<pre>${printable(command)}</pre>` : undefined}</td>
<td>${observers.map((each) => (each === 'control' ? say('findings.control') : each)).join(', ')}</td></tr>`;
    }),
  );
  return html`<h2>${say('findings.title')}</h2>
<table><tr><th></th>${titles.map((each) => html`<th>${say(each)}</th>`)}</tr>
${rows}
</table>`;
}

export function pendingSection({ pending, say }: RunRecord): Markup | undefined {
  if (pending.all.length === 0) return undefined;
  return html`<h2>${say('pending.title')}</h2>
<ul>${pending.all.map(({ host, play, handlers }) => html`<li>${host}: ${handlers.map((each) => each.handler).join(', ')} <span class="dim">${play}</span></li>`)}</ul>`;
}

export function slowestSection({ results, say }: RunRecord): Markup | undefined {
  const slow = results.filter(({ duration }) => duration >= SLOW).sort((a, b) => b.duration - a.duration);
  if (slow.length === 0) return undefined;
  return html`<h2>${say('report.slowest')}</h2>
<table class="slowest">${slow
    .slice(0, SLOWEST)
    .map(
      (each) =>
        html`<tr><td class="number">${formatDuration(each.duration)}</td><td>${hostOf(each)}</td><td>${printable(each.task)}</td></tr>`,
    )}
</table>`;
}

/** Every task, play by play; what changed or failed can be opened. */
export function tasksSection({ plays, say }: RunRecord): Markup {
  return html`<h2>${say('report.tasks')}</h2>
${[...plays].map(
  ([play, tasks]) => html`<h3>${printable(play)}</h3>
${tasks.map(task)}`,
)}`;
}

function task({ task: name, handler, position, results }: TaskRecord): Markup {
  const heading = html`${handler ? html`<span class="dim">handler</span> ` : undefined}${printable(name)}
${results.map((each) => html` <span class="state ${each.status}">${each.status}</span> <span class="dim">${hostOf(each)}</span>`)}`;
  const inside = results.flatMap((each) => {
    const said = [
      ...(each.message === undefined ? [] : [html`<p>${hostOf(each)}: ${printable(each.message)}</p>`]),
      ...(each.diff ?? []).map((part) => diff(part, hostOf(each))),
      ...(each.warnings ?? []).map((text) => html`<p class="warning">${printable(text)}</p>`),
    ];
    return each.status === 'skipped' || said.length === 0 ? [] : said;
  });
  if (inside.length === 0) return html`<div class="plain">${heading}</div>`;
  return html`<details><summary>${heading}</summary>
${inside}<p class="dim">${position}</p></details>`;
}

function diff({ subject, text }: DiffPart, host: string): Markup {
  const lines = printable(text).trimEnd().split('\n');
  const marked = lines.map((line) => {
    const kind = /^\+(?!\+\+)/.test(line) ? 'added' : /^-(?!--)/.test(line) ? 'removed' : '';
    return html`<span class="${kind}">${line}</span>\n`;
  });
  return html`<p class="dim">${host}: ${printable(subject)}</p>${text.trim() === '' ? undefined : html`<pre>${marked}</pre>`}`;
}

function hostOf({ host, delegatedTo }: TaskResult): string {
  return delegatedTo === undefined ? host : `${host} → ${delegatedTo}`;
}
