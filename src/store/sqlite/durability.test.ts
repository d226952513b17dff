import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, test } from 'vitest'
import { openStores, type Stores } from '../stores.ts'
import { temporaryFolder } from './temporary-folder.ts'

const program = join(import.meta.dirname, 'write-until-killed.ts')

/** Runs the writer process on a folder, kills it after `enough` lines, and returns all its lines. */
async function acknowledgedBeforeKill(
  folder: string,
  run: number,
  enough: number,
  what = 'notifications',
): Promise<string[]> {
  const child = spawn(process.execPath, ['--no-warnings', program, folder, String(run), what], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines: string[] = []
  const output = createInterface({ input: child.stdout })
  output.on('line', (line) => {
    lines.push(line)
    if (lines.length === enough) child.kill('SIGKILL')
  })
  await Promise.all([once(output, 'close'), once(child, 'exit')])
  return lines
}

/** Whether the notification that a line acknowledges is stored, in its transaction and in the events. */
async function isKept(stores: Stores, line: string): Promise<boolean> {
  const [idHash = '', number] = line.split(' ')
  const transaction = await stores.transactions.read(idHash)
  const events = await stores.transactions.eventsAfter(idHash, 0)
  const isWhole =
    events.length === transaction?.sequence && events.every(({ sequence }, i) => sequence === i + 1)
  return isWhole && events.length >= Number(number)
}

test('keeps every acknowledged write after a kill, and no partial ones', async () => {
  const folder = temporaryFolder()
  const lines: string[] = []
  for (const run of [1, 2, 3, 4, 5]) {
    lines.push(...(await acknowledgedBeforeKill(folder, run, 150 * run)))
  }
  expect(lines.length).toBeGreaterThan(2000)
  const stores = await openStores({ dataFolder: folder, databaseUrl: undefined })
  const last = new Map(lines.map((line) => [line.split(' ')[0], line]))
  for (const line of last.values()) expect(await isKept(stores, line), line).toBe(true)
  await stores.close()
})

test('keeps every acknowledged save with its version after a kill, and no version without its save', async () => {
  const folder = temporaryFolder()
  const lines: string[] = []
  for (const run of [1, 2, 3]) {
    lines.push(...(await acknowledgedBeforeKill(folder, run, 100 * run, 'scripts')))
  }
  const stores = await openStores({ dataFolder: folder, databaseUrl: undefined })
  const acknowledged = new Map(lines.map((line) => [line.split(' ')[0], Number(line.split(' ')[1])]))
  const scripts = await stores.scripts.all('/alpha')
  expect(scripts).toHaveLength(acknowledged.size)
  const state = await stores.versions.stateAt('/alpha', Number.MAX_SAFE_INTEGER)
  for (const script of scripts) {
    const saves = Number(script.source)
    expect(saves).toBeGreaterThanOrEqual(acknowledged.get(script.id) ?? 0)
    const thing = { realm: '/alpha', kind: 'script', id: script.id } as const
    expect(await stores.versions.list(thing, { limit: saves + 10 })).toHaveLength(saves)
    const newest = state.find(({ id }) => id === script.id)
    expect(JSON.parse(newest?.content ?? '')).toEqual(script)
  }
  await stores.close()
})
