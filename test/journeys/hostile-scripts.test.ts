import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { customNodeTypeSchema } from '../../src/nodes/custom-node-type.ts'
import { hostileScripts } from '../../src/sandbox/fixtures/hostile-scripts.ts'
import type { Stores } from '../../src/store/stores.ts'
import { saveJourney, scripted } from '../support/prepared-folder.ts'
import { logLines, startPrepared } from '../support/prepared-server.ts'
import type { TestServer } from '../support/start-server.ts'
import { answerStep, output, signIn, startJourney, stepOf } from '../support/wire.ts'

/** Faults that only the node notices: an invalid outcome or too much data. */
const wrongResults: Record<string, string> = {
  'no outcome': 'var nothing = 1;',
  'an empty action': 'action.withHeader("only a header")',
  'an unknown outcome': 'action.goTo("elsewhere")',
  'an outcome with trailing characters': 'outcome = "next\\u0000"',
  'an outcome that is a number': 'outcome = 7',
  'an outcome that is an object': 'outcome = { toString: function () { return "next" } }',
  'an outcome that is a list': 'outcome = ["next"]',
  'an outcome named __proto__': 'action.goTo("__proto__")',
  'an outcome named constructor': 'action.goTo("constructor")',
  'a syntax error': 'if (',
  'an error that is text': 'throw "no"',
  'an error that is null': 'throw null',
  'an error without a readable text': 'throw { get message() { throw 1 }, toString: null }',
  'an unknown binding': 'java.lang.Runtime.getRuntime().exec("true"); action.goTo("next")',
  'a huge result': 'nodeState.putShared("big", "x".repeat(1e6)); action.goTo("next")',
  'a huge number of writes':
    'for (var i = 0; i < 1e5; i++) nodeState.putShared("k" + i, "v"); action.goTo("next")',
  'a deep result':
    'var a = 1; for (var i = 0; i < 5000; i++) a = [a]; nodeState.putShared("deep", a); action.goTo("next")',
  'a deep argument':
    'var a = 1; for (var i = 0; i < 5000; i++) a = [a]; openidm.create("managed/alpha_user", null, { a: a })',
  'a cycle in its result': 'var a = {}; a.a = a; nodeState.putShared("circle", a); action.goTo("next")',
  'a flood of calls':
    'for (var i = 0; i < 1000; i++) idRepository.getIdentity("person" + i); action.goTo("next")',
  'a call to this machine': 'httpClient.send("http://127.0.0.1:1/").get(); action.goTo("next")',
  'an unknown library': 'require("../../etc/passwd"); action.goTo("next")',
  'a library that is a prototype': 'require("__proto__").x; action.goTo("next")',
}

const all = { ...hostileScripts, ...wrongResults }
const names = Object.keys(all)
const journeyOf = (name: string) => `hostile ${names.indexOf(name)}`

/** Maximum time of any script; far above the hard limit of two seconds. */
const limitMs = 8000

const say = (text: string) => `
if (callbacks.isEmpty()) callbacksBuilder.textOutputCallback(0, ${text});
else action.goTo("next");`

let server: TestServer
let url: string

async function prepare(stores: Stores): Promise<void> {
  const left = await scripted(stores, 'left', say('"left by Script Error"'), { next: 'failure' })
  for (const [place, source] of Object.values(all).entries()) {
    await saveJourney(stores, `hostile ${place}`, {
      run: await scripted(stores, `hostile ${place}`, source, { next: 'success' }),
    })
    const type = customNodeTypeSchema.parse({
      serviceName: `hostile${place}`,
      displayName: `Hostile ${place}`,
      outcomes: ['next'],
      errorOutcome: true,
      script: source,
    })
    await stores.customNodes.create(type)
    await saveJourney(stores, `custom ${place}`, {
      run: { type: `designer-hostile${place}`, to: { next: 'success', 'Script Error': 'left' } },
      left,
    })
  }
  const right =
    'nodeState.putShared("sum", [1, 2, 3].map(function (n) { return n * n }).join()); action.goTo("next")'
  await saveJourney(stores, 'Right', {
    count: await scripted(stores, 'right', right, { next: 'show' }),
    show: await scripted(stores, 'show', say('nodeState.get("sum")'), { next: 'success' }),
  })
}

beforeAll(async () => {
  server = await startPrepared(prepare)
  url = server.url
}, 60_000)

afterAll(() => server.stop())

/** A journey with two scripts must work after any other script, and a step without a script, too. */
async function expectOthersUnharmed(): Promise<void> {
  const page = await startJourney(url, 'Right')
  expect(output(page, 'message')).toBe('1,4,9')
  expect((await answerStep(url, page)).status).toBe(200)
}

const loginFailure = {
  code: 401,
  reason: 'Unauthorized',
  message: 'Login failure',
  detail: { failureUrl: '' },
}

describe('as a Scripted Decision', () => {
  test.each(names)(
    '%s fails the journey while others are served, and the next script works',
    async (name) => {
      const hostile = startJourney(url, journeyOf(name))
      expect(stepOf(await startJourney(url, 'Login')).header).toBe('Sign in')
      const end = await hostile
      expect(end.status).toBe(401)
      expect(end.body).toEqual(loginFailure)
      await expectOthersUnharmed()
      expect({}).not.toHaveProperty('polluted')
    },
    limitMs,
  )

  test('each failure is logged with a reason', () => {
    for (const name of names) {
      const stop = logLines(server).find(
        (line) => line.journey === journeyOf(name) && line.reason !== undefined,
      )
      expect(stop?.reason, name).toEqual(expect.stringMatching(/\S/))
    }
  })
})

describe('as a custom node', () => {
  test.each(names)(
    '%s leads to Script Error, and the next script works',
    async (name) => {
      const page = await startJourney(url, `custom ${names.indexOf(name)}`)
      expect(output(page, 'message')).toBe('left by Script Error')
      await expectOthersUnharmed()
    },
    limitMs,
  )
})

describe('while a script loops', () => {
  const loops = ['endless loop', 'native hang, sparse reverse']

  test.each(loops)('(%s) people can sign in', async (name) => {
    let hasEnded = false
    const hostile = startJourney(url, journeyOf(name)).finally(() => {
      hasEnded = true
    })
    const page = await startJourney(url, 'Login')
    const wasServedMeanwhile = !hasEnded
    expect((await answerStep(url, page, ['alex', 'Alex-Pass-2026'])).status).toBe(200)
    expect((await hostile).status).toBe(401)
    // A script that was terminated twice is rejected for a minute, so there may be nothing to wait for.
    const wasRefused = logLines(server).some(({ reason }) => String(reason).includes('refused'))
    expect(wasServedMeanwhile || wasRefused).toBe(true)
  })

  test('twenty times at once, people can sign in', async () => {
    const hostile = Array.from({ length: 20 }, (_, count) => startJourney(url, `hostile ${count}`))
    await expectOthersUnharmed()
    expect(await signIn(url, 'dana', 'Dana-Pass-2026')).toEqual(expect.any(String))
    const ends = await Promise.all(hostile)
    expect(ends.map(({ status }) => status)).toEqual(Array(20).fill(401))
  }, 60_000)
})

test('none of these scripts caused a server error', () => {
  expect(logLines(server).filter(({ level, msg }) => level >= 50 && msg === 'request failed')).toEqual([])
})
