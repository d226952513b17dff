import { expect, test } from 'vitest'
import { alex, onePerson } from '../../../test/support/one-person.ts'
import { answer, callbacksOf, noAttemptChecked, outcomeOf, runNode } from '../../../test/support/run-node.ts'
import { selfService } from '../../../test/support/self-service.ts'
import type { JsonObject } from '../../base/json.ts'
import type { Ports } from '../ports/ports.ts'
import type { KbaSettings } from '../ports/self-service-port.ts'
import { kbaVerify } from './kba-verify.ts'

const questions = { '7': { en: 'Favorite color?', fr: 'Couleur ?' }, '9': { en: 'First employer?' } }
const kept = [
  { questionId: '7', answer: 'blue' },
  { customQuestion: 'My cat?', answer: 'tom' },
]
const person = { ...alex, kbaInfo: kept }
const given = (prompt: string, value: string) => ({
  ...answer('PasswordCallback', value),
  output: { prompt },
})

type Case = {
  who?: JsonObject
  kba?: Partial<KbaSettings>
  answers?: ReturnType<typeof given>[]
  random?: number
  locales?: string[]
  ports?: Partial<Ports>
}

async function verify({ who = {}, kba = {}, answers = [], random = 0, locales = ['en'], ports: more }: Case) {
  const { selfService: realm } = selfService()
  const { ports, patches } = onePerson(
    { ...person, ...who },
    { checkAnswer: async (stored, value) => stored === value },
  )
  const ran = await runNode(kbaVerify, {
    shared: { username: 'alex' },
    ports: { ...ports, ...selfService({ kba: { ...realm.kba, questions, ...kba } }), ...more },
    answers,
    request: { locales },
    context: { random },
  })
  return { ...ran, patches }
}

const prompts = async (options: Case) =>
  callbacksOf((await verify(options)).action).map(({ type, output }) => [type, output.prompt])

test.each([
  [0, 'Favorite color?'],
  [0.49, 'Favorite color?'],
  [0.5, 'My cat?'],
  [0.99, 'My cat?'],
])('asks for random value %d: %s', async (random, question) => {
  expect(await prompts({ random })).toEqual([['PasswordCallback', question]])
})

test('asks as many questions as the realm requires, each once', async () => {
  expect(await prompts({ random: 0.6, kba: { minimumAnswersToVerify: 2 } })).toEqual([
    ['PasswordCallback', 'My cat?'],
    ['PasswordCallback', 'Favorite color?'],
  ])
})

test('asks in the request’s locale', async () => {
  expect(await prompts({ locales: ['fr'] })).toEqual([['PasswordCallback', 'Couleur ?']])
})

test.each([
  ['one right answer', [given('My cat?', 'tom')]],
  ['a question in another language', [given('Couleur ?', 'blue')]],
])('accepts %s', async (_case, answers) => {
  const { action, patches } = await verify({ answers })
  expect(outcomeOf(action)).toBe('true')
  expect(patches).toEqual([])
})

test('resets the count of wrong answers after a right one', async () => {
  const { patches } = await verify({ answers: [given('My cat?', 'tom')], who: { kbaAttempts: 2 } })
  expect(patches).toEqual([['u-1', { kbaAttempts: 0 }]])
})

test.each([
  ['a wrong answer', [given('My cat?', 'tim')], {}],
  ['one wrong answer of two', [given('My cat?', 'tom'), given('Favorite color?', 'red')], {}],
  ['an answer to a question that was not asked', [given('My dog?', 'tom')], {}],
])('counts %s', async (_case, answers, kba) => {
  const { action, log, patches } = await verify({ answers, kba, who: { kbaAttempts: 2 } })
  expect(outcomeOf(action)).toBe('false')
  expect(log).toEqual([{ level: 'warn', message: 'Provided answer(s) are invalid' }])
  expect(patches).toEqual([['u-1', { kbaAttempts: 3 }]])
})

test('writes nothing if the realm does not count', async () => {
  const { patches } = await verify({
    answers: [given('My cat?', 'tim')],
    kba: { kbaAttemptsPropertyName: null },
  })
  expect(patches).toEqual([])
})

test('does not check too few answers', async () => {
  const { action, log } = await verify({
    answers: [given('My cat?', 'tom')],
    kba: { minimumAnswersToVerify: 2 },
  })
  expect(outcomeOf(action)).toBe('false')
  expect(log).toEqual([{ level: 'warn', message: 'Not enough answers provided' }])
})

test.each([
  ['too many wrong answers', { who: { kbaAttempts: 6 } }, 'Maximum attempts exceeded'],
  [
    'a realm that asks no questions',
    { kba: { minimumAnswersToVerify: 0 } },
    'Minimum answers to verify is set to zero',
  ],
  ['too few questions', { who: { kbaInfo: [] } }, 'Object has defined fewer questions than the minimum'],
  [
    'questions in an invalid form',
    { who: { kbaInfo: 'cat' } },
    'Object has defined fewer questions than the minimum',
  ],
  ['a question that the realm deleted', { kba: { questions: {} } }, 'Question id 7 is not defined'],
  ['an unknown person', { who: { userName: 'kim' } }, 'Failed to retrieve user object'],
])('fails for %s', async (_case, options, message) => {
  expect((await verify(options)).action).toEqual({ kind: 'error', message })
})

test('allows one more attempt at the maximum of wrong answers', async () => {
  expect(await prompts({ who: { kbaAttempts: 5 } })).toHaveLength(1)
  expect(await prompts({ who: { kbaAttempts: 500 }, kba: { numberOfAttemptsAllowed: null } })).toHaveLength(1)
})

test('rejects a right answer unchecked after too many wrong attempts, without counting it', async () => {
  const { action, log, patches } = await verify({
    answers: [given('My cat?', 'tom')],
    who: { kbaAttempts: 2 },
    ports: { attempts: noAttemptChecked },
  })
  expect(outcomeOf(action)).toBe('false')
  expect(patches).toEqual([])
  expect(log).toEqual([{ level: 'warn', message: 'Too many wrong attempts: no more are checked for now' }])
})
