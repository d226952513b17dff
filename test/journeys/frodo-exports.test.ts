import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isJsonObject, type JsonObject, jsonObjectSchema } from '../../src/base/json.ts'
import { exportCommand } from '../../src/cli/export-command.ts'
import { Frodo } from '../support/frodo.ts'
import { adminPassword, startServer, type TestServer } from '../support/start-server.ts'

// The vendor's tool imports our exports in both formats, with scripts, inner journeys, templates and themes.

const names = ['Greeting', 'HelpDesk', 'HelpDeskLink', 'Login', 'PlatformLogin', 'StepUp']

let server: TestServer
let frodo: Frodo
let out: string
let multi: string

beforeAll(async () => {
  server = await startServer()
  frodo = new Frodo(server.url)
  out = mkdtempSync(join(tmpdir(), 'sidegate-out-'))
  multi = join(out, 'all.json')
  await exported(multi)
  await exported(join(out, 'single'))
})
afterAll(async () => {
  frodo.close()
  await server.stop()
  rmSync(out, { recursive: true, force: true })
})

/** Exports with our command line. */
async function exported(target: string): Promise<void> {
  const terminal = {
    print: () => undefined,
    warn: (text: string) => {
      throw new Error(text)
    },
    environment: { SIDEGATE_URL: server.url, SIDEGATE_ADMIN_PASSWORD: adminPassword },
  }
  await exportCommand([...names, '--out', target], terminal)
}

/**
 * The journeys of an export, without differences that the tool makes: it drops layout outside of the journey, and writes
 * the same identity resource into all of them if the server has no identity management.
 */
function journeysIn(file: string): JsonObject {
  const text = readFileSync(file, 'utf8').replaceAll('"managed/alpha_user"', '"managed/user"')
  const { trees } = jsonObjectSchema.parse(JSON.parse(text))
  return isJsonObject(trees) ? trees : {}
}

test('imports an export of several journeys', async () => {
  const before = journeysIn(multi)
  expect(Object.keys(before)).toEqual([...names, 'VerifyCaller'].toSorted())
  // Custom node types stay: the tool doesn't know them and expects them to exist.
  expect(await frodo.alpha('journey', 'delete', '-a')).toMatchObject({ exit: 0 })
  const imported = await frodo.alpha('journey', 'import', '-a', '-f', multi)
  expect(imported).toMatchObject({ exit: 0, out: expect.stringContaining('Finished importing journeys') })
  const again = join(out, 'again.json')
  await exported(again)
  // The import adds defaults for omitted settings.
  expect(journeysIn(again)).toMatchObject(before)
}, 120_000)

test('imports exports with one file per journey', async () => {
  // Inner journeys first, because each file has only one journey.
  for (const name of ['VerifyCaller', 'HelpDesk']) {
    expect(await frodo.alpha('journey', 'delete', '-i', name)).toMatchObject({ exit: 0 })
    const file = join(out, 'single', `${name}.journey.json`)
    const imported = await frodo.alpha('journey', 'import', '-f', file)
    expect(imported, name).toMatchObject({ exit: 0, out: expect.stringContaining(`Imported ${name}`) })
  }
  const again = join(out, 'once-more.json')
  await exported(again)
  expect(journeysIn(again)).toMatchObject(journeysIn(multi))
}, 120_000)
