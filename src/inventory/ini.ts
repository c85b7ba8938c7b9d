/** A text that is an INI inventory rather than YAML: its first line that says something is a section, or a host with `key=value`. */
export function looksLikeIni(text: string): boolean {
  const line = text
    .split('\n')
    .map((each) => each.trim())
    .find((each) => each !== '' && !/^[#;]/.test(each));
  return line !== undefined && (/^\[[^\]:,]+(:\w+)?\]\s*([#;].*)?$/.test(line) || /^[^\s:]+(\s+\w+=\S+)+/.test(line));
}

/** The same inventory as YAML, for the reader to take over. Ansible's own conversion is the exact one. */
export function iniToYaml(text: string): string {
  const groups = new Map<string, { hosts: string[]; vars: string[]; children: string[] }>();
  const group = (name: string) => {
    const known = groups.get(name) ?? { hosts: [], vars: [], children: [] };
    groups.set(name, known);
    return known;
  };
  let name = 'ungrouped';
  let kind = 'hosts';
  for (const raw of text.split('\n')) {
    const line = raw.replace(/\s[#;].*$|^[#;].*$/, '').trim();
    if (line === '') continue;
    const section = /^\[([^\]:]+)(?::(\w+))?\]$/.exec(line);
    if (section) {
      name = section[1] ?? name;
      kind = section[2] ?? 'hosts';
      group(name);
    } else if (kind === 'vars') group(name).vars.push(variable(line));
    else if (kind === 'children') group(name).children.push(`${line}:`);
    else group(name).hosts.push(hostLine(line));
  }
  const lines = [...groups].filter(([each]) => each !== 'all').flatMap(([each, parts]) => [`${each}:`, ...groupLines(parts)]);
  return ['all:', ...groupLines(group('all')), '  children:', ...lines.map((line) => `    ${line}`)].join('\n');
}

function groupLines(parts: { hosts: string[]; vars: string[]; children: string[] }): string[] {
  return Object.entries(parts).flatMap(([key, lines]) => (lines.length === 0 ? [] : [`  ${key}:`, ...lines.map((line) => `    ${line}`)]));
}

function hostLine(line: string): string {
  const [name = '', ...settings] = line.match(/(?:"[^"]*"|'[^']*'|\S)+/g) ?? [];
  return settings.length === 0 ? `${name}:` : `${name}: { ${settings.map(variable).join(', ')} }`;
}

function variable(setting: string): string {
  const [, name = setting, value = ''] = /^([^=]+?)\s*=\s*(.*)$/.exec(setting) ?? [];
  const bare = value.replace(/^(['"])(.*)\1$/, '$2');
  return `${name}: ${/^[\w./-]+$/.test(bare) ? bare : `'${bare.replaceAll("'", "''")}'`}`;
}
