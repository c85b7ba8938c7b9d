import { createPrivateKey, X509Certificate } from 'node:crypto';
import { type Authority, encryptKey, type IssuedCertificate } from './pki.js';

/** Ways in which the files that a customer hands over are right or wrong. */
export type CertificateVariant =
  | 'full-chain'
  | 'rsa'
  | 'wildcard'
  | 'wrong-order'
  | 'missing-intermediate'
  | 'missing-root'
  | 'leaf-alone'
  | 'root-signed'
  | 'expired'
  | 'not-yet-valid'
  | 'expires-soon'
  | 'other-name'
  | 'one-name-missing'
  | 'other-key'
  | 'encrypted-key'
  | 'sec1-key'
  | 'two-leaves'
  | 'foreign-root'
  | 'der'
  | 'text-between'
  | 'not-a-certificate';

export interface CustomerFiles {
  /** Content of the .crt file: bytes, since DER is one of the variants. */
  certificate: Buffer;
  key: Buffer;
  /** The root, for variants whose chain lacks it. */
  root: Buffer;
}

const ENCRYPTED_KEY_PASSPHRASE = 'a passphrase nobody was told';

/**
 * Issues the customer's certificate and key in one of the variants.
 * `names` are the three names of the service, the chat domain first; `stranger` is another authority.
 */
export async function customerCertificate(
  variant: CertificateVariant,
  authority: Authority,
  names: [string, string, string],
  stranger: () => Promise<Authority>,
): Promise<CustomerFiles> {
  const zone = names[0].slice(names[0].indexOf('.') + 1);
  const { intermediate, root } = authority;
  const join = (...parts: string[]): string => parts.join('');
  const full = (leaf: IssuedCertificate): string => join(leaf.certificate, intermediate, root);
  const files = (certificate: string | Buffer, key: string): CustomerFiles => ({
    certificate: Buffer.from(certificate),
    key: Buffer.from(key),
    root: Buffer.from(root),
  });
  const right = (): Promise<IssuedCertificate> => authority.issue(names);

  switch (variant) {
    case 'full-chain': {
      const leaf = await right();
      return files(full(leaf), leaf.key);
    }
    case 'rsa': {
      const leaf = await authority.issue(names, { key: 'rsa' });
      return files(full(leaf), leaf.key);
    }
    case 'wildcard': {
      const leaf = await authority.issue([`*.${zone}`]);
      return files(full(leaf), leaf.key);
    }
    case 'wrong-order': {
      const leaf = await right();
      return files(join(root, intermediate, leaf.certificate), leaf.key);
    }
    case 'missing-intermediate': {
      const leaf = await right();
      return files(join(leaf.certificate, root), leaf.key);
    }
    case 'missing-root': {
      const leaf = await right();
      return files(join(leaf.certificate, intermediate), leaf.key);
    }
    case 'leaf-alone': {
      const leaf = await right();
      return files(leaf.certificate, leaf.key);
    }
    case 'root-signed': {
      const leaf = await authority.issueFromRoot(names);
      return files(join(leaf.certificate, root), leaf.key);
    }
    case 'expired': {
      const leaf = await authority.issue(names, { notBefore: -400, notAfter: -3 });
      return files(full(leaf), leaf.key);
    }
    case 'not-yet-valid': {
      const leaf = await authority.issue(names, { notBefore: 5, notAfter: 400 });
      return files(full(leaf), leaf.key);
    }
    case 'expires-soon': {
      const leaf = await authority.issue(names, { notAfter: 12 });
      return files(full(leaf), leaf.key);
    }
    case 'other-name': {
      const leaf = await authority.issue([`intranet.${zone}`, `www.${zone}`]);
      return files(full(leaf), leaf.key);
    }
    case 'one-name-missing': {
      const leaf = await authority.issue(names.slice(0, 2));
      return files(full(leaf), leaf.key);
    }
    case 'other-key': {
      const [leaf, other] = [await right(), await right()];
      return files(full(leaf), other.key);
    }
    case 'encrypted-key': {
      const leaf = await right();
      return files(full(leaf), encryptKey(leaf.key, ENCRYPTED_KEY_PASSPHRASE));
    }
    case 'sec1-key': {
      const leaf = await right();
      return files(full(leaf), createPrivateKey(leaf.key).export({ type: 'sec1', format: 'pem' }).toString());
    }
    case 'two-leaves': {
      const [leaf, other] = [await right(), await right()];
      return files(join(leaf.certificate, other.certificate, intermediate, root), leaf.key);
    }
    case 'foreign-root': {
      const [leaf, foreign] = [await right(), await stranger()];
      return files(join(leaf.certificate, intermediate, foreign.root), leaf.key);
    }
    case 'der': {
      const leaf = await right();
      return files(new X509Certificate(leaf.certificate).raw, leaf.key);
    }
    case 'text-between': {
      const leaf = await right();
      const titled = [leaf.certificate, intermediate, root].map(
        (text, index) => `Bag Attributes ${index}\nsubject=/see below\n\n${text}\n`,
      );
      return files(titled.join('').replace(/\n/g, '\r\n'), leaf.key.replace(/\n/g, '\r\n'));
    }
    case 'not-a-certificate': {
      const leaf = await right();
      return files('<html><body>Sign in to download</body></html>\n', leaf.key);
    }
  }
}
