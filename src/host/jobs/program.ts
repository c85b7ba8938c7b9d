import type { JobRequest } from '../../sdk/job.js';

/** The text that the job's shell reads, from a file that is root's alone: environment and command never are in an argument list. */
export function programText(request: Pick<JobRequest, 'command' | 'chdir' | 'environment'>): string {
  const exports = Object.entries(request.environment).map(([name, value]) => `export ${name}=${quote(value)}\n`);
  return `${exports.join('')}cd -- ${request.chdir === undefined ? '"$HOME"' : quote(request.chdir)} || exit 127\n${request.command}\n`;
}

/** One word of a POSIX shell, whatever is in it. */
export function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
