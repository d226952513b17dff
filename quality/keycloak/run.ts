import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { launchChromium } from '../../test/support/chromium.ts'
import { freePort } from '../../test/support/mail-server.ts'
import { preparedFolder } from '../../test/support/prepared-folder.ts'
import { asking } from '../../test/support/rest.ts'
import { ServerProcess } from '../../test/support/server-process.ts'
import { adminPassword } from '../../test/support/start-server.ts'
import { signIn } from '../../test/support/wire.ts'
import { remove } from '../bench/servers.ts'
import { table } from '../bench/table.ts'
import { brokerings } from './brokering.ts'
import type { Case } from './case.ts'
import { Keycloak } from './keycloak.ts'
import { saveJourneys, socialSignIns } from './social-sign-in.ts'

/**
 * `npm run keycloak -- --keycloak FOLDER [CASE …]` connects a new server and a Keycloak in both directions, signs people in and out with
 * Chromium, and prints a table. FOLDER, or the variable KEYCLOAK, is an unpacked distribution. Exits with status 1 if a case failed.
 */
const { values, positionals } = parseArgs({
  options: { keycloak: { type: 'string' } },
  allowPositionals: true,
})
const distribution = values.keycloak ?? process.env.KEYCLOAK
if (distribution === undefined || !existsSync(join(distribution, 'bin', 'kc.sh')))
  throw new Error('--keycloak must name the folder of an unpacked Keycloak')

const cases: Case[] = [...brokerings, ...socialSignIns]
const unknown = positionals.filter((name) => !cases.some((each) => each.name === name))
if (unknown.length > 0)
  throw new Error(
    `no case is called ${unknown.join(', ')}: there are ${cases.map(({ name }) => name).join(', ')}`,
  )

const port = await freePort()
const keycloak = await Keycloak.start(distribution, port)
const folder = await preparedFolder(saveJourneys)
const server = await ServerProcess.start(folder, {
  environment: {
    SIDEGATE_SAMPLES: 'on',
    SIDEGATE_HTTP_ALLOW: `localhost:${port}`,
    SIDEGATE_LOG_LEVEL: 'warn',
    DATABASE_URL: '',
  },
  onLog: (line) => {
    if (process.env.KEYCLOAK_LOG !== undefined) console.log(line)
  },
})
const browser = await launchChromium()
try {
  const ask = asking(server.url, await signIn(server.url, 'amadmin', adminPassword, '/'))
  const rows = [['case', 'result']]
  for (const { name, play } of cases.filter(
    (each) => positionals.length === 0 || positionals.includes(each.name),
  )) {
    const context = await browser.newContext({ locale: 'en' })
    try {
      await play({ keycloak, server: server.url, ask, context })
      rows.push([name, 'passed'])
    } catch (error) {
      rows.push([name, 'FAILED'])
      console.log(`${name}: ${error instanceof Error ? error.stack : error}`)
      for (const page of context.pages()) console.log(`    at ${page.url()}`)
      process.exitCode = 1
    } finally {
      await context.close()
    }
  }
  console.log(table(rows).join('\n'))
} finally {
  await browser.close()
  await server.kill()
  keycloak.stop()
  remove(folder)
}
