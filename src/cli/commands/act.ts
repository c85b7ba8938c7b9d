import type { CommandLine } from '../command-line.js';
import type { Session } from '../session.js';

/** Makes a commander action of what a command does; its exit status is kept. What a command needs is imported when it runs. */
export type Act = <A extends readonly unknown[]>(work: (session: Session, ...args: A) => Promise<number>) => (...args: A) => Promise<void>;

/** Adds a command to the program. */
export type AddCommand = (program: CommandLine, act: Act) => void;
