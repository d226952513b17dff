import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/**
 * Programs that tests drive and npm does not bring: where they are, the first found wins, and the Debian package.
 * Chromium without the parts that draw windows takes three quarters of the whole one's time.
 */
const programs = {
  chromium: {
    paths: ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'],
    package: 'chromium-headless-shell',
    variable: 'CHROMIUM',
  },
  slapd: { paths: ['/usr/sbin/slapd'], package: 'slapd', variable: 'SLAPD' },
} as const

type Program = keyof typeof programs

/**
 * Runs once before all tests: on Debian, root installs what is missing. Here and not in the tests, because these run
 * side by side, an installation takes longer than a test may, and only one can hold the package database.
 */
export function setup(): void {
  const missing = (Object.keys(programs) as Program[]).filter((name) => pathOf(name) === undefined)
  if (missing.length === 0 || process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  execFileSync('apt-get', ['update', '-qq'], { env })
  const packages = missing.map((name) => programs[name].package)
  execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], { env })
}

/** Where a program is. @throws Error that says how to get it. */
export function programPath(name: Program): string {
  const path = pathOf(name)
  if (path !== undefined) return path
  throw new Error(`These tests need ${name}: install it, or set ${programs[name].variable} to its path`)
}

function pathOf(name: Program): string | undefined {
  const { paths, variable } = programs[name]
  return process.env[variable] || paths.find(existsSync)
}
