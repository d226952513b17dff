import { beforeAll, describe, expect, test } from 'vitest'
import { hostileScripts } from '../fixtures/hostile-scripts.ts'
import { pageScript } from '../fixtures/script-job.ts'
import { defaultLimits } from '../limits.ts'
import type { ScriptKind } from '../script-engine.ts'
import { prepareWorkers } from '../script-worker-pool.ts'
import { buildImage } from './guest-image.ts'
import type { Attempt, GuestImage, WorkerSetup } from './messages.ts'
import { Sandbox } from './sandbox.ts'

let setup: WorkerSetup
let image: GuestImage
beforeAll(async () => {
  setup = await prepareWorkers({ ...defaultLimits, cpuMs: 30 })
  image = await buildImage(setup)
})

async function freshSandbox(): Promise<Sandbox> {
  const sandbox = new Sandbox(setup, image)
  await sandbox.clean()
  return sandbox
}

function attempt(source: string, secret = 's3cret', scriptKind: ScriptKind = 'customNode'): Attempt {
  const request = { headers: {}, parameters: {}, cookies: {}, locales: [] }
  const properties = {
    message: 'm',
    journeyStatusKey: 'k',
    journeyStatusProperty: 'p',
    journeyStatusValue: secret,
  }
  return {
    kind: 'attempt',
    name: 'script',
    scriptKind,
    source,
    libraries: {},
    input: JSON.stringify({ kind: scriptKind, name: 'script', callbacks: [], properties, randomSeed: 1 }),
    request: JSON.stringify(request),
    state: { shared: '{"a":{"b":[1,2]}}', secure: '{}', transient: JSON.stringify({ p: secret }) },
    startedAt: 1_790_000_000_000,
    randomKey: Buffer.alloc(32).toString('base64'),
    recorded: [],
    isMeasured: false,
    cpuMs: 30,
  }
}

const secretive = `var held = []
  function deep(n) { var s = nodeState.get('p') + n; held.push(s, new Uint8Array([115, 51, 99]), { s: s }); return n ? deep(n - 1) : s }
  deep(300); held.push(held.join('')); nodeState.putShared('x', held[0])`

/** Scripts that hang inside the engine's own code. Only killing the thread stops them. */
const isNativeHang = (name: string) => name.startsWith('native hang')

describe('a reset', () => {
  test('leaves no byte of the previous run', async () => {
    const sandbox = await freshSandbox()
    sandbox.run(attempt('outcome = 1'))
    await sandbox.clean()
    const clean = sandbox.memory()
    expect(sandbox.run(attempt(secretive)).kind).toBe('done')
    expect(Buffer.from(sandbox.memory()).includes('s3cret')).toBe(true)
    await sandbox.clean()
    expect(Buffer.compare(sandbox.memory(), clean)).toBe(0)
  })

  test('replaces an instance whose memory grew by an equal one', async () => {
    const sandbox = await freshSandbox()
    expect(sandbox.run(attempt('outcome = 1')).kind).toBe('done')
    await sandbox.clean()
    const clean = sandbox.memory()
    sandbox.run(attempt('var a = []; while (true) a.push("x".repeat(1e5) + a.length)'))
    expect(sandbox.memory().length).toBeGreaterThan(clean.length)
    await sandbox.clean()
    expect(Buffer.compare(sandbox.memory(), clean)).toBe(0)
  })

  test('leaves no byte of a run of another kind', async () => {
    const [used, fresh] = [await freshSandbox(), await freshSandbox()]
    for (const sandbox of [used, fresh]) {
      sandbox.run(attempt('outcome = 1', 'other', 'decision'))
      await sandbox.clean()
    }
    for (const kind of ['legacyDecision', 'config', 'customNode', 'decision'] as const) {
      used.run(attempt(secretive, 's3cret', kind))
      await used.clean()
    }
    expect(Buffer.compare(used.memory(), fresh.memory())).toBe(0)
  })

  test('shows each kind of script its own bindings, whatever kind ran before', async () => {
    const sandbox = await freshSandbox()
    const source = 'outcome = [typeof sharedState, typeof properties, typeof callbacks].join()'
    const seen = []
    for (const kind of ['customNode', 'legacyDecision', 'config', 'customNode'] as const) {
      const end = sandbox.run(attempt(source, 'x', kind))
      seen.push(end.kind === 'done' && JSON.parse(end.result).outcome)
      await sandbox.clean()
    }
    expect(seen).toEqual([
      'undefined,object,object',
      'object,undefined,object',
      'undefined,undefined,undefined',
      'undefined,object,object',
    ])
  })

  test('keeps the guest heap below its limit, counting the old and new copy of a growing block', async () => {
    for (const name of [
      'memory, strings',
      'memory, one array',
      'memory, typed arrays',
      'memory, that catches',
    ]) {
      const sandbox = await freshSandbox()
      expect(sandbox.run(attempt(hostileScripts[name] ?? '')).kind).toBe('failed')
      expect(sandbox.memory().length, name).toBeLessThan(2.5 * defaultLimits.heapBytes)
    }
  })
})

test('gives the output of a fresh instance after attacks and random runs, and keeps the image', async () => {
  const used = await freshSandbox()
  const before = image.snapshot.memory.slice()
  const attacks = Object.entries(hostileScripts).filter(([name]) => !isNativeHang(name))
  const innocent = [
    pageScript('user-message-to-display'),
    pageScript('set-front-channel-status'),
    secretive,
    'outcome = [Math.random(), Date.now(), utils.crypto.randomUUID(), typeof leak, ({}).polluted]; leak = 1',
    'outcome = Object.getOwnPropertyNames(globalThis).length + Object.getOwnPropertyNames(Array.prototype).join()',
    '\nmissing()',
    'outcome = [requestHeaders.get("x"), typeof guest, Object.keys(requestParameters)]',
    'nodeState.mergeShared({ objectAttributes: { a: 1 } }); outcome = nodeState.getObject("objectAttributes")',
  ]
  const expected = new Map<string, string>()
  for (const source of innocent) {
    const fresh = await freshSandbox()
    expected.set(source, JSON.stringify(fresh.run(attempt(source))))
  }
  let random = 1
  const pick = <T>(items: readonly T[]): T => {
    random = (random * 48_271) % 2_147_483_647
    // The index is in range, because the list is not empty.
    return items[random % items.length] as T
  }
  for (let round = 0; round < 600; round++) {
    if (round % 10 === 0) used.run(attempt(pick(attacks)[1]))
    else {
      const source = pick(innocent)
      expect(JSON.stringify(used.run(attempt(source))), source).toBe(expected.get(source))
    }
    await used.clean()
  }
  expect(Buffer.compare(image.snapshot.memory, before)).toBe(0)
})

test('fails a replay with different host calls', async () => {
  const sandbox = await freshSandbox()
  const recorded = [{ op: 'openidm.read', args: '["other",null,null]', answer: '{"ok":1}', answeredAt: 1 }]
  expect(sandbox.run({ ...attempt('try { openidm.read("x") } catch (e) {}'), recorded })).toMatchObject({
    kind: 'failed',
    fault: 'host',
    message: expect.stringContaining('not repeatable'),
  })
})
