import { afterAll, describe, expect, test } from 'vitest'
import { createScriptEngine } from '../create-script-engine.ts'
import { evaluate, run } from '../fixtures/script-job.ts'

const engine = createScriptEngine({ workers: 1 })
afterAll(() => engine.close())

const state = {
  shared: { a: 'shared', only: 1, map: { x: 1, y: 1 }, list: ['p', 'q'], empty: null, __proto__key: 1 },
  secure: { a: 'secure', map: { y: 2, z: 2 } },
  transient: { a: 'transient', map: { z: 3 } },
}

describe('in a read', () => {
  test.each([
    ['nodeState.get("a")', 'transient'],
    ['nodeState.get("only")', 1],
    ['nodeState.get("absent")', null],
    ['nodeState.get("map")', { z: 3 }],
    ['nodeState.getObject("map")', { x: 1, y: 2, z: 3 }],
    ['nodeState.getObject("a")', 'transient'],
    ['nodeState.getObject("absent")', null],
    ['nodeState.isDefined("empty")', true],
    ['nodeState.isDefined("absent")', false],
    ['nodeState.keys().toArray().sort()', ['__proto__key', 'a', 'empty', 'list', 'map', 'only']],
    ['nodeState.keys().contains("map")', true],
    ['nodeState.get("map").get("z")', 3],
    ['nodeState.get("map").containsKey("q")', false],
    ['nodeState.get("list").get(1) + nodeState.get("list")[0]', 'qp'],
    ['nodeState.get("list").size() + nodeState.get("list").length', 4],
    ['Array.isArray(nodeState.get("list"))', true],
    ['(function () { var n = []; for (var i in nodeState.get("list")) n.push(i); return n })()', ['0', '1']],
  ])('%s returns %j', async (expression, value) => {
    expect(await evaluate(engine, expression, { state })).toEqual(value)
  })

  test('a merged map is read-only', async () => {
    const source = 'var m = nodeState.getObject("map"); m.x = 9; m.n = 9; outcome = m'
    expect((await run(engine, source, { state })).outcome).toEqual({ x: 1, y: 2, z: 3 })
  })

  test('a changed copy does not affect later reads', async () => {
    expect(await evaluate(engine, '(nodeState.get("map").z = 9, nodeState.get("map").z)', { state })).toBe(3)
  })
})

describe('in a write', () => {
  test('later reads see writes, which are recorded in order', async () => {
    const result = await run(
      engine,
      `nodeState.putShared('n', 1).putTransient('t', { deep: [1] })
       var seen = [nodeState.get('n'), nodeState.get('t').deep.get(0)]
       nodeState.remove('n')
       seen.push(nodeState.get('n'), nodeState.isDefined('n'), nodeState.keys().contains('t'))
       outcome = seen`,
    )
    expect(result.outcome).toEqual([1, 1, null, false, true])
    expect(result.writes).toEqual([
      { op: 'putShared', key: 'n', value: 1 },
      { op: 'putTransient', key: 't', value: { deep: [1] } },
      { op: 'remove', key: 'n' },
    ])
  })

  test('an older transient value still shadows a new shared one', async () => {
    const source = 'nodeState.putShared("a", "new"); outcome = nodeState.get("a")'
    expect((await run(engine, source, { state })).outcome).toBe('transient')
  })

  test('a merge removes the key from the other layers', async () => {
    const result = await run(engine, 'nodeState.mergeShared({ a: "new" }); outcome = nodeState.get("a")', {
      state,
    })
    expect(result.outcome).toBe('new')
    expect(result.writes).toEqual([{ op: 'mergeShared', value: { a: 'new' } }])
  })

  test('merges the members of a container one by one', async () => {
    const result = await run(
      engine,
      `nodeState.mergeTransient({ objectAttributes: { mail: 'new' } })
       outcome = [nodeState.get('objectAttributes'), nodeState.getObject('objectAttributes')]`,
      { state: { shared: { objectAttributes: { mail: 'old', sn: 'S' } }, secure: {}, transient: {} } },
    )
    expect(result.outcome).toEqual([{ mail: 'new' }, { sn: 'S', mail: 'new' }])
  })

  test.each([
    [
      'nodeState.mergeShared({ other: { a: 1 } })',
      'State must not contain nested objects unless they are inside registered state containers: objectAttributes',
    ],
    ['nodeState.mergeTransient({ objectAttributes: "x" })', 'State containers must be a JSON object.'],
  ])('refuses %s', async (source, message) => {
    await expect(run(engine, source)).rejects.toMatchObject({
      message: `Error: ${message} (My Script#1)`,
      fault: 'runtime',
      line: 1,
    })
  })

  test('treats __proto__ as an ordinary key', async () => {
    const result = await run(
      engine,
      'nodeState.putShared("__proto__", { polluted: 1 }); outcome = nodeState.get("__proto__")',
    )
    expect(result.outcome).toEqual({ polluted: 1 })
    expect(result.writes).toMatchObject([{ op: 'putShared', key: '__proto__' }])
  })
})
