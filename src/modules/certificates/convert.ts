/** Commands that turn what was handed over into what is needed or bring what is missing, ready to be pasted into a shell of the control machine. */

/** For a shell, quoted only where it has to be. */
function word(path: string): string {
  return /^[\w@%+=:,./-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
}

/** Beside the source, and never the source itself. */
function beside(path: string, extension: string): string {
  const bare = path.replace(/\.[A-Za-z0-9]{1,4}$/, '');
  const made = `${bare}.${extension}`;
  return word(made === path ? `${bare}-new.${extension}` : made);
}

export const conversions = {
  certificateFromDer: (file: string) => `openssl x509 -inform der -in ${word(file)} -out ${beside(file, 'pem')}`,
  certificatesFromPkcs7: (file: string, isPem: boolean) =>
    `openssl pkcs7 ${isPem ? '' : '-inform der '}-in ${word(file)} -print_certs -out ${beside(file, 'pem')}`,
  certificatesFromPkcs12: (file: string) => `openssl pkcs12 -in ${word(file)} -nokeys -out ${beside(file, 'pem')}`,
  keyFromPkcs12: (file: string) => privately(`openssl pkcs12 -in ${word(file)} -nocerts -nodes -out ${beside(file, 'key')}`),
  keyFromDer: (file: string) => privately(`openssl pkey -inform der -in ${word(file)} -out ${beside(file, 'key')}`),
  keyWithoutPassphrase: (file: string, isPem: boolean) =>
    privately(`openssl pkey ${isPem ? '' : '-inform der '}-in ${word(file)} -out ${beside(file, 'key')}`),
  fetched: (address: string) => `wget ${word(address)}`,
  /** Two lines that are equal when certificate and key belong together. */
  compared: (certificate: string, key: string) =>
    `openssl x509 -in ${word(certificate)} -noout -pubkey | openssl sha256\nopenssl pkey -in ${word(key)} -pubout | openssl sha256`,
};

/** A key is readable by its owner alone from its first byte on. */
function privately(command: string): string {
  return `(umask 077; ${command})`;
}
