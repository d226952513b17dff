import { execFileSync } from 'node:child_process'
import { existsSync, globSync } from 'node:fs'

const pattern = '/usr/lib/*/faketime/libfaketimeMT.so.1'

/** Environment variables that give a process a wrong clock; undefined if Debian's faketime can't be installed. */
export function wrongClock(): ((minutes: number) => Record<string, string>) | undefined {
  let [library] = globSync(pattern)
  if (library === undefined && process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
    install()
    library = globSync(pattern)[0]
  }
  if (library === undefined) return undefined
  const preloaded = library
  return (minutes) => ({
    LD_PRELOAD: preloaded,
    FAKETIME: `${minutes < 0 ? '' : '+'}${minutes * 60}s`,
    // Only the time of day is wrong, not intervals.
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
  })
}

function install(): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  try {
    execFileSync('apt-get', ['update', '-qq'], { env, stdio: 'ignore' })
    execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'faketime'], {
      env,
      stdio: 'ignore',
    })
  } catch {
    // The report says that faketime is missing.
  }
}
