import type { Secret } from '../base/secret.js';
import type { Attempt, Credentials } from './attempt.js';

export function passwordAttempts(username: string, credentials: Credentials): Attempt[] {
  if (!credentials.password && !credentials.askPassword) return [];
  let asked: Promise<Secret | undefined> | undefined;
  const password = () => {
    asked ??= credentials.password ? Promise.resolve(credentials.password) : (credentials.askPassword?.() ?? Promise.resolve(undefined));
    return asked;
  };
  return [
    {
      label: 'password',
      type: 'password',
      method: async () => {
        const secret = await password();
        return secret && { type: 'password', username, password: secret.reveal() };
      },
    },
    {
      label: 'keyboard-interactive with the password',
      type: 'keyboard-interactive',
      method: async () => {
        const secret = await password();
        if (!secret) return undefined;
        let answered = false;
        return {
          type: 'keyboard-interactive',
          username,
          prompt: (_name, _instructions, _lang, prompts, finish) => {
            // The same question again means that the answer was refused: an empty one ends the attempt.
            const answer = answered ? '' : secret.reveal();
            answered = prompts.length > 0;
            finish(prompts.map((each) => (each.echo ? '' : answer)));
          },
        };
      },
    },
  ];
}
