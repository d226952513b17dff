import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { initCommand } from '../../src/cli/init-command.ts'
import { testCommand } from '../../src/cli/test-command.ts'
import { exportNames, exportsFolder } from '../support/exports-folder.ts'
import { isLongRun } from '../support/long-run.ts'

const folder = mkdtempSync(join(tmpdir(), 'sidegate-init-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** One of each kind: a code in an email, a whole realm's folder, nodes that don't run here, a broken export. */
const some = [
  'hotp-smtp.journey.json',
  'layout-amster',
  'webauthn-registration.journey.json',
  'frodo10-no-deps.journey.json',
]
const names = exportNames.filter((name) => isLongRun || some.includes(name))

describe.runIf(names.length > 0)('init from an export, then test', { timeout: 90_000 }, () => {
  test.each(names)('%s', async (name) => {
    const printed: string[] = []
    const print = (text: string) => void printed.push(text)
    const terminal = { print, warn: print, environment: {} }
    const project = mkdtempSync(join(folder, 'project-'))
    await initCommand(
      ['--from', join(exportsFolder, basename(name)), '--changes', isLongRun ? '400' : '20'],
      terminal,
      project,
    )
    for (let time = 0; time < 3; time++) {
      expect(await testCommand([project], terminal), printed.join('\n')).toBe(0)
    }
  })
})
