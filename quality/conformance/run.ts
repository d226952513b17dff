import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Browser } from 'playwright-core'
import { launchChromium } from '../../test/support/chromium.ts'
import { freePort, startMailServer } from '../../test/support/mail-server.ts'
import { ServerProcess } from '../../test/support/server-process.ts'
import { remove, temporaryFolder } from '../bench/servers.ts'
import { table } from '../bench/table.ts'
import { startApprover } from './approver.ts'
import { type Configurations, prepareRealm } from './configurations.ts'
import { startFront } from './front.ts'
import { type Plan, plans } from './plans.ts'
import { play, type Result } from './play.ts'
import { Suite } from './suite.ts'
import { head, lines, row } from './table.ts'

/**
 * `npm run conformance -- --suite ADDRESS --at ADDRESS --key FILE --certificate FILE [--pictures FOLDER] [PLAN …]` runs plans
 * of a conformance suite of the OpenID Foundation against a new server, and prints a table. docs/conformance.md says what it
 * needs. Exits with status 1 if a module failed or warns.
 */
const { values, positionals } = parseArgs({
  options: {
    suite: { type: 'string' },
    at: { type: 'string' },
    key: { type: 'string' },
    certificate: { type: 'string' },
    pictures: { type: 'string' },
  },
  allowPositionals: true,
})
const { suite: suiteUrl, at, key: keyFile, certificate: certificateFile, pictures } = values
if (!suiteUrl || !at || !keyFile || !certificateFile)
  throw new Error('--suite, --at, --key and --certificate are needed')

const unknown = positionals.filter((name) => !plans.some((plan) => plan.name === name))
if (unknown.length > 0)
  throw new Error(
    `no plan is called ${unknown.join(', ')}: there are ${plans.map(({ name }) => name).join(', ')}`,
  )

const suite = new Suite(suiteUrl)
const folder = temporaryFolder()
const port = await freePort()
const mail = await startMailServer()
const server = await ServerProcess.start(folder, {
  environment: {
    PORT: String(port),
    SIDEGATE_SAMPLES: 'on',
    SIDEGATE_BASE_URL: at,
    SIDEGATE_TRUSTED_PROXIES: '127.0.0.1',
    SIDEGATE_HTTP_ALLOW: new URL(suiteUrl).hostname,
    SIDEGATE_SMTP_URL: mail.url,
    SIDEGATE_LOG_LEVEL: 'warn',
    DATABASE_URL: '',
  },
})
const certificate = { key: readFileSync(keyFile, 'utf8'), cert: readFileSync(certificateFile, 'utf8') }
const stopFront = await startFront(Number(new URL(at).port || 443), port, certificate)
const approver = await startApprover(`${at}/am`, mail)
const browser = await launchChromium()
try {
  const configurations = await prepareRealm({
    server: `${at}/am`,
    suite: suiteUrl,
    approver: approver.url,
    certificate,
  })
  const rows = [head]
  for (const plan of plans.filter(({ name }) => positionals.length === 0 || positionals.includes(name))) {
    const results = await playPlan(plan, configurations, browser)
    rows.push(row(plan.name, results))
    if (results.some(({ result }) => !['PASSED', 'REVIEW', 'SKIPPED'].includes(result))) process.exitCode = 1
  }
  console.log(['', ...table(rows)].join('\n'))
} finally {
  await browser.close()
  approver.stop()
  stopFront()
  await server.kill()
  await mail.stop()
  remove(folder)
}

async function playPlan(
  { name, plan, configuration, variant, only, except = [] }: Plan,
  configurations: Configurations,
  browser: Browser,
): Promise<Result[]> {
  console.log(`\n== ${name}`)
  const { id, modules } = await suite.create(plan, variant, configurations[configuration])
  const results: Result[] = []
  for (const module of modules) {
    if (except.includes(module.testModule) || only?.includes(module.testModule) === false) continue
    const result = await play(suite, String(suiteUrl), browser, id, module)
    console.log(lines(result))
    results.push(result)
    if (pictures !== undefined) keep(join(pictures, name), result)
  }
  return results
}

function keep(into: string, { module, pictures: made }: Result): void {
  mkdirSync(into, { recursive: true })
  for (const [index, picture] of [...made.values()].entries())
    writeFileSync(join(into, `${module}-${index}.png`), picture)
}
