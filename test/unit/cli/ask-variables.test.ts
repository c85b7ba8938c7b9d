import { expect, test } from 'vitest';
import { Secret } from '../../../src/base/secret.js';
import { askVariables } from '../../../src/cli/ask-variables.js';
import { cliSpeaker } from '../../../src/cli/messages.js';
import type { Play, VarsPrompt } from '../../../src/playbook/tree.js';

/** An operator who answers each question with its number, and what was asked. */
function operator() {
  const asked: string[] = [];
  const answer = async (question: string) => String(asked.push(question));
  const secret = async (question: string) => new Secret(await answer(question));
  return { asked, prompter: { canAsk: true, text: answer, secret, newSecret: secret, offer: async () => false } };
}

const playThatAsks = (...prompts: Partial<VarsPrompt>[]): Play =>
  ({
    keywords: {},
    varsPrompt: prompts.map((each) => ({ name: 'who', prompt: 'Who?', default: null, private: false, confirm: false, ...each })),
  }) as unknown as Play;

test('each play is asked for on its own, and has its own answers', async () => {
  const { asked, prompter } = operator();
  const plays = [playThatAsks({}), playThatAsks(), playThatAsks({ prompt: 'And now?' }, { name: 'key', private: true, prompt: 'Key?' })];
  const { prompted } = await askVariables({ missing: [], plays, extraVars: {}, prompter, say: cliSpeaker('en') });
  expect(asked).toEqual(['Who?', 'And now?', 'Key?']);
  expect(plays.map(prompted)).toEqual([{ who: '1' }, {}, { who: '2', key: '3' }]);
});
