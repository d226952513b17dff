import { describe, expect, test } from 'vitest'
import { answer, callbacksOf, outcomeOf, runNode } from '../../../test/support/run-node.ts'
import { selfService } from '../../../test/support/self-service.ts'
import { kbaCreate } from './kba-create.ts'

const questions = {
  '7': { en: 'Favorite color?', fr: 'Couleur ?' },
  '9': { en: 'First employer?' },
  '11': {},
}
const { selfService: realm } = selfService()
const ports = selfService({ kba: { ...realm.kba, questions } })
const given = (question: string, answered: string) =>
  answer('KbaCreateCallback', undefined, { question, answer: answered })
const ask = (answers: ReturnType<typeof given>[], config = {}) =>
  runNode(kbaCreate, { ports, answers, config })

test('asks for as many questions as the realm requires, in the request’s locale', async () => {
  const request = { locales: ['fr'] }
  const { action } = await runNode(kbaCreate, { ports, request, config: { message: { fr: 'Choisissez.' } } })
  expect(callbacksOf(action)).toHaveLength(2)
  expect(callbacksOf(action)[0]).toEqual({
    type: 'KbaCreateCallback',
    output: {
      prompt: 'Choisissez.',
      predefinedQuestions: ['Couleur ?', 'First employer?', 'Unable to find translation.'],
      allowUserDefinedQuestions: true,
    },
  })
})

test('uses the configured prompt', async () => {
  expect(callbacksOf((await ask([])).action)[0]?.output.prompt).toBe('Select a security question.')
})

test('stores the realm’s questions by id and others by text, in transient state', async () => {
  const { action, state } = await ask([given('Favorite color?', 'Blue'), given('My cat?', 'Tom')])
  expect(outcomeOf(action)).toBe('outcome')
  const kbaInfo = [
    { questionId: '7', answer: 'Blue' },
    { customQuestion: 'My cat?', answer: 'Tom' },
  ]
  expect(state.transient).toEqual({ objectAttributes: { kbaInfo } })
  expect(state.shared).toEqual({})
})

test('accepts the index of a question, as sent by the login widget', async () => {
  const { state } = await ask([given('1', 'Acme'), given('0', 'Blue')])
  expect(state.transient).toEqual({
    objectAttributes: {
      kbaInfo: [
        { questionId: '9', answer: 'Acme' },
        { questionId: '7', answer: 'Blue' },
      ],
    },
  })
})

describe('asks again and keeps the answers for', () => {
  test.each([
    ['a question that was chosen twice', [given('My cat?', 'Tom'), given('my CAT', 'Tim')], {}],
    ['a blank question', [given(' ', 'Tom'), given('0', 'Blue')], {}],
    ['a blank answer', [given('My cat?', ' '), given('0', 'Blue')], {}],
    ['too few questions', [given('My cat?', 'Tom')], {}],
    [
      'a question of the person if that is not allowed',
      [given('My cat?', 'Tom'), given('0', 'Blue')],
      { allowUserDefinedQuestions: false },
    ],
  ])('%s', async (_case, answers, config) => {
    const { action, state } = await ask(answers, config)
    const [first, second] = callbacksOf(action)
    expect(first?.input).toEqual({
      question: String(answers[0]?.input.question).trim(),
      answer: answers[0]?.input.answer,
    })
    expect(second?.type).toBe('KbaCreateCallback')
    expect(state.transient).toEqual({})
  })
})

test('asks nothing if the realm requires no questions', async () => {
  const none = selfService({ kba: { ...realm.kba, minimumAnswersToDefine: 0 } })
  const { action, state } = await runNode(kbaCreate, { ports: none })
  expect(outcomeOf(action)).toBe('outcome')
  expect(state.transient).toEqual({})
})
