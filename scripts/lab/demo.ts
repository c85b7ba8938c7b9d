import { removeKeptLabs } from '../../test/lab/containers.js';
import type { Lab } from '../../test/lab/lab.js';
import { startLab } from '../../test/lab/lab.js';
import { DEMO_USAGE, type DemoOptions, parseDemoOptions } from './demo-options.js';

const say = (line = ''): void => void process.stderr.write(`${line}\n`);

/** Plays install.yaml with live output; returns its exit status. */
async function play(lab: Lab, options: DemoOptions, inventory: string): Promise<number> {
  const env: Record<string, string> = {
    CHATSCTL_SECRETS_PASSPHRASE: 'demo-passphrase',
    // Secrets reach the tool by the environment, never by its command line.
    DEMO_LICENSE_KEY: lab.secrets.licenseKey,
    DEMO_SUDO_PASSWORD: lab.secrets.userPassword,
    NODE_EXTRA_CA_CERTS: '/etc/ssl/certs/ca-certificates.crt',
  };
  const secrets = await storeSecrets(lab, options, inventory, env);
  if (secrets !== 0) return secrets;
  say('\n$ chatsctl play install.yaml -i inventory.yaml\n');
  const running = lab.control.start(['play', 'playbooks/install.yaml', '-i', inventory, '--no-input'], {
    env,
    timeout: 30 * 60_000,
    terminal: process.stdout.isTTY,
  });
  running.onOutput((chunk) => process.stdout.write(chunk));
  return (await running.finished).code;
}

/** Puts what the operator knows into the encrypted store, value by value on standard input. */
async function storeSecrets(lab: Lab, options: DemoOptions, inventory: string, env: Record<string, string>): Promise<number> {
  const values: Record<string, string> = { chat_license_key: lab.secrets.licenseKey };
  if (options.sudo === 'password') values['ansible_become_password'] = lab.secrets.userPassword;
  const steps: { args: string[]; input?: string }[] = [{ args: ['secrets', 'init', '-i', inventory, '--no-input'] }];
  for (const [name, value] of Object.entries(values))
    steps.push({ args: ['secrets', 'set', name, '-i', inventory, '--no-input'], input: value });
  for (const { args, input } of steps) {
    const done = await lab.control.run(args, { env, ...(input === undefined ? {} : { input }) });
    if (done.code !== 0) {
      say(`chatsctl ${args.slice(0, 2).join(' ')} ended with ${done.code}:\n${done.stderr}${done.stdout}`);
      return done.code;
    }
  }
  return 0;
}

async function statusOf(lab: Lab, path: string): Promise<string> {
  const script = `fetch(${JSON.stringify(`https://${lab.names.chats[0]}${path}`)}).then((r) => console.log(r.status), (e) => console.log(String(e.cause ?? e)))`;
  const seen = await lab.control.startProgram(['node', '-e', script], {
    env: { NODE_EXTRA_CA_CERTS: '/etc/ssl/certs/ca-certificates.crt' },
  }).finished;
  return seen.stdout.trim();
}

/** Compares what the vendor counted and what the pages answer with what the guide promises; returns what is off. */
async function judge(lab: Lab): Promise<string[]> {
  const { starts } = await lab.counters();
  const address = `https://${lab.names.chats[0]}`;
  const [page, root] = [await statusOf(lab, '/chats/'), await statusOf(lab, '/')];
  say(`\nThe vendor counted: --cfglink ${starts.cfglink}, installation ${starts.install}, token ${starts.token}`);
  say(`Login page ${address}/chats/ : ${page}`);
  say(`Without /chats, ${address}/ : ${root}`);
  const wanted: [string, string, string][] = [
    ['starts of --cfglink', String(starts.cfglink), '1'],
    ['starts of the installation', String(starts.install), '1'],
    ['starts of add_chats_token.sh', String(starts.token), '1'],
    ['status of /chats/', page, '200'],
    ['status of /', root, '403'],
  ];
  return wanted
    .filter(([, found, expected]) => found !== expected)
    .map(([what, found, expected]) => `${what}: ${found}, expected ${expected}`);
}

async function main(): Promise<number> {
  const options = parseDemoOptions(process.argv.slice(2));
  if (options === 'help') {
    process.stdout.write(DEMO_USAGE);
    return 0;
  }
  if (options === 'clean') {
    await removeKeptLabs();
    return 0;
  }
  say('demo: starting the laboratory (two Debian 12 servers, the vendor, a control machine)');
  const lab = await startLab({
    variant: options.variant,
    sudo: options.sudo,
    certificate: options.certificate,
    keep: options.keep,
    faults: ['hosts-loopback', 'resolv-search'],
  });
  let interrupted = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      interrupted = true;
      lab.stop().finally(() => process.exit(signal === 'SIGINT' ? 130 : 143));
    });
  }
  try {
    const written = await lab.writeInventory();
    const code = await play(lab, options, written.inventory);
    const faults = await judge(lab);
    if (code !== 0) faults.unshift(`chatsctl ended with ${code}`);
    for (const fault of faults) say(`demo: ${fault}`);
    if (options.keep)
      say(
        `\nKept. The customer's folder: ${written.folder}\nA shell on the servers: docker exec -it ${lab.chats.container.getName().slice(1)} bash`,
      );
    return faults.length === 0 ? 0 : 1;
  } finally {
    if (!options.keep && !interrupted) await lab.stop();
  }
}

process.exitCode = await main();
