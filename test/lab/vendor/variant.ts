/** What the vendor's programs ask for; the names under which answers are counted. */
export type Question = 'domain' | 'licence' | 'client_id' | 'client_secret' | 'token';

/** Texts of the programs that can be reworded. */
export type TextName =
  | `ask_${Question}`
  | 'give_client_id'
  | 'give_client_secret'
  | 'give_token'
  | 'link_done'
  | 'install_started'
  | 'install_done'
  | 'token_done'
  | 'wrong_answer'
  | 'unknown_question';

export type Fault =
  /** The registry refuses, with the guide's three lines (PORT-3). */
  | 'registry-unauthorized'
  /** The installation says that it failed, and ends with 0. */
  | 'failure-exit-0'
  /** The installation ends with 3 after it printed a token. */
  | 'token-exit-3'
  /** `--cfglink` ends with 3 after it printed both values. */
  | 'link-exit-3'
  /** installer.sh is a web page. */
  | 'html-installer'
  /** installer.sh is not there. */
  | 'missing-installer'
  /** Each download is another version. */
  | 'changing-installer'
  /** Each question's first answer is refused and asked again. */
  | 'repeated-prompt'
  /** Every answer to the licence question is refused. */
  | 'endless-prompt'
  /** A question that the guide does not name comes first. */
  | 'unknown-question'
  /** Output without end instead of an installation, a line a moment. */
  | 'endless-output'
  /** The same, as much as a terminal takes. */
  | 'flood'
  /** Silence without end instead of an installation. */
  | 'hang'
  /** The handing over of the token fails with status 1. */
  | 'token-rejected'
  /** The handing over of the token ends with 0 and says nothing at all. */
  | 'token-silent';

export interface Variant {
  lang: 'en' | 'ru';
  /** false: the programs read secret answers with echo switched off, and flush what was typed ahead. */
  echo: boolean;
  colours: boolean;
  /** Progress bars drawn over themselves. */
  progress: boolean;
  /** Prompts come in pieces with pauses between. */
  stutter: boolean;
  /** Seconds of silence during the installation. */
  silence: number;
  /** Seconds before the first question, and between an answer and the next question. */
  pause: number;
  /** The Chats installer asks for the chat domain name too. */
  installerAsksDomain: boolean;
  /** On an installed server the installer installs again instead of refusing. */
  reinstall: boolean;
  /** Texts to use instead of the built-in ones. */
  wording: Partial<Record<TextName, string>>;
  faults: Fault[];
}

export const DEFAULT_VARIANT: Variant = {
  lang: 'en',
  echo: true,
  colours: false,
  progress: false,
  stutter: false,
  silence: 0,
  pause: 0,
  installerAsksDomain: false,
  reinstall: false,
  wording: {},
  faults: [],
};
