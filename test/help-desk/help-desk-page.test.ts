import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createParser } from 'eventsource-parser'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { defined } from '../../src/base/defined.ts'
import { startServer, type TestServer } from '../support/start-server.ts'

const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'help-desk.md'), 'utf8')

/** The commands of the page's shell blocks, in order. */
const commands = [...page.matchAll(/```sh\n([^`]*)```/g)].flatMap(([, block = '']) =>
  block.split('\n').filter((line) => line !== ''),
)

let server: TestServer
const variables: Record<string, string> = {}

beforeAll(async () => {
  server = await startServer()
  variables.AM = `${server.url}/json/realms/root/realms/alpha`
})
afterAll(() => server.stop())

/** Words of a command, with quotes removed and variables replaced as a shell does. */
function wordsOf(command: string): string[] {
  return [...command.matchAll(/'([^']*)'|"((?:[^"\\]|\\.)*)"|(\S+)/g)].map(([, single, double, plain]) => {
    if (single !== undefined) return single
    const text = double === undefined ? (plain ?? '') : double.replaceAll(/\\(["\\$])/g, '$1')
    return text.replaceAll(/\$([A-Z_]+)/g, (_all, name: string) => {
      if (variables[name] === undefined) throw new Error(`no command set $${name}`)
      return variables[name]
    })
  })
}

/** Performs what curl does with the options that the page uses. */
async function curl(command: string): Promise<Response> {
  const [program, ...words] = wordsOf(command)
  expect(program).toBe('curl')
  const headers = new Headers()
  let method = 'GET'
  let body: string | undefined
  let url = ''
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? ''
    if (word === '-X') method = words[++at] ?? ''
    else if (word === '-d') body = words[++at] ?? ''
    else if (word === '-H') {
      const [, name = '', value = ''] = /^([^:]+): (.*)$/.exec(words[++at] ?? '') ?? []
      headers.set(name, value)
    } else if (word !== '-N') url = word
  }
  return fetch(url, { method, headers, ...defined({ body }) })
}

const runNext = async () => curl(commands.shift() ?? '')
const json = async () => {
  const answer = await runNext()
  const body = (await answer.json()) as Record<string, never>
  expect(answer.status, JSON.stringify(body)).toBe(200)
  return body
}

/** The first event of a feed. */
async function snapshot(): Promise<Record<string, string>> {
  const answer = await runNext()
  expect(answer.status).toBe(200)
  const data: string[] = []
  const parser = createParser({ onEvent: (event) => data.push(event.data) })
  if (answer.body === null) throw new Error('the feed has no body')
  for await (const chunk of answer.body.pipeThrough(new TextDecoderStream())) {
    parser.feed(chunk)
    if (data.length > 0) break
  }
  return JSON.parse(data[0] ?? '{}')
}

test('the commands of the page play a check from its start to its end', async () => {
  variables.AGENT = (await json()).tokenId ?? ''
  expect(await json()).toMatchObject({ agent: { displayName: 'Dana Desk' } })
  expect(await json()).toMatchObject({ result: [{ mail: 'alex@example.com', telephoneNumber: '•••• 00' }] })

  const step = (await json()) as unknown as { callbacks: { input: { value: string }[] }[] }
  const [input] = step.callbacks[0]?.input ?? []
  if (input !== undefined) input.value = 'alex@example.com'
  variables.STEP = JSON.stringify(step)
  variables.AUTH_ID = (await json()).authId ?? ''

  const first = await snapshot()
  variables.REFERENCE = first.reference ?? ''
  variables.ID = new URL(first.redirectUri ?? '').searchParams.get('authIndexValue') ?? ''
  expect(await json()).toMatchObject({ sentTo: 'a•••x@example.com' })

  expect(await json()).toMatchObject({
    openedBy: 'Dana Desk',
    action: 'Unlock the account',
    ticket: 'INC-48213',
  })
  expect(await json()).toMatchObject({ header: 'Confirm that it is you' })

  expect(await snapshot()).toMatchObject({
    state: 'IN_PROGRESS',
    timeline: [{ kind: 'created' }, { kind: 'sent' }, { kind: 'opened' }],
  })

  expect(await json()).toMatchObject({ result: 'DENIED', ending: 'notMe', isLate: false })
  expect(await json()).toMatchObject({ result: [{ reference: variables.REFERENCE, ending: 'notMe' }] })
  expect((await json()).timeline).toMatchObject([
    { kind: 'created' },
    { kind: 'sent' },
    { kind: 'opened' },
    { kind: 'notMe' },
  ])
  expect((await runNext()).status).toBe(409)
  expect(commands).toEqual([])
})

test('the answers that the page shows are JSON', () => {
  const examples = [...page.matchAll(/```json\n([^`]*)```/g)]
  expect(examples.length).toBeGreaterThan(5)
  for (const [, text = ''] of examples) expect(() => JSON.parse(text)).not.toThrow()
})
