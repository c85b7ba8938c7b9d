import { formatDuration } from '../../base/duration.js';
import type { Language } from '../../base/messages/message.js';
import { writeWhole } from '../../base/write-whole.js';
import type { RunEvent } from '../../events/event.js';
import type { Reporter } from '../reporter.js';
import { html } from './markup.js';
import { RunRecord } from './run-record.js';
import { failuresSection, findingsSection, pendingSection, recapSection, slowestSection, tasksSection } from './sections.js';
import { STYLE } from './style.js';

/** A page of the run, written to `path` when the run ends, however it ends. */
export function htmlReporter(path: string, language: Language): Reporter {
  const record = new RunRecord(language);
  return {
    name: 'report',
    handle: (event) => record.handle(event),
    close: async () => {
      if (record.errors.some(({ code }) => code === 'cli/report-unwritable')) return;
      await writeWhole(path, page(record));
    },
  };
}

/** A run's events as one HTML document that needs nothing else. The events are masked already. */
export function htmlReport(events: readonly RunEvent[], language: Language): string {
  const record = new RunRecord(language);
  for (const event of events) record.handle(event);
  return page(record);
}

function page(record: RunRecord): string {
  const { say, start, recap, interrupted, language } = record;
  const title = start === undefined ? 'chatsctl' : `${start.command} ${start.playbook}`;
  const state = recap === undefined ? 'unknown' : recap.exit === 0 ? 'ok' : 'failed';
  const facts: readonly (readonly [string, string | undefined])[] = [
    [say('report.run'), recap?.run ?? start?.run],
    [say('report.started'), start?.time.replace('T', ' ').replace(/\.\d+Z$/, ' UTC')],
    [say('report.elapsed'), recap && formatDuration(recap.duration)],
    [say('report.inventory'), start?.inventory],
    [say('report.operator'), start?.operator],
    [say('report.version'), start && `chatsctl ${start.version}`],
  ];
  return html`<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title><style>${STYLE}</style></head>
<body>
<h1>${title} <span class="state ${state}">${say(`report.${state}`, { exit: recap?.exit ?? 0 })}</span></h1>
${start?.check ? html`<p class="state changed">${say('play.check')}</p>` : undefined}
${interrupted ? html`<p class="state failed">${say('interrupted.title', { signal: interrupted.signal })}</p>` : undefined}
<dl>${facts.map(([name, value]) => (value === undefined || value === '' ? undefined : html`<dt>${name}</dt><dd>${value}</dd>`))}</dl>
${failuresSection(record)}
${recapSection(record)}
${findingsSection(record)}
${pendingSection(record)}
${slowestSection(record)}
${tasksSection(record)}
</body>
</html>
`.text;
}
