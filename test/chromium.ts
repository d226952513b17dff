import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const debian = '/usr/bin/chromium'

/** A real browser without a window. Close it. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: chromiumPath(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}

/** Where Chromium is; on Debian, root installs it. */
function chromiumPath(): string {
  const named = process.env.CHROMIUM
  if (named) return named
  if (existsSync(debian)) return debian
  if (process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
    execFileSync('apt-get', ['update', '-qq'])
    execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'])
    return debian
  }
  throw new Error('These tests need Chromium: install it, or set CHROMIUM to its path')
}
