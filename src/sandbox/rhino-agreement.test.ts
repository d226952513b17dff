import { afterAll, describe, expect, test } from 'vitest'
import { createScriptEngine } from './create-script-engine.ts'
import { evaluate, run } from './fixtures/script-job.ts'

const engine = createScriptEngine({ workers: 1 })
afterAll(() => engine.close())

const legacy = { kind: 'legacyDecision' } as const
const parts = ['Date', 'Month', 'FullYear', 'Hours', 'Minutes', 'Seconds', 'Milliseconds']

describe('a date', () => {
  test.each(parts.flatMap((part) => [`set${part}`, `setUTC${part}`]))(
    'is invalid after %s with no number, so that a missing setting lets nobody in',
    async (setter) => {
      const source = `var until = new Date(4e12); var answer = until.${setter}(Number(undefined))
        outcome = [String(answer), new Date() <= until, until.${setter}(Infinity), String(until.getTime())]`
      const { outcome } = await run(engine, source)
      expect(outcome).toEqual(['NaN', false, null, 'NaN'])
    },
  )

  test.each([
    '4026-01-02 03:04:05',
    '4026-02-30',
    '4026-1-2',
    '02-01-4026',
    ' 4026-01-02',
    '99',
    '4026-01-02T00:00:00.1Z',
  ])('is invalid for the text %j, so that an expiry in this form lets nobody in', async (text) => {
    const source = `var until = '${text}'
        outcome = [new Date(until) > new Date(), Date.parse(until) > 0, new Date(new String(until)) > 0]`
    expect((await run(engine, source)).outcome).toEqual([false, false, false])
  })

  test('is read in the forms that scripts on the vendor’s engine use', async () => {
    const texts = [
      '2026-01-31',
      '2026-01-31T00:00:00Z',
      '2026-01-31T01:00:00.000+0100',
      '1/31/2026',
      'Jan 31, 2026',
    ]
    const source = `outcome = ${JSON.stringify(texts)}.map(function (text) { return new Date(text).getTime() })`
    expect((await run(engine, source)).outcome).toEqual(texts.map(() => Date.UTC(2026, 0, 31)))
  })

  test('is set as before to numbers', async () => {
    const set = 'var d = new Date(0); outcome = [d.setUTCHours(1, 2, 3, 4), d.setUTCDate(2), d.getTime()]'
    expect((await run(engine, set)).outcome).toEqual([3723004, 90123004, 90123004])
  })
})

test('parseInt reads a leading zero as octal, if it gets no radix', async () => {
  const texts = ['8', '08', '010', ' -017', '0', '00', '0x1f', '12abc', '1e3', '']
  const source = `outcome = ${JSON.stringify(texts)}.map((text) => String(parseInt(text)))
    outcome.push(parseInt('08', 10), parseInt('010', 16), Number.parseInt('010'), String(parseInt(null)))`
  expect((await run(engine, source)).outcome).toEqual([
    '8',
    'NaN',
    '8',
    '-15',
    '0',
    '0',
    '31',
    '12',
    '1',
    'NaN',
    8,
    16,
    8,
    'NaN',
  ])
})

describe('strict mode has no effect', () => {
  test.each([
    ["'use strict'; outcome = 'true'", 'true'],
    ['"use strict"\nvar f = function () { undeclared = 1; return this === globalThis }\noutcome = f()', true],
    ["(function () {\n  'use strict'\n  outcome = 'inner'\n})()", 'inner'],
    ["outcome = ['use strict', { 'use strict': 1 }['use strict']]", ['use strict', 1]],
  ])('in %j', async (source, outcome) => {
    expect((await run(engine, source)).outcome).toEqual(outcome)
  })

  test('except that it refuses the statement with', async () => {
    await expect(run(engine, "'use strict'; with ({ a: 1 }) { outcome = a }")).rejects.toThrow('SyntaxError')
  })

  test('in a library', async () => {
    const libraries = { own: "'use strict'; hidden = 2; exports.value = hidden" }
    expect(await evaluate(engine, 'require("own").value', { libraries })).toBe(2)
  })
})

const from = 'javax.security.auth.callback'

describe('a callback of Java', () => {
  test.each([
    `new ${from}.NameCallback("")`,
    `new ${from}.NameCallback(null)`,
    `new ${from}.NameCallback("a", "")`,
    `new ${from}.PasswordCallback("", true)`,
    `new ${from}.TextInputCallback("a", null)`,
    `new ${from}.TextOutputCallback(0, "")`,
    `new ${from}.TextOutputCallback(3, "a")`,
    `new ${from}.ChoiceCallback("", ["b"], 0, false)`,
    `new ${from}.ChoiceCallback("a", [], 0, false)`,
    `new ${from}.ChoiceCallback("a", ["b", ""], 0, false)`,
    `new ${from}.ChoiceCallback("a", ["b"], 1, false)`,
    `new ${from}.ConfirmationCallback("", 0, ["a"], 0)`,
    `new ${from}.ConfirmationCallback(0, [], 0)`,
    `new ${from}.ConfirmationCallback(0, 0, 2)`,
    `new ${from}.ConfirmationCallback(0, 5, 0)`,
    `new ${from}.ConfirmationCallback(3, ["a"], 0)`,
  ])('is not made of nothing: %s', async (source) => {
    await expect(run(engine, source, legacy)).rejects.toThrow('java.lang.IllegalArgumentException')
  })

  test.each([
    `new ${from}.NameCallback()`,
    `new ${from}.NameCallback("a", "b", "c")`,
    `new ${from}.PasswordCallback("a")`,
    `new ${from}.TextOutputCallback(0)`,
    `new ${from}.ChoiceCallback("a", ["b"], 0)`,
  ])('takes as many arguments as there: %s', async (source) => {
    await expect(run(engine, source, legacy)).rejects.toThrow("Can't find")
  })

  test.each([
    ['NameCallback("a")', 'setName("x")', 'getName()', null, 'x'],
    ['NameCallback("a", "b")', 'setName("x")', 'getDefaultName()', 'b', 'b'],
    ['TextInputCallback("a")', 'setText("x")', 'getText()', null, 'x'],
    ['PasswordCallback("a", true)', 'setPassword("x")', 'getPassword()', null, 'x'],
    ['PasswordCallback("a", true)', 'clearPassword()', 'isEchoOn()', true, true],
    ['ChoiceCallback("a", ["b", "c"], 0, false)', 'setSelectedIndex(1)', 'getSelectedIndexes()', null, [1]],
    ['ConfirmationCallback(0, ["a", "b"], 0)', 'setSelectedIndex(1)', 'getSelectedIndex()', 0, 1],
    ['TextOutputCallback(1, "m")', 'getMessage()', 'getMessageType()', 1, 1],
  ])('has the setters and getters of %s', async (made, setter, getter, before, after) => {
    const source = `(function () { var c = new ${from}.${made}; var before = c.${getter}; c.${setter}; return [before, c.${getter}] })()`
    expect(await evaluate(engine, source, legacy)).toEqual([before, after])
  })

  test('shows what a script has set, but never a password', async () => {
    const source = `var name = new ${from}.NameCallback('Name'); name.setName('Ann')
      var password = new ${from}.PasswordCallback('Password', false); password.setPassword('secret')
      action = org.forgerock.openam.auth.node.api.Action.send(name, password).build()`
    const { callbacks } = await run(engine, source, legacy)
    expect(callbacks).toEqual([
      { type: 'NameCallback', output: { prompt: 'Name' }, input: { '': 'Ann' } },
      { type: 'PasswordCallback', output: { prompt: 'Password', echoOn: false } },
    ])
  })
})
