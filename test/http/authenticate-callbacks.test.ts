import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { saveJourney, scripted } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import type { TestServer } from '../support/start-server.ts'
import {
  answerStep,
  authenticate,
  filledIn,
  output,
  startJourney,
  stepOf,
  type WireStep,
} from '../support/wire.ts'

const mixed = `(function () {
  if (callbacks.isEmpty()) {
    callbacksBuilder.textOutputCallback(0, "First");
    callbacksBuilder.nameCallback("Name");
    callbacksBuilder.textOutputCallback(0, "Second");
    callbacksBuilder.choiceCallback("Colour", ["red", "green"], 0, false);
    callbacksBuilder.confirmationCallback(0, ["Yes", "No"], 1);
    callbacksBuilder.hiddenValueCallback("token", "secret");
  } else {
    nodeState.putShared("said", [
      callbacks.getNameCallbacks().get(0),
      callbacks.getChoiceCallbacks().get(0)[0],
      callbacks.getConfirmationCallbacks().get(0),
      callbacks.getHiddenValueCallbacks().get("token"),
    ].join(","));
    action.goTo("next");
  }
})();`

const show = (what: string) => `(function () {
  if (callbacks.isEmpty()) callbacksBuilder.textOutputCallback(0, String(${what}));
  else action.goTo("next");
})();`

let server: TestServer
let url: string

beforeAll(async () => {
  server = await startPrepared(async (stores) => {
    await saveJourney(stores, 'Mixed', {
      ask: await scripted(stores, 'mixed', mixed, { next: 'show' }),
      show: await scripted(stores, 'said', show('nodeState.get("said")'), { next: 'success' }),
    })
    await saveJourney(stores, 'Notice', {
      show: await scripted(stores, 'notice', show('"Read this"'), { next: 'success' }),
    })
    await saveJourney(stores, 'Known', {
      know: await scripted(stores, 'know', "nodeState.putShared('username', 'alex'); action.goTo('next')", {
        next: 'name',
      }),
      name: {
        type: 'UsernameCollectorNode',
        version: '2.0',
        config: { prepopulate: true },
        to: { outcome: 'show' },
      },
      show: await scripted(stores, 'who', show('nodeState.get("username")'), { next: 'success' }),
    })
    await saveJourney(stores, 'Languages', {
      ask: {
        type: 'MessageNode',
        config: {
          message: { en: 'Go on?', de: 'Weiter?', fr: 'Continuer ?' },
          messageYes: { en: 'Yes', de: 'Ja', fr: 'Oui' },
          messageNo: { en: 'No', de: 'Nein', fr: 'Non' },
        },
        to: { true: 'success', false: 'failure' },
      },
    })
  })
  url = server.url
})

afterAll(() => server.stop())

const send = (step: WireStep, callbacks: unknown) => authenticate(url, { body: { ...step, callbacks } })
const start = async (journey = 'Mixed') => stepOf(await startJourney(url, journey))

describe('callbacks in an answer', () => {
  test('carry names, numbers and hidden values', async () => {
    const page = await authenticate(url, { body: filledIn(await start(), 'Zoë', 1, 0, 'shown') })
    expect(output(page, 'message')).toBe('Zoë,1,0,shown')
  })

  test('can give their choice as numeric text', async () => {
    const page = await authenticate(url, { body: filledIn(await start(), 'a', '1', '0', 'x') })
    expect(output(page, 'message')).toBe('a,1,0,x')
  })

  test('can omit those without input, as native SDKs do', async () => {
    const step = await start()
    const asked = filledIn(step, 'a', 1, 1, 'x').callbacks as WireStep['callbacks']
    const page = await send(
      step,
      asked.filter(({ input }) => input !== undefined),
    )
    expect(output(page, 'message')).toBe('a,1,1,x')
  })

  test('can keep or change a value that the journey filled in', async () => {
    const step = await start('Known')
    expect(step.callbacks[0]?.input?.[0]?.value).toBe('alex')
    expect(output(await authenticate(url, { body: { ...step } }), 'message')).toBe('alex')
    const other = await authenticate(url, { body: filledIn(await start('Known'), 'dana') })
    expect(output(other, 'message')).toBe('dana')
  })

  test('can be missing if the step has no input', async () => {
    const step = await start('Notice')
    const { callbacks: _none, ...bare } = step
    for (const body of [bare, { ...bare, callbacks: [] }, step]) {
      expect(
        (await authenticate(url, { body: { ...body, authId: (await start('Notice')).authId } })).status,
      ).toBe(200)
    }
  })

  test.each([
    ['one fewer', (all: unknown[]) => all.slice(0, -1)],
    ['one more', (all: unknown[]) => [...all, all[0]]],
    ['no callbacks', () => []],
  ])('with %s than sent are rejected', async (_name, change) => {
    const step = await start()
    const refused = await send(step, change(step.callbacks))
    expect(refused.status).toBe(400)
    expect(refused.body).toEqual({
      code: 400,
      reason: 'Bad Request',
      message: 'Incorrect number of callbacks found in JSON response',
    })
    expect((await authenticate(url, { body: filledIn(step, 'a', 1, 1, 'x') })).status).toBe(200)
  })

  test('in another order or of another type are rejected', async () => {
    const step = await start()
    const wrong = [
      step.callbacks.toReversed(),
      step.callbacks.map((each) => ({ ...each, type: 'NameCallback' })),
    ]
    for (const callbacks of wrong) {
      const refused = await send(step, callbacks)
      expect(refused.status).toBe(400)
      expect(refused.body).toEqual({
        code: 400,
        reason: 'Bad Request',
        message: 'Required callback not found in JSON response',
      })
    }
  })

  test.each([
    ['a name that is an object', 0, { name: 'alex' }],
    ['a name that is null', 0, null],
    ['a name that is a list', 0, ['alex']],
    ['an unknown choice', 1, 2],
    ['a negative choice', 1, -1],
    ['a choice as text', 1, 'green'],
    ['a fractional choice', 1, 0.5],
  ])('with %s are rejected', async (_name, place, value) => {
    const values: unknown[] = ['a', 1, 1, 'x']
    values[place] = value
    const step = await start()
    const refused = await authenticate(url, { body: filledIn(step, ...values) })
    expect(refused.status).toBe(400)
    expect(refused.body).toMatchObject({ code: 400, reason: 'Bad Request', message: expect.any(String) })
    expect((await authenticate(url, { body: filledIn(step, 'a', 1, 1, 'x') })).status).toBe(200)
  })

  test('can give a text as a number', async () => {
    const page = await authenticate(url, { body: filledIn(await start(), 7, 1, 1, 'x') })
    expect(output(page, 'message')).toBe('7,1,1,x')
  })

  test('without any input keep the preset values', async () => {
    const step = await start()
    const page = await send(
      step,
      step.callbacks.map(({ type }) => ({ type })),
    )
    expect(output(page, 'message')).toBe(',0,1,token')
  })
})

describe('the language', () => {
  const ask = async (query: string, headers: Record<string, string> = {}) =>
    output(await startJourney(url, 'Languages', { query, headers }), 'message')

  test('comes from the parameter, then the browser, then the default', async () => {
    expect(await ask('')).toBe('Go on?')
    expect(await ask('&locale=de')).toBe('Weiter?')
    expect(await ask('&locale=de-AT')).toBe('Weiter?')
    expect(await ask('', { 'accept-language': 'fr-CH, fr;q=0.9, en;q=0.5' })).toBe('Continuer ?')
    expect(await ask('', { 'accept-language': 'de;q=0.2, fr;q=0.8' })).toBe('Continuer ?')
    expect(await ask('&locale=de', { 'accept-language': 'fr' })).toBe('Weiter?')
    expect(await ask('&pageLocale=de', { 'accept-language': 'fr' })).toBe('Weiter?')
    expect(await ask('&locale=xx', { 'accept-language': 'zz, *' })).toBe('Go on?')
  })

  test('also applies to buttons', async () => {
    const page = await startJourney(url, 'Languages', { query: '&locale=fr' })
    expect(output(page, 'options')).toEqual(['Oui', 'Non'])
    expect((await answerStep(url, page, [0])).status).toBe(200)
  })
})
