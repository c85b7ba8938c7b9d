import { ChatsctlError } from '../base/errors.js';
import { type SourceValue, TemplateText } from '../base/template-text.js';
import { isList, type Value } from '../base/value.js';
import type { Variables } from '../playbook/tree.js';
import type { Scope } from '../vars/scope.js';
import type { HostState } from './host-state.js';

interface Sources {
  /** `vars_files`, as written. */
  readonly written: readonly SourceValue[];
  /** What their names may use. */
  scope(host: HostState): Scope;
  /** Throws where there is no such file, or it is none of variables. */
  read(name: string): Variables;
}

/** `vars_files` of a play: of a list the first that exists. A name that uses what is not known yet waits for the host's facts, as in Ansible. */
export class VariablesFiles {
  /** Facts are there, or will not be: from here on a name that uses what is not defined is an error. */
  settled = false;
  private readonly known = new Map<string, Variables>();
  private readonly broken = new Set<HostState>();
  private readonly fixed: boolean;

  constructor(private readonly sources: Sources) {
    this.fixed = !sources.written.some((each) => each instanceof TemplateText || Array.isArray(each));
  }

  /** In their order. Throws what `read` and rendering throw, but for hosts that `check` answered an error for. */
  of(host: HostState): readonly Variables[] {
    const { written, scope } = this.sources;
    if (written.length === 0 || this.broken.has(host)) return [];
    if (this.fixed) return written.map((name) => this.first([String(name)]));
    const names = scope(host);
    return written.flatMap((each) => {
      const value = this.render(each, names);
      return value === undefined ? [] : [this.first((isList(value) ? value : [value]).map(String))];
    });
  }

  /** The error of a host whose files cannot be read; it goes on without them. */
  check(host: HostState): ChatsctlError | undefined {
    try {
      this.of(host);
      return undefined;
    } catch (error) {
      if (!(error instanceof ChatsctlError)) throw error;
      this.broken.add(host);
      return error;
    }
  }

  private render(written: SourceValue, scope: Scope): Value | undefined {
    try {
      return scope.render(written);
    } catch (error) {
      if (!this.settled && error instanceof ChatsctlError && error.code === 'template/undefined') return undefined;
      throw error;
    }
  }

  private first(names: readonly string[]): Variables {
    for (const [index, name] of names.entries()) {
      try {
        return this.read(name);
      } catch (error) {
        // A file that is there and cannot be read is no reason to take the next one.
        const isMissing = error instanceof ChatsctlError && error.code === 'yaml/no-file';
        if (!isMissing || index === names.length - 1) throw error;
      }
    }
    return {};
  }

  private read(name: string): Variables {
    let found = this.known.get(name);
    if (!found) {
      found = this.sources.read(name);
      this.known.set(name, found);
    }
    return found;
  }
}
