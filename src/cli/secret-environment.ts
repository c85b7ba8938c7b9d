/** Variables of the environment that are secrets themselves. */
export const SECRET_ENVIRONMENT = ['CHATSCTL_SECRETS_PASSPHRASE', 'CHATSCTL_SECRETS_NEW_PASSPHRASE'] as const;

type Environment = Readonly<Record<string, string | undefined>>;

/** The environment for other programs: whoever reads theirs learns no secret of ours. */
export function childEnvironment(env: Environment): Environment {
  const ours: readonly string[] = SECRET_ENVIRONMENT;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !ours.includes(name)));
}
