import { afterAll, describe, expect, test } from 'vitest'
import { createScriptEngine } from './create-script-engine.ts'
import { noHost, run, scriptJob } from './fixtures/script-job.ts'
import { missingNames } from './missing-names.ts'

const server = createScriptEngine({ workers: 1 })
const vendor = createScriptEngine({ workersOf: server, isAsVendor: true })
afterAll(() => server.close())

describe('as on the vendor’s engine', () => {
  test('a script finds none of the names that this engine lacks', async () => {
    const values = missingNames.filter((name) => name !== 'String.prototype.replaceAll')
    const source = `outcome = ['${values.join("','")}'].filter(function (name) {
      return name.split('.').reduce(function (owner, part) { return owner === undefined ? owner : owner[part] }, this) !== undefined
    })`
    for (const kind of ['decision', 'legacyDecision'] as const) {
      expect((await run(vendor, source, { kind })).outcome).toEqual([])
    }
    expect((await run(server, source)).outcome).toEqual(values)
  })

  test.each([
    ['outcome = [1, [2]].flat()', 'TypeError: not a function (My Script#1)'],
    ['\noutcome = new Map()', 'ReferenceError: Map is not defined (My Script#2)'],
    ['outcome = Object.entries({})', 'TypeError: not a function (My Script#1)'],
    ["outcome = 'a-b'.replaceAll('-', '')", 'TypeError: not a function (My Script#1)'],
  ])('%j fails when the name is used', async (source, message) => {
    await expect(run(vendor, source)).rejects.toMatchObject({ fault: 'runtime', message })
  })

  test('a script that doesn’t come to a missing name runs, and finds out that it is missing', async () => {
    const source = "if (false) { new Map() } outcome = typeof Promise === 'undefined' ? 'old' : 'new'"
    expect((await run(vendor, source)).outcome).toBe('old')
  })

  test.each([
    ['outcome = 1\nlet a = 2', 'syntax', "On the vendor's engine, `let` is a parse error (My Script#2)", 2],
    [
      'const a = 1\noutcome = a',
      'runtime',
      "On the vendor's engine, a `const` outside functions reads as undefined (My Script#1)",
      1,
    ],
  ])('%j is refused before it runs', async (source, fault, message, line) => {
    const job = scriptJob(`logger.error('ran'); ${source}`)
    await expect(vendor.run(job, noHost)).rejects.toMatchObject({ fault, message, line, logs: [] })
  })

  test('a comparison that Java decides otherwise is refused in legacy scripts, where this is proved', async () => {
    const source = "outcome = requestHeaders.get('x').get(0) === 'a'"
    const request = { headers: { x: ['a'] }, parameters: {}, cookies: {}, locales: ['en'] }
    await expect(run(vendor, source, { kind: 'legacyDecision', request })).rejects.toMatchObject({
      fault: 'runtime',
      message: expect.stringContaining('which is a Java object (My Script#1)'),
    })
    expect((await run(vendor, source, { request })).outcome).toBe(true)
  })

  describe('with values of the state, which only a run knows', () => {
    const state = {
      shared: { empty: '', flag: false, mail: 'a@b.example', list: ['a'] },
      secure: {},
      transient: {},
    }
    const kind = 'legacyDecision'

    test.each([
      "if (!sharedState.get('empty')) outcome = 'none'",
      "outcome = sharedState.get('mail') && sharedState.get('flag') ? 'yes' : 'no'",
      "outcome = sharedState.get('empty') || 'default'",
      "(function () { var flag = sharedState.get('flag'); outcome = Boolean(flag) })()",
    ])('%j is refused, because an empty or false value counts as true there', async (source) => {
      const message =
        "Error: On the vendor's engine, an empty or false value of the state counts as true (My Script#1)"
      await expect(run(vendor, source, { kind, state })).rejects.toMatchObject({ message })
      await run(server, source, { kind, state })
    })

    test.each([
      ["outcome = sharedState.get('mail') && sharedState.get('none') ? 'yes' : 'no'", 'no'],
      [
        "outcome = (function (value) { return !value || String(value) === '' })(sharedState.get('empty'))",
        true,
      ],
      ["outcome = sharedState.get('list').length", 1],
      ["var flag = sharedState.get('flag'); outcome = flag ? 'yes' : 'no'", 'no'],
    ])('%j runs', async (source, outcome) => {
      expect((await run(vendor, source, { kind, state })).outcome).toBe(outcome)
    })

    test.each(["sharedState.get('mail').length", "sharedState.get('mail').substring(0, 50)"])(
      '%s fails',
      async (source) => {
        await expect(run(vendor, `outcome = ${source}`, { kind, state })).rejects.toThrow('My Script#1')
        expect((await run(server, `outcome = ${source}`, { kind, state })).outcome).toBeDefined()
      },
    )
  })

  test('a library with a parse error throws where it is loaded, and has constants', async () => {
    const libraries = { bad: 'exports.a = 1\nlet b = 2', good: 'const c = 3; exports.c = c' }
    const bad = "try { require('bad') } catch (e) { outcome = e.name + ': ' + e.message }"
    expect((await run(vendor, bad, { libraries })).outcome).toBe(
      "SyntaxError: On the vendor's engine, `let` is a parse error (bad#2)",
    )
    expect((await run(vendor, "outcome = require('good').c", { libraries })).outcome).toBe(3)
  })

  test('Java’s texts have their own replaceAll', async () => {
    const source = "outcome = sharedState.get('phone').replaceAll('[^0-9]', '')"
    const state = { shared: { phone: '+1 (555) 01' }, secure: {}, transient: {} }
    for (const engine of [server, vendor]) {
      expect((await run(engine, source, { kind: 'legacyDecision', state })).outcome).toBe('155501')
    }
  })

  test('the next script of the server has all names again', async () => {
    await run(vendor, 'outcome = 1')
    expect((await run(server, 'outcome = [1, [2]].flat().concat(typeof Map)')).outcome).toEqual([
      1,
      2,
      'function',
    ])
  })
})
