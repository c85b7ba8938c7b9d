import { failure } from '../base/errors.js';
import type { Position } from '../base/position.js';

/** One variable that is being rendered. Rendering is synchronous, so one stack serves all scopes. */
interface RenderFrame {
  readonly owner: object;
  readonly name: string;
  /** The owner's variables that the value was made of, at any remove. */
  readonly uses: Set<string>;
  /** The value depends on more than this owner's variables: on another host's, on a file. It must not be remembered. */
  volatile: boolean;
}

const stack: RenderFrame[] = [];
/** Only a circle through several hosts' scopes that are made anew at each look reaches this. */
const DEEPEST = 200;

export function currentFrame(): RenderFrame | undefined {
  return stack.at(-1);
}

/** What is being rendered depends on something that can change behind the variables' back. */
export function markVolatile(): void {
  for (const frame of stack) frame.volatile = true;
}

/** Renders one variable; `vars/cycle` when it is already being rendered further up. */
export function inFrame<T>(owner: object, name: string, position: Position | undefined, render: (frame: RenderFrame) => T): T {
  const first = stack.findIndex((frame) => frame.owner === owner && frame.name === name);
  if (first >= 0 || stack.length >= DEEPEST) {
    const chain = [...stack.slice(Math.max(first, stack.length - 20)).map((frame) => frame.name), name].join(' → ');
    throw failure('vars/cycle', { chain }, { position });
  }
  const frame: RenderFrame = { owner, name, uses: new Set(), volatile: false };
  stack.push(frame);
  try {
    return render(frame);
  } finally {
    stack.pop();
  }
}
