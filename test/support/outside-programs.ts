import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/**
 * Programs that tests need and npm doesn't install: possible paths in order of preference, and the Debian
 * package. Tests take a quarter less time with Chromium's headless shell than with the full browser.
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
 * Runs once before all tests: on Debian, root installs missing programs. Tests can't do that: they run in parallel, an
 * installation takes longer than their timeout, and only one process can lock the package database.
 */
export function setup(): void {
  const missing = (Object.keys(programs) as Program[]).filter((name) => pathOf(name) === undefined)
  if (missing.length === 0 || process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  execFileSync('apt-get', ['update', '-qq'], { env })
  const packages = missing.map((name) => programs[name].package)
  execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], { env })
}

/** The path of a program. @throws Error that explains how to install it. */
export function programPath(name: Program): string {
  const path = pathOf(name)
  if (path !== undefined) return path
  throw new Error(`These tests need ${name}: install it, or set ${programs[name].variable} to its path`)
}

function pathOf(name: Program): string | undefined {
  const { paths, variable } = programs[name]
  return process.env[variable] || paths.find(existsSync)
}
