import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { auditCommand } from '../../../src/cli/audit-command.ts'
import { cutChain, openRaw, rewriteChain } from '../../../test/support/audit-tampering.ts'
import { startServer } from '../../../test/support/start-server.ts'
import { signIn } from '../../../test/support/wire.ts'
import { type Attack, mustHold } from '../attack.ts'

const forgeries: [what: string, work: (raw: DatabaseSync) => void][] = [
  ['the chain rewritten without one person', (raw) => void rewriteChain(raw, 'alex')],
  ['the newest events cut off', (raw) => cutChain(raw, 2)],
  [
    'the chain rewritten, without its signature',
    (raw) => {
      rewriteChain(raw, 'alex')
      raw.exec('update audit_chain set end_signature = null')
    },
  ],
  [
    'the chain rewritten, without its signature and the keys',
    (raw) => {
      rewriteChain(raw, 'alex')
      raw.exec(
        `update audit_chain set end_signature = null; delete from secrets where name like 'root key %'`,
      )
    },
  ],
]

/** An attacker with write access to the database, but without the server's keys, rewrites the audit trail. */
export const rewrittenAudit: Attack = {
  name: 'rewritten-audit',
  defence: 'S21: rows can be cut off at the end',
  goal: 'events removed from the audit trail without being detected',
  async play() {
    for (const [what, forge] of forgeries) {
      const dataFolder = mkdtempSync(join(tmpdir(), 'sidegate-book-'))
      try {
        await signsIn(dataFolder, 'alex', 'Alex-Pass-2026')
        mustHold(await isWhole(dataFolder), 'the audit trail was broken before the attack')
        const raw = openRaw(dataFolder)
        forge(raw)
        raw.close()
        mustHold(!(await isWhole(dataFolder)), `${what} was not detected`)
        // A server that continues with this chain doesn't sign it.
        await signsIn(dataFolder, 'dana', 'Dana-Pass-2026')
        mustHold(!(await isWhole(dataFolder)), `${what} was signed by the server`)
      } finally {
        rmSync(dataFolder, { recursive: true, force: true })
      }
    }
    return `${forgeries.length} forged trails were detected, before and after a server continued with them`
  },
}

async function signsIn(dataFolder: string, name: string, password: string): Promise<void> {
  const server = await startServer({ dataFolder, databaseUrl: undefined })
  await signIn(server.url, name, password)
  await server.stop()
}

function isWhole(dataFolder: string): Promise<boolean> {
  const quiet = { print: () => undefined, warn: () => undefined, environment: {} }
  return auditCommand(['verify', '--data', dataFolder], quiet)
}
