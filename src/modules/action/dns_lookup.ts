import { domainToASCII } from 'node:url';
import { t } from '../../sdk/arguments.js';
import { defineAction, ModuleFailure } from '../../sdk/module.js';
import { dnsScript, parseDnsAnswers, resolverScript } from '../network/dns-script.js';

export const dnsLookup = defineAction({
  name: 'dns_lookup',
  summary: 'What DNS says of a name, and what the host makes of it',
  arguments: {
    name: t.string().required().describe('The name; in Unicode too.'),
    server: t.list(t.string()).describe("Addresses of DNS servers; `resolvers`: the host's own. Left out: those."),
  },
  examples: [
    { title: "by the host's own servers", task: 'dns_lookup: {name: app.example.org}' },
    { title: 'by others', task: 'dns_lookup: {name: app.example.org, server: [9.9.9.9]}' },
  ],
  checkMode: 'runs',
  async run(args, context) {
    const name = domainToASCII(args.name.replace(/\.$/, ''));
    if (name === '' || name.split('.').some((each) => each === '' || each.length > 63))
      throw new ModuleFailure({ en: `"${args.name}" is no domain name`, ru: `«${args.name}» — не доменное имя` });
    const own = args.server ?? [];
    if (own.length > 1 && own.includes('resolvers')) throw new ModuleFailure('server: resolvers stands alone');
    const [dns, resolver] = await Promise.all([
      context.read.script(dnsScript, [name, ...own.filter((each) => each !== 'resolvers')]),
      context.read.script(resolverScript, [name]),
    ]);
    const answers = parseDnsAnswers(dns.stdout);
    const servers = [...new Set(answers.map((each) => each.server))].map((server) => {
      const said = answers.filter((each) => each.server === server);
      return {
        server,
        outcome: said.find((each) => each.outcome !== 'NOERROR')?.outcome ?? 'NOERROR',
        addresses: said.flatMap((each) => each.addresses).sort(),
      };
    });
    const heard = servers.filter((each) => each.outcome !== 'timeout' && each.outcome !== 'error');
    const addresses = [...new Set(heard.flatMap((each) => each.addresses))].sort();
    const result = {
      name,
      outcome: addresses.length ? 'ok' : 'dns',
      addresses,
      servers,
      // DNS-5: resolvers that answer differently.
      agree: new Set(heard.map((each) => each.addresses.join(','))).size <= 1,
      resolver: resolver.stdout.split('\n').filter((each) => each !== ''),
    };
    if (addresses.length) return { changed: false, result };
    if (!servers.length)
      throw new ModuleFailure(
        {
          en: 'the host has no DNS server: /etc/resolv.conf has no nameserver line',
          ru: 'у сервера нет DNS: в /etc/resolv.conf нет строки nameserver',
        },
        result,
      );
    const said = (language: 'en' | 'ru', says: string) =>
      servers.map(({ server, outcome }) => `${server} ${says} ${reasons[outcome]?.[language] ?? outcome}`).join(', ');
    throw new ModuleFailure(
      { en: `DNS has no address for ${name}: ${said('en', 'says')}`, ru: `в DNS нет адреса для ${name}: ${said('ru', '—')}` },
      result,
    );
  },
});

const reasons: Readonly<Record<string, { readonly en: string; readonly ru: string }>> = {
  NOERROR: { en: 'that the name has none', ru: 'у имени его нет' },
  NXDOMAIN: { en: 'that there is no such name (NXDOMAIN)', ru: 'такого имени нет (NXDOMAIN)' },
  timeout: { en: 'nothing (no answer)', ru: 'нет ответа' },
  error: { en: 'nothing (it cannot be asked)', ru: 'не удалось спросить' },
};
