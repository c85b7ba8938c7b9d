// The main line on real parts: install.yaml from nothing, again, step by step, and as a check.
import { afterEach, describe, expect, test } from 'vitest';
import { type Lab, startLab } from '../lab/lab.js';
import type { ChatsFault, LabOptions } from '../lab/options.js';
import type { Variant } from '../lab/vendor/variant.js';
import { Customer, type Played, type TaskEvent } from './customer.js';

const ONE_EACH = { cfglink: 1, install: 1, token: 1 };
/** What a provider's image brings that the guide wants away. */
const FAULTS: ChatsFault[] = ['hosts-loopback', 'resolv-search'];
/** A program that talks a lot: colours, progress bars, prompts in two pieces, a pause before each. */
const NOISY: Partial<Variant> = { colours: true, progress: true, stutter: true, pause: 0.3 };

let lab: Lab | undefined;
afterEach(async () => {
  await lab?.stop();
  lab = undefined;
});

async function fresh(options: LabOptions = {}): Promise<Customer> {
  lab = await startLab({ faults: FAULTS, ...options });
  return await Customer.of(lab, { sudoPassword: options.sudo === 'password' });
}

/** Reads like a report when it fails: what went wrong on which task, in the tool's words. */
function expectDone(played: Played): void {
  const wrong = played.tasks.filter((task) => task.status === 'failed' || task.status === 'unreachable');
  const said = wrong.map(({ host, task, message }) => `${host}: ${task}: ${message}`).join('\n');
  expect({ code: played.code, said, stderr: played.stderr }).toEqual({ code: 0, said: '', stderr: '' });
  expect(played.recap?.exit).toBe(0);
}

async function expectInstalled(customer: Customer): Promise<void> {
  expect(await customer.page('/chats/')).toBe(200);
  expect(await customer.page('/')).toBe(403);
  const { starts, successes, answers } = await customer.lab.counters();
  expect({ starts, successes }).toEqual({ starts: ONE_EACH, successes: ONE_EACH });
  // Each question once, and no answer refused.
  expect(new Set(answers.map(({ program, question }) => `${program} ${question}`)).size).toBe(answers.length);
  expect(answers.filter((answer) => !answer.accepted)).toEqual([]);
}

const changed = (played: Played): Record<string, number> =>
  Object.fromEntries(Object.entries(played.recap?.hosts ?? {}).map(([host, counts]) => [host, counts.changed]));
const NOTHING = { localhost: 0, chat1: 0, meet1: 0 };

describe('install.yaml, whatever the vendor says and however', () => {
  const variants: { title: string; options: LabOptions }[] = [
    {
      title: 'Russian, without echo, noisy, with a long silence; sudo asks; the installer asks for the domain',
      options: {
        sudo: 'password',
        variant: { lang: 'ru', echo: false, ...NOISY, silence: 20, installerAsksDomain: true },
      },
    },
    {
      title: 'English, without echo, noisy; /etc/hosts can be renamed over',
      options: {
        faults: [...FAULTS, 'plain-etc-files'],
        variant: { lang: 'en', echo: false, ...NOISY },
      },
    },
    {
      title: 'English in words that the roles have never seen, without echo, the installer asks for the domain',
      options: {
        variant: {
          lang: 'en',
          echo: false,
          installerAsksDomain: true,
          wording: {
            ask_domain: 'FQDN of the chat server? ',
            ask_licence: '[1/3] Paste your activation key below and press Enter\n> ',
            ask_client_id: '[2/3] OAuth client identifier (see step 3 of the guide) >>> ',
            ask_client_secret: '[3/3] Secret of the client (input is hidden): ',
            ask_token: 'token for integration with Chats → ',
            give_client_id: '| client_id     | %s |',
            give_client_secret: '| client_secret | %s |',
            give_token: 'Here is your integration token, keep it safe:\n\n    %s',
            install_started: 'Pulling 14 images, this may take half an hour',
            install_done: 'Congratulations! MTS Link Chats is ready.',
            token_done: 'Token accepted',
          },
        },
      },
    },
    {
      title: 'Russian in other words, noisy; sudo asks',
      options: {
        sudo: 'password',
        variant: {
          lang: 'ru',
          ...NOISY,
          wording: {
            ask_domain: 'Домен чата (без https://) = ',
            ask_licence: 'Пожалуйста, укажите ключ лицензии, выданный менеджером: ',
            ask_client_id: 'Идентификатор клиента [обязательно]: ',
            ask_client_secret: 'Секретный ключ клиента [обязательно]: ',
            ask_token: 'Токен интеграции: ',
            give_client_id: 'Идентификатор клиента: «%s»',
            give_client_secret: 'Секретный ключ клиента: «%s»',
            give_token: 'Сформирован интеграционный токен: %s',
            install_started: 'Разворачиваем контейнеры',
            install_done: 'Все компоненты развёрнуты.',
            token_done: 'Связка настроена',
          },
        },
      },
    },
  ];
  test.each(variants)('$title', async ({ options }) => {
    const customer = await fresh(options);
    expectDone(await customer.play('install'));
    await expectInstalled(customer);
  });
});

describe('install.yaml as a check, for real, and again', () => {
  test('English, echoing', async () => {
    const customer = await fresh();
    const { chats, meetings } = customer.lab;
    const folders = ['/etc', '/opt', '/root', '/usr', '/var/lib'];
    const before = [await chats.snapshot(folders), await meetings.snapshot(folders)];

    const checked = await customer.play('install', ['--check', '--diff']);
    expectDone(checked);
    const read = await customer.playPlain('install', ['--check', '--diff']);
    expect(read.code).toBe(0);
    expect([await chats.snapshot(folders), await meetings.snapshot(folders)]).toEqual(before);
    expect(await customer.lab.counters()).toMatchObject({ starts: { cfglink: 0, install: 0, token: 0 }, downloads: 0 });

    const done = await customer.play('install', ['--diff']);
    expectDone(done);
    await expectInstalled(customer);
    expect(changesOf(checked)).toEqual(changesOf(done, unknownIn(checked)));

    // What else runs on the machine makes it slower, never faster: the fastest of some counts.
    const seconds: number[] = [];
    while (seconds.length < 5 && !seconds.some((each) => each < 10)) {
      const again = await customer.play('install');
      expectDone(again);
      expect(changed(again)).toEqual(NOTHING);
      seconds.push(again.seconds);
    }
    await expectInstalled(customer);
    expect(Math.min(...seconds), `of ${seconds.join(', ')} s`).toBeLessThan(10);

    const checkedAgain = await customer.play('install', ['--check', '--diff']);
    expectDone(checkedAgain);
    expect(changed(checkedAgain)).toEqual(NOTHING);
  });
});

function unknownIn(played: Played): Set<string> {
  return new Set(played.tasks.filter((task) => task.result === '(known after apply)').map(nameOf));
}

function changesOf(played: Played, leftOut = unknownIn(played)): unknown[] {
  return played.tasks
    .filter((task) => task.status === 'changed')
    .map((task) => ({ task: nameOf(task), diff: leftOut.has(nameOf(task)) ? 'unknown' : task.diff }));
}

function nameOf({ host, task }: TaskEvent): string {
  return `${host}: ${task}`;
}

describe('the four playbooks, one by one, in the order of the guide', () => {
  test('the same end', async () => {
    const customer = await fresh();
    for (const name of ['prepare-host', 'certs', 'install-chats', 'link-meetings']) {
      expectDone(await customer.play(name));
    }
    await expectInstalled(customer);
    for (const name of ['prepare-host', 'certs', 'install-chats', 'link-meetings', 'install']) {
      const again = await customer.play(name);
      expectDone(again);
      expect(Object.values(changed(again)).every((count) => count === 0)).toBe(true);
    }
    await expectInstalled(customer);
  });
});
