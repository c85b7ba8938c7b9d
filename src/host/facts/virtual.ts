import type { ValueMap } from '../../base/value.js';
import type { RawFacts } from './raw-facts.js';

/** systemd-detect-virt's words, and Ansible's for them. */
const types: Readonly<Record<string, string>> = {
  vmware: 'VMware',
  oracle: 'virtualbox',
  microsoft: 'VirtualPC',
  'lxc-libvirt': 'lxc',
  'systemd-nspawn': 'systemd-nspawn',
  amazon: 'kvm',
  qemu: 'kvm',
};

export function virtualFacts(raw: RawFacts): ValueMap {
  const said = raw.text('virt').trim() || raw.text('/proc/1/environ').trim() || byProduct(raw.text('product'));
  if (!said || said === 'none') return { virtualization_type: 'NA', virtualization_role: 'NA' };
  return { virtualization_type: types[said] ?? said, virtualization_role: 'guest' };
}

function byProduct(text: string): string {
  if (/vmware/i.test(text)) return 'vmware';
  if (/virtualbox/i.test(text)) return 'oracle';
  return /kvm|qemu/i.test(text) ? 'kvm' : '';
}
