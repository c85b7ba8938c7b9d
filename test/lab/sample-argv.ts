import { spawn } from 'node:child_process';
import type { LabHost } from './host.js';

// Reads every process's command line some thirty times a second, and prints each new one once.
const SAMPLER = `
$| = 1; my %seen; print "$$\\n";
while (1) {
  for my $file (glob "/proc/[0-9]*/cmdline") {
    next if $file eq "/proc/$$/cmdline";
    open my $handle, "<", $file or next;
    local $/; my $line = <$handle>; close $handle;
    next unless defined $line && length $line;
    $line =~ tr/\\0\\n/  /;
    print "$line\\n" unless $seen{$line}++;
  }
  select undef, undef, undef, 0.03;
}`;

/** Command lines seen on one host while a sampler ran. */
class ArgvSampler {
  private text = '';
  private readonly child;

  constructor(readonly host: LabHost) {
    this.child = spawn('docker', ['exec', '-i', host.id, 'perl', '-e', SAMPLER], { stdio: ['ignore', 'pipe', 'ignore'] });
    this.child.stdout.on('data', (chunk: Buffer) => {
      this.text += chunk.toString();
    });
  }

  /** Ends the sampling and returns the distinct command lines, arguments separated by blanks. */
  async stop(): Promise<string[]> {
    const [pid, ...lines] = this.text.split('\n').filter(Boolean);
    // The client's end does not end the sampler in the container.
    if (pid !== undefined) await this.host.exec(`kill ${pid} || true`);
    this.child.kill();
    return lines;
  }
}

/** Samples command lines on several hosts; `stop` returns host name → lines. */
export function sampleArgv(hosts: LabHost[]): { stop(): Promise<Record<string, string[]>> } {
  const samplers = hosts.map((host) => new ArgvSampler(host));
  return {
    stop: async () =>
      Object.fromEntries(await Promise.all(samplers.map(async (sampler) => [sampler.host.name, await sampler.stop()] as const))),
  };
}
