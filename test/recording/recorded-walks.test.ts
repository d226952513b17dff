import { afterAll, expect, test } from 'vitest'
import { completedWalk } from '../../src/testing/record/completed-walk.ts'
import { openerOf } from '../../src/walks/conversations.ts'
import { recordedText } from '../../src/walks/recorded-file.ts'
import { hearingProject } from '../support/heard-walks.ts'

// Walks of the samples are played, heard as a recorder hears them, written, and played again.

const samples = hearingProject('samples')
afterAll(() => samples.close())

/** Records a walk of the samples. @param file its name in `samples/tests`. */
async function recorded(file: string, it: string) {
  const { heard, result } = await samples.hear(`samples/tests/${file}.walk.yaml`, it)
  const front = heard.all.find(({ transaction }) => transaction === undefined)
  if (front === undefined) throw new Error('nothing was heard')
  const group = [front, ...heard.all.filter((each) => openerOf(each, heard.all) === front)]
  const journey = front.journey ?? ''
  const options = { project: samples.project, tester: samples.tester, journey, known: heard.all }
  const walk = await completedWalk(group, { ...options, file: 'samples/tests/new.walk.yaml' })
  return { walk, text: recordedText(journey, [walk]), heard, secrets: result.secrets }
}

test('writes wrong passwords, the right one, and what the sign-in changes', async () => {
  const { walk, text } = await recorded('login', 'signs in at the last try')
  expect(walk.passes).toBe(true)
  expect(text).toContain(`- { answer: { NameCallback: alex, PasswordCallback: wrong }, times: 3 }
      - { answer: { NameCallback: alex, PasswordCallback: "\${alex.password}" } }`)
  expect(text).toContain('loginCount: "+1"')
  expect(text).toContain('generated: true')
})

test('writes an agent and a caller as one walk with two parties', async () => {
  const { walk, text } = await recorded('help-desk', 'lets the caller try again after a wrong password')
  expect(walk.passes).toBe(true)
  expect(text).toContain('caller: { transactionOf: agent }')
  expect(text).toContain('- { caller: { opens: link, asks: Confirm that it is you } }')
  expect(text).toContain('- { agent: { returns: true, asks: User successfully authenticated } }')
})

test('writes the code that the agent reads out, and wrong codes as zeros', async () => {
  const { walk, text } = await recorded('prove-with-code', 'accepts the code after two wrong ones')
  expect(walk.passes).toBe(true)
  expect(text).toContain('NameCallback: "0000000"')
  expect(text).toContain(`NameCallback: "\${agent.code}"`)
})

test('writes that a journey waited', async () => {
  const { walk, text } = await recorded('help-desk', 'expires when nobody opens the link')
  expect(walk.passes).toBe(true)
  expect(text).toContain('- { wait: 5m }')
})

test('finds that only an agent can have started a journey', async () => {
  const { walk, text } = await recorded('help-desk', 'refuses agents who verify themselves')
  expect(walk.passes).toBe(true)
  expect(text).toContain('signedIn: dana')
})

test('says where a walk that depends on more than its requests differs', async () => {
  const { walk } = await recorded('platform-login', 'says that an inactive person is locked out')
  expect(walk).toMatchObject({ passes: false, reason: 'at the end, ends differs' })
})

test('writes no password, code, token, cookie, or id of a session or transaction', async () => {
  for (const [file, it] of [
    ['prove-with-code', 'verifies a caller who types the code and signs in'],
    ['step-up', 'raises the level and leads to its own page'],
  ] as const) {
    const { text, heard, secrets } = await recorded(file, it)
    const wire = heard.all.flatMap(({ transaction, turns }) => [
      transaction,
      ...turns.flatMap(({ sent, shown }) => [
        ...sent.cookies,
        ...sent.newCookies,
        shown.kind === 'page' ? shown.page.authId : undefined,
        shown.kind === 'success' ? shown.token : undefined,
      ]),
    ])
    const canaries = [...secrets, ...wire].filter((each) => each !== undefined && each.length >= 6)
    expect(canaries.length).toBeGreaterThan(3)
    expect(canaries.filter((each) => each !== undefined && text.includes(each))).toEqual([])
  }
})
