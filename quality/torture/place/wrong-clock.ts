import { execFileSync } from 'node:child_process'
import { existsSync, globSync } from 'node:fs'

const pattern = '/usr/lib/*/faketime/libfaketimeMT.so.1'

/** What gives a process a clock that is wrong; undefined where Debian's faketime is not, and cannot be installed. */
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
    // Intervals pass as they do: it is the time of day that is wrong.
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
    // Then there is none, and the report says so.
  }
}
