import { Command, type Option } from 'commander';
import { failure } from '../base/errors.js';
import { nearest } from '../base/nearest.js';

/**
 * A command whose mistakes are ours: codes, both languages, the nearest name. The methods below that commander calls when it finds one are
 * not in its types; a test holds that they are still called.
 */
export class CommandLine extends Command {
  /** Arguments more than are declared are the action's matter: what they are must not be printed. */
  takesExtra = false;

  override createCommand(name?: string): CommandLine {
    return new CommandLine(name).helpCommand(false);
  }

  unknownOption(option: string): never {
    const known = this.lineage().flatMap((command) => command.options.map((each) => each.long ?? each.short ?? ''));
    const flag = option.split('=')[0] ?? option;
    throw failure('cli/unknown-option', { option: flag, command: this.fullName }, { nearest: nearest(flag, [...known, '--help']) });
  }

  unknownCommand(): never {
    const [name = ''] = this.args;
    throw failure('cli/unknown-command', { name, command: this.fullName }, { nearest: nearest(name, this.commandNames) });
  }

  missingArgument(name: string): never {
    throw failure('cli/missing-argument', { name, command: this.fullName });
  }

  optionMissingArgument(option: Option): never {
    throw failure('cli/option-without-value', { option: option.long ?? option.flags });
  }

  _excessArguments(received: readonly string[]): void {
    if (this.takesExtra) return;
    throw failure('cli/excess-argument', { command: this.fullName, found: received[this.registeredArguments.length] ?? '' });
  }

  /** `chatsctl secrets`. */
  get fullName(): string {
    return this.lineage()
      .map((each) => each.name())
      .reverse()
      .join(' ');
  }

  private get commandNames(): string[] {
    return this.commands.map((each) => each.name());
  }

  private lineage(): Command[] {
    const above: Command[] = [this];
    for (let each = this.parent; each; each = each.parent) above.push(each);
    return above;
  }
}

/** Errors of values as the command line gives them. */
export function oneOf<T extends string>(option: string, choices: readonly T[]): (value: string) => T {
  return (value) => {
    const found = choices.find((each) => each === value);
    if (found !== undefined) return found;
    const expected = choices.map((each) => `"${each}"`).join(' or ');
    throw failure('cli/option-value', { option, found: value, expected }, { nearest: nearest(value, choices) });
  };
}

export function positive(option: string): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (Number.isInteger(number) && number >= 1) return number;
    throw failure('cli/option-value', { option, found: value, expected: 'a number >= 1' });
  };
}
