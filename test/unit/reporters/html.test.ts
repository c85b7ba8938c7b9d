import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { diagnostic } from '../../../src/base/errors.js';
import { htmlReport, htmlReporter } from '../../../src/reporters/html/html.js';
import { html, Markup } from '../../../src/reporters/html/markup.js';
import { STYLE } from '../../../src/reporters/html/style.js';
import { recordedRun } from './recorded-run.js';

it.each([
  ['install', 'en'],
  ['install', 'ru'],
  ['preflight', 'en'],
] as const)('%s, %s', async (name, language) => {
  const [head = '', body = ''] = htmlReport(recordedRun(name), language).split('<body>');
  expect(head).toContain(`<html lang="${language}">`);
  expect(head).toContain(`<style>${STYLE.text}</style>`);
  await expect(body).toMatchFileSnapshot(`expected/${name}-${language}.html`);
});

it('what a host said is never markup', () => {
  const bad = '<script>alert("1")</script>&';
  const run = recordedRun('install').map((event) =>
    event.type === 'task_result' && event.status === 'failed'
      ? { ...event, host: bad, task: bad, message: bad, result: { stderr: bad, rc: 1 } }
      : event,
  );
  const text = htmlReport(run, 'en');
  expect(text).not.toContain('<script');
  expect(text.match(/&lt;script&gt;alert\(&quot;1&quot;\)&lt;\/script&gt;&amp;/g)?.length).toBeGreaterThan(3);
});

it('any text goes in and comes out as text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const written = html`<p title="${text}">${text}</p>`.text;
      expect(written).not.toMatch(/<(?!\/?p[ >])/);
      const back = written
        .slice(written.indexOf('>') + 1, -4)
        .replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" })[name] ?? '');
      expect(back).toBe(text);
    }),
  );
  expect(html`${new Markup('<b>')}${[html`<i>`, 'a<']}${undefined}${0}`.text).toBe('<b><i>a&lt;0');
});

it('a run that was killed has a page too; so has an error before the first host', () => {
  const torn = recordedRun('install').slice(0, 12);
  expect(htmlReport(torn, 'en')).toContain('unfinished');
  const refused = diagnostic('cli/no-hosts', { pattern: 'a<b' });
  const text = htmlReport([{ type: 'diagnostic', time: '2026-03-01T02:00:00.000Z', diagnostic: refused }], 'en');
  expect(text).toContain('a&lt;b');
});

it('is written when the run ends, whole, and leaves nothing beside it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'chatsctl-report-'));
  try {
    const reporter = htmlReporter(join(folder, 'report.html'), 'en');
    for (const event of recordedRun('install')) reporter.handle(event);
    expect(readdirSync(folder)).toEqual([]);
    await reporter.close();
    expect(readFileSync(join(folder, 'report.html'), 'utf8')).toBe(htmlReport(recordedRun('install'), 'en'));
    expect(readdirSync(folder)).toEqual(['report.html']);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
