import type { Program, VendorRecords } from './state.js';
import { textsOf } from './texts.js';
import type { Question } from './variant.js';

export interface Reply {
  status: number;
  body: string;
  type?: string;
}

type Fields = Map<string, string>;
/** What the vendor's programs ask of its hosts: bodies and answers are lines of `name=value`, a line feed in a value is `\n`. */
type Route = (fields: Fields, records: VendorRecords) => Reply;

const ok = (values: Record<string, string | number | boolean> = {}): Reply => ({
  status: 200,
  body: Object.entries(values)
    .map(([name, value]) => `${name}=${String(value).replaceAll('\n', '\\n')}\n`)
    .join(''),
});
const refused: Reply = { status: 403, body: 'refused\n' };
const field = (fields: Fields, name: string): string => fields.get(name) ?? '';

export const LICENCE_ROUTES: Record<string, Route> = {
  // The first request of every program: a start is counted before anything can go wrong.
  '/api/start': (fields, records) => {
    const program = field(fields, 'program') as Program;
    records.started(program);
    const { wording: _, faults, ...settings } = records.variant;
    return ok({ ...settings, faults: faults.join(' '), ...textsOf(records.variant) });
  },
  '/api/answered': (fields, records) => {
    records.answered(field(fields, 'program') as Program, field(fields, 'question') as Question, field(fields, 'accepted') === 'yes');
    return ok();
  },
  '/api/link': (fields, records) => {
    const link = records.link(field(fields, 'domain'));
    records.succeeded('cfglink');
    return ok({ client_id: link.clientId, client_secret: link.clientSecret });
  },
  // Whose installation this is follows from the customer's latest link.
  '/api/domain': (_, records) => ok({ domain: records.latestDomain }),
  '/api/licence-file': (fields, records) => (records.knowsLicenceFile(field(fields, 'name'), field(fields, 'sha256')) ? ok() : refused),
  '/api/check': (fields, records) => {
    const [domain, clientId] = [field(fields, 'domain'), field(fields, 'client_id')];
    const checks: Record<string, () => boolean> = {
      licence: () => records.isLicenceKey(field(fields, 'value')),
      client_id: () => records.isClientId(domain, field(fields, 'value')),
      client_secret: () => records.isClientSecret(domain, clientId, field(fields, 'value')),
      token: () => records.isToken(domain, field(fields, 'value')) && !records.has('token-rejected'),
    };
    return checks[field(fields, 'question')]?.() ? ok() : refused;
  },
  '/api/token': (fields, records) => ok({ token: records.issueToken(field(fields, 'domain')) }),
  '/api/succeeded': (fields, records) => {
    records.succeeded(field(fields, 'program') as Program);
    return ok();
  },
};

export const REGISTRY_ROUTES: Record<string, Route> = {
  '/v2/login': (_, records) => (records.has('registry-unauthorized') ? { status: 401, body: 'unauthorized\n' } : ok()),
};

/** The installer as it is downloaded now, by the variant. */
export function download(path: string, installer: string, records: VendorRecords): Reply {
  if (path !== '/chats/latest/installer.sh' || records.has('missing-installer')) return { status: 404, body: 'not found\n' };
  const nth = records.downloaded();
  if (records.has('html-installer'))
    return { status: 200, type: 'text/html', body: '<!DOCTYPE html>\n<html><body>Access is being checked…</body></html>\n' };
  const build = records.has('changing-installer') ? nth : 1;
  return { status: 200, type: 'application/x-sh', body: installer.replace('BUILD=0', `BUILD=${build}`) };
}
