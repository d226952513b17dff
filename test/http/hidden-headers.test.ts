import { afterAll, beforeAll, expect, test } from 'vitest'
import type { JsonObject } from '../../src/base/json.ts'
import { credentialHeaders, watchHeader } from '../../src/http/authentication/request-view.ts'
import { scriptSchema } from '../../src/scripts/script.ts'
import { type ConsoleClient, consoleClient } from '../support/console-client.ts'
import { saveJourney, saveRealm, scripted } from '../support/prepared-folder.ts'
import { startPrepared } from '../support/prepared-server.ts'
import { asking, audited } from '../support/rest.ts'
import type { TestServer } from '../support/start-server.ts'
import { startJourney } from '../support/wire.ts'

const names = [...credentialHeaders]

/** Passes on all that a script can read of the headers: to the log, the node state, the trace and the client. */
const tells = (look: string) => `
  var names = ${JSON.stringify([...names, 'x-plain'])}
  var seen = names.map(function (name) { return name + '=' + ${look} }).join(' ') + ' ' + String(requestHeaders)
  logger.error('seen ' + seen)
`
const legacy = `${tells('String(requestHeaders.get(name))')}
  sharedState.put('seenByLegacy', seen)
  outcome = 'next'
`
const nextGeneration = `${tells('String(requestHeaders.get(name)) + JSON.stringify(requestHeaders[name])')}
  nodeState.putShared('seen', seen)
  if (callbacks.isEmpty()) callbacksBuilder.textOutputCallback(0, seen + nodeState.get('seenByLegacy'))
  else action.goTo('next')
`

let server: TestServer
let admin: ConsoleClient
beforeAll(async () => {
  server = await startPrepared(async (stores) => {
    await saveRealm(stores, '/alpha')
    const context = 'AUTHENTICATION_TREE_DECISION_NODE'
    const script = { id: 'legacy', name: 'legacy', source: legacy, context, evaluatorVersion: '1.0' }
    await stores.scripts.save('/alpha', scriptSchema.parse(script))
    await saveJourney(stores, 'Tells', {
      legacy: {
        type: 'ScriptedDecisionNode',
        config: { script: 'legacy', outcomes: ['next'], inputs: ['*'], outputs: ['*'] },
        to: { next: 'tell' },
      },
      tell: await scripted(stores, 'tell', nextGeneration, { next: 'success' }),
    })
  })
  admin = await consoleClient(server.url)
})
afterAll(() => server.stop())

/** A journey with the header, and everything that is written about it. */
async function traces(name: string, value: string, watchKey?: string) {
  const before = server.logged().length
  const headers = { 'x-plain': 'plain-value', [name]: value, ...(watchKey && { [watchHeader]: watchKey }) }
  const { body } = await startJourney(server.url, 'Tells', { headers })
  const shown = String(body.callbacks?.[0]?.output[0]?.value)
  const { body: list } = await admin.get('journey-sessions')
  const runs = await Promise.all(
    (list.result as JsonObject[]).map(({ _id }) => admin.get(`journey-sessions/${_id}`)),
  )
  const audit = await audited(asking(server.url, admin.token))
  return {
    shown,
    all: [shown, JSON.stringify([list, runs, audit]), server.logged().slice(before)].join('\n'),
  }
}

test('the header of every credential is known', () => {
  expect(names.sort()).toEqual([
    '__host-iplanetdirectorypro',
    'authorization',
    'dpop',
    'iplanetdirectorypro',
    'proxy-authorization',
    'x-sidegate-authid',
    'x-sidegate-watch',
  ])
})

// A wrong key of a watched run refuses the start.
test.each(names.filter((name) => name !== watchHeader))(
  'no script, trace or log of a journey has the header %s',
  async (name) => {
    const value = `credential-of-${name}-7c41`
    const { shown, all } = await traces(name, value)
    // By name in each script, and in the text of all headers of the legacy one.
    expect(shown.match(/x-plain=\S*plain-value/g)).toHaveLength(3)
    expect(all).toContain('plain-value')
    expect(all).not.toContain(value)
  },
)

test.each(names)('a watched run does not record the header %s', async (name) => {
  const issued = await admin.post('journey-sessions?_action=watch', { journey: 'Tells' })
  const key = String(issued.body.key)
  const value = name === watchHeader ? key : `credential-of-${name}-7c42`
  const { shown, all } = await traces(name, value, key)
  expect(shown).toContain('plain-value')
  expect(all).not.toContain(value)
  expect(all).not.toContain(key)
})
