import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { JsonObject } from '../../src/base/json.ts'
import { type ConsoleClient, consoleClient } from '../support/console-client.ts'
import { isLongRun } from '../support/long-run.ts'
import { ServerProcess } from '../support/server-process.ts'

let folder: string
let server: ServerProcess
let admin: ConsoleClient

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sidegate-restore-'))
  await start()
})

afterEach(async () => {
  await server.kill()
  rmSync(folder, { recursive: true, force: true })
})

async function start(): Promise<void> {
  server = await ServerProcess.start(folder)
  admin = await consoleClient(server.url)
}

const rounds = isLongRun ? 40 : 4
const nodesOfJourney = 60

/** A journey whose graph, node ids and settings all depend on the letter. */
function journeyOf(letter: string) {
  const ids = Array.from({ length: nodesOfJourney }, (_, at) => `${letter}-${at}`)
  const nodes = ids.map((id, at) => {
    const connections = at === 0 ? {} : { true: ids[at - 1] }
    return [id, { nodeType: 'MessageNode', displayName: letter, connections, x: at, y: 1 }]
  })
  const settings = ids.map((id) => [id, { message: { en: letter } }])
  return {
    tree: { entryNodeId: ids.at(-1), nodes: Object.fromEntries(nodes) },
    nodes: Object.fromEntries(settings),
    innerNodes: {},
  }
}

type Listed = { number: number; cause: string; note: string | null }

async function versions(): Promise<Listed[]> {
  return (await admin.get('versions/journey/Killed')).body.result as Listed[]
}

/** The letters of the stored journey: only one, unless versions were mixed. */
async function lettersNow(): Promise<string> {
  const { tree, nodes } = (await admin.get('journeys/Killed')).body as Record<string, JsonObject>
  const texts = Object.values(nodes ?? {}).map((node) => (node as { message: { en: string } }).message.en)
  expect(texts).toHaveLength(nodesOfJourney)
  const placed = Object.entries(tree?.nodes ?? {}).flatMap(([id, { displayName }]) => [id[0], displayName])
  return [...new Set([...texts, ...placed])].join('')
}

async function differsFromNow({ number }: Listed): Promise<boolean> {
  const { body } = await admin.get(`versions/journey/Killed/${number}/differences`)
  return body.isIdentical !== true
}

test('a server killed during a restore has the old or the new version, and a history that says which', {
  timeout: 240_000,
}, async () => {
  expect((await admin.put('journeys/Killed', journeyOf('a'), 'new')).status).toBe(201)
  const { _rev } = (await admin.get('journeys/Killed')).body
  expect((await admin.put('journeys/Killed', journeyOf('b'), String(_rev))).status).toBe(200)
  const [b, a] = await versions()
  const numbers: Record<string, number> = { a: a?.number ?? 0, b: b?.number ?? 0 }
  const restore = (letter: string, note: string) =>
    admin.send('POST', `versions/journey/Killed/${numbers[letter]}?_action=restore`, { note })
  const startedAt = performance.now()
  expect((await restore('a', 'not killed')).status).toBe(200)
  const duration = performance.now() - startedAt
  const seen = new Set<string>()
  for (let round = 0; round < rounds; round++) {
    const before = await lettersNow()
    const target = before === 'a' ? 'b' : 'a'
    const [newest] = await versions()
    const note = `round ${round}`
    const sent = restore(target, note).catch(() => undefined)
    // At another moment in each round, from before the server reads it until it has answered.
    await Promise.race([sent, ...(round === rounds - 1 ? [] : [after((duration * round) / (rounds - 1))])])
    await server.kill()
    const answer = await sent
    await start()

    const now = await lettersNow()
    const [version] = await versions()
    expect([before, target]).toContain(now)
    if (answer?.status === 200) expect(now).toBe(target)
    if (now === target) expect(version).toMatchObject({ cause: 'restore', note })
    else expect(version).toEqual(newest)
    expect(version && (await differsFromNow(version))).toBe(false)
    seen.add(now === target ? 'new' : 'old')
  }
  expect(seen.size).toBe(2)
})
