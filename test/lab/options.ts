import type { CertificateVariant } from './certificates.js';
import type { Resolver } from './images.js';
import type { Variant } from './vendor/variant.js';

/** Faults of the Chats server that the guide wants mended, or that the tool must live with. */
export type ChatsFault =
  | 'hosts-loopback'
  | 'resolv-search'
  | 'resolv-domain'
  | 'plain-etc-files'
  | 'port-busy'
  | 'pending-update'
  | 'noisy-bashrc'
  | 'sudo-log-output';

export interface LabOptions {
  /** Default `chats.acme-corp.ru`. Its two service names follow from it. */
  chatDomain?: string;
  /** Default `meet.` and the chat domain's zone. */
  meetingsDomain?: string;
  /** The login user on both servers; default `admin`. */
  user?: string;
  /** What sudo asks of the login user; default `nopasswd`. */
  sudo?: 'nopasswd' | 'password' | 'none';
  /** Whether the Meetings server has wget; default true. */
  meetingsWget?: boolean;
  /** Whether Meetings is installed (its scripts folder is there); default true. */
  meetingsInstalled?: boolean;
  /** chrony on both servers: running and synchronised (default), installed but stopped, or not installed. */
  time?: 'running' | 'stopped' | 'absent';
  /** The Chats server has nftables, iptables, ufw and libfaketime, none of them in use; default false. */
  equipped?: boolean;
  /** Faults of the Chats server. */
  faults?: ChatsFault[];
  /** What makes /etc/resolv.conf (or /etc/hosts) on the Chats server, by the real package; its files are its own then (`plain-etc-files`). */
  resolver?: Resolver;
  /** The certificate that the customer hands over; default `full-chain`. */
  certificate?: CertificateVariant;
  /** The vendor's behaviour from the start; `lab.vendor.vary` changes it later. */
  variant?: Partial<Variant>;
  /** The lab outlives this process. */
  keep?: boolean;
}
