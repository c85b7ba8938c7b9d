import type { Value } from '../../base/value.js';
import type { ExecAnswer } from '../../sdk/action-context.js';
import type { ActionOutcome } from '../../sdk/module.js';

/** What a program did, as Ansible registers it. Any exit status but 0 fails the task. */
export function commandOutcome(cmd: Value, answer: ExecAnswer, strip: boolean): ActionOutcome {
  const clean = (text: string) => (strip ? text.replace(/[\r\n]+$/, '') : text);
  const [stdout, stderr] = [clean(answer.stdout), clean(answer.stderr)];
  return {
    // A program that could not be started changed nothing.
    changed: answer.msg === undefined,
    result: {
      cmd,
      rc: answer.rc,
      stdout,
      stderr,
      stdout_lines: linesOf(stdout),
      stderr_lines: linesOf(stderr),
      msg: answer.rc === 0 ? '' : (answer.msg ?? 'non-zero return code'),
      ...(answer.rc !== 0 && { failed: true }),
    },
  };
}

/** A lone CR ends a line too. */
function linesOf(text: string): string[] {
  const lines = text.split(/\r\n|\n|\r/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}
