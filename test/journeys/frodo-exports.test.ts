import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { exportCommand } from '../../src/cli/export-command.ts'
import { isJsonObject, type JsonObject, jsonObjectSchema } from '../../src/engine/json.ts'
import { Frodo } from '../support/frodo.ts'
import { adminPassword, startServer, type TestServer } from '../support/start-server.ts'

// What we export, read by the vendor's tool: in both of its forms, with scripts, inner journeys, templates and themes.

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

/** Exports as the command line does. */
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
 * The journeys of an export, but for the layout: the tool keeps none that is not in the journey. It writes one identity
 * resource into all of them when the server has no identity management beside it.
 */
function journeysIn(file: string): JsonObject {
  const text = readFileSync(file, 'utf8').replaceAll('"managed/alpha_user"', '"managed/user"')
  const { trees } = jsonObjectSchema.parse(JSON.parse(text))
  return isJsonObject(trees) ? trees : {}
}

test('the form for several journeys comes in whole', async () => {
  const before = journeysIn(multi)
  expect(Object.keys(before)).toEqual([...names, 'VerifyCaller'].toSorted())
  // Its custom node types stay: this tool knows nothing of them, and a deployment must have them before.
  expect(await frodo.alpha('journey', 'delete', '-a')).toMatchObject({ exit: 0 })
  const imported = await frodo.alpha('journey', 'import', '-a', '-f', multi)
  expect(imported).toMatchObject({ exit: 0, out: expect.stringContaining('Finished importing journeys') })
  const again = join(out, 'again.json')
  await exported(again)
  // More only in that settings which were left out have their defaults written.
  expect(journeysIn(again)).toMatchObject(before)
}, 120_000)

test('the single form comes in, a file for each journey', async () => {
  // One that is started by another comes first: a file brings one journey.
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
