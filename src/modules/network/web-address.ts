import { ModuleFailure } from '../../sdk/module.js';

export interface Credentials {
  readonly user: string;
  readonly password: string;
  readonly first: boolean;
}

export interface Addressed {
  /** Without credentials: it may be shown. */
  readonly url: URL;
  readonly credentials: Credentials | undefined;
}

interface Given {
  readonly url: string;
  readonly url_username: string | undefined;
  readonly url_password: string | undefined;
  readonly force_basic_auth: boolean;
}

/** A URL and the credentials for it, be they arguments or in front of its host. */
export function addressed(given: Given, protocols: readonly string[]): Addressed {
  // What cannot be read may hold a password: it is not quoted where there is an @.
  const shown = given.url.includes('@') ? 'url' : `"${given.url}"`;
  if (!URL.canParse(given.url)) throw new ModuleFailure(`${shown} is no URL`);
  const url = new URL(given.url);
  if (!protocols.includes(url.protocol)) {
    const names = protocols.map((each) => each.replace(':', ''));
    throw new ModuleFailure(`${shown} is ${names.length > 2 ? 'none of' : 'neither'} ${names.join(names.length > 2 ? ', ' : ' nor ')}`);
  }
  const user = given.url_username ?? decodeURIComponent(url.username);
  const password = given.url_password ?? decodeURIComponent(url.password);
  url.username = '';
  url.password = '';
  return { url, credentials: user === '' ? undefined : { user, password, first: given.force_basic_auth } };
}
