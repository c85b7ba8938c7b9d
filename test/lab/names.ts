/** The vendor's hosts, as the guide names them (NET-1). In the lab one container answers for all three. */
export const VENDOR_HOSTS = {
  licence: 'license-chat.mts-link.ru',
  registry: 'premise-registry.mts-link.net',
  downloads: 'rep-box.webinar.ru',
} as const;

/** The fictional customer's names. */
export interface LabNames {
  zone: string;
  /** The chat domain and its two service names (DNS-1). */
  chats: [string, string, string];
  meetings: string;
  ntp: string;
}

export function labNames(chatDomain = 'chats.acme-corp.ru', meetingsDomain?: string): LabNames {
  const dot = chatDomain.indexOf('.');
  const [sub, zone] = [chatDomain.slice(0, dot), chatDomain.slice(dot + 1)];
  return {
    zone,
    chats: [chatDomain, `${sub}-gateway.${zone}`, `${sub}-storage.${zone}`],
    meetings: meetingsDomain ?? `meet.${zone}`,
    ntp: `ntp.${zone}`,
  };
}

/** What the customer knows and the operator types in. Nothing of it may turn up in output, argv or journals. */
export interface LabSecrets {
  licenseKey: string;
  userPassword: string;
}
