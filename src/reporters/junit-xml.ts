/** A case of a JUnit report, as Jenkins' junit-10.xsd and GitLab read it. */
export interface TestCase {
  readonly name: string;
  readonly classname: string;
  /** Seconds. */
  readonly seconds: number;
  readonly outcome: 'passed' | 'failed' | 'error' | 'skipped';
  /** Why it is not passed. */
  readonly message?: string;
  /** What belongs to a failure. */
  readonly output?: string;
  /** What is to be read though it passed. */
  readonly note?: string;
}

export interface TestSuite {
  readonly name: string;
  /** ISO 8601. */
  readonly started: string;
  readonly cases: readonly TestCase[];
}

export function junitXml(suites: readonly TestSuite[]): string {
  const all = suites.flatMap(({ cases }) => cases);
  const body = suites.map(
    ({ name, started, cases }) =>
      `  <testsuite name="${attribute(name)}" ${totals(cases)} skipped="${count(cases, 'skipped')}"${started === '' ? '' : ` timestamp="${started.replace(/\.\d+Z$/, '')}"`}>\n` +
      `${cases.map(testCase).join('')}  </testsuite>\n`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="chatsctl" ${totals(all)}>\n${body.join('')}</testsuites>\n`;
}

function totals(cases: readonly TestCase[]): string {
  const time = cases.reduce((sum, each) => sum + each.seconds, 0);
  return `tests="${cases.length}" failures="${count(cases, 'failed')}" errors="${count(cases, 'error')}" time="${time.toFixed(3)}"`;
}

function count(cases: readonly TestCase[], outcome: TestCase['outcome']): number {
  return cases.filter((each) => each.outcome === outcome).length;
}

function testCase({ name, classname, seconds, outcome, message = '', output = '', note = '' }: TestCase): string {
  const open = `    <testcase name="${attribute(name)}" classname="${attribute(classname)}" time="${seconds.toFixed(3)}"`;
  const inside = [
    ...(outcome === 'skipped' ? [`<skipped message="${attribute(message)}"/>`] : []),
    ...(outcome === 'error' ? [element('error', message, output)] : []),
    ...(outcome === 'failed' ? [element('failure', message, output)] : []),
    ...(note === '' ? [] : [`<system-out>${content(note)}</system-out>`]),
  ];
  return inside.length === 0 ? `${open}/>\n` : `${open}>\n${inside.map((each) => `      ${each}\n`).join('')}    </testcase>\n`;
}

function element(name: string, message: string, text: string): string {
  const open = `<${name} message="${attribute(message)}"`;
  return text === '' ? `${open}/>` : `${open}>${content(text)}</${name}>`;
}

function attribute(text: string): string {
  return content(text).replaceAll('"', '&quot;').replaceAll('\n', '&#10;').replaceAll('\t', '&#9;');
}

/** XML 1.0 knows no control characters and no lone surrogates: they become U+FFFD. */
function content(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
