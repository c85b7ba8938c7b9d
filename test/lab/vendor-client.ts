import type { IssuedValues, VendorState } from './vendor/state.js';
import type { Variant } from './vendor/variant.js';

/** The tests' side of the vendor: its records, and switches of its behaviour. */
export class VendorClient {
  constructor(private readonly base: string) {}

  /** Starts, successes, and the questions that were answered, by name. */
  state(): Promise<VendorState> {
    return this.call('GET', '/state');
  }

  /** Every value issued so far: for searching outputs for leaks. */
  issued(): Promise<IssuedValues> {
    return this.call('GET', '/issued');
  }

  /** Changes the behaviour of the programs from their next start on. */
  vary(change: Partial<Variant>): Promise<Variant> {
    return this.call('POST', '/variant', change);
  }

  /** Forgets counts, issued values and changes of the variant. */
  async reset(): Promise<void> {
    await this.call('POST', '/reset');
  }

  private async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(this.base + path, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    const text = await response.text();
    if (!response.ok) throw new Error(`the lab's vendor: ${method} ${path}: ${response.status} ${text}`);
    return JSON.parse(text) as T;
  }
}
