import { type Browser, chromium } from 'playwright-core'
import { programPath } from './outside-programs.ts'

/** A headless browser. Close it, unless it is the shared one. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: programPath('chromium'),
    // Chromium ends with this process anyway. Playwright's handlers would keep a worker from ending at SIGTERM.
    handleSIGTERM: false,
    args: [
      // Pages live for seconds: optimizing their scripts and collecting their garbage takes longer than it saves, and
      // compiling everything at once saves more than it takes.
      '--js-flags=--no-opt --no-maglev --always-sparkplug --min-semi-space-size=32',
      // Drawing doesn't need a process of its own.
      '--in-process-gpu',
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

let shared: Promise<Browser> | undefined

/** The browser of all test files of this process, launched at first use. It ends with the process. */
export async function sharedChromium(): Promise<Browser> {
  shared ??= launchChromium()
  if ((await shared).isConnected()) return shared
  shared = launchChromium()
  return shared
}
