import { expect, test } from 'vitest'
import { answer, callbacksOf, outcomeOf, runNode } from '../../../test/support/run-node.ts'
import type { VerificationPort } from '../ports/help-desk-ports.ts'
import { verificationCode } from './verification-code.ts'

type Typed = Awaited<ReturnType<VerificationPort['typeCode']>>

function check(typed: Typed, isThere = true) {
  const tries: string[] = []
  const about = {
    organisation: 'Larkfield',
    agent: 'Dana',
    action: undefined,
    reason: undefined,
    ticket: undefined,
    secondAgent: undefined,
    vouchFor: undefined,
    reverseCode: 'K7R4',
  }
  const verification: VerificationPort = {
    notice: async () => (isThere ? about : undefined),
    typeCode: async (code) => {
      tries.push(code)
      return typed
    },
    reject: async () => undefined,
  }
  return { tries, ports: { verification } }
}

test.each([[[]], [[answer('NameCallback', '')]], [[answer('NameCallback', '  ')]]])(
  'asks for the code and spends no attempt for %j',
  async (answers) => {
    const { tries, ports } = check({ kind: 'right' })
    const { action } = await runNode(verificationCode, { ports, answers })
    expect(callbacksOf(action)).toEqual([
      { type: 'NameCallback', output: { prompt: 'Code that the agent reads to you' } },
    ])
    expect(tries).toEqual([])
  },
)

test.each<[string, Typed, string]>([
  ['the right code', { kind: 'right' }, 'correct'],
  ['the last wrong code', { kind: 'wrong', triesLeft: 0 }, 'exhausted'],
  ['a code for a check that has ended', { kind: 'over' }, 'error'],
])('%s', async (_case, typed, outcome) => {
  const { tries, ports } = check(typed)
  const { action } = await runNode(verificationCode, { ports, answers: [answer('NameCallback', ' 402719 ')] })
  expect(outcomeOf(action)).toBe(outcome)
  expect(tries).toEqual(['402719'])
})

test.each([
  [2, '2 tries are left.'],
  [1, 'One try is left.'],
])('asks again after a wrong code and shows that %d attempts are left', async (triesLeft, text) => {
  const { ports } = check({ kind: 'wrong', triesLeft })
  const { action } = await runNode(verificationCode, { ports, answers: [answer('NameCallback', '111111')] })
  const [notice, question] = callbacksOf(action)
  expect(notice?.output).toMatchObject({ messageType: '2' })
  expect(notice?.output.message).toContain(text)
  expect(question?.type).toBe('NameCallback')
})

test('takes the outcome error and spends no attempt without a check', async () => {
  const { tries, ports } = check({ kind: 'right' }, false)
  const { action, log } = await runNode(verificationCode, {
    ports,
    answers: [answer('NameCallback', '402719')],
  })
  expect(outcomeOf(action)).toBe('error')
  expect(log).toEqual([{ level: 'warn', message: 'The journey completes no check of a help desk.' }])
  expect(tries).toEqual([])
})

test('asks in the language of the request, and counts the attempts in it', async () => {
  const { ports } = check({ kind: 'wrong', triesLeft: 1 })
  const request = { locales: ['de-AT', 'en'] }
  const { action } = await runNode(verificationCode, {
    ports,
    request,
    answers: [answer('NameCallback', '000000')],
  })
  const [wrong, question] = callbacksOf(action)
  expect(wrong?.output.message).toMatch(/Sie haben noch einen Versuch\.$/)
  expect(question?.output).toEqual({ prompt: 'Code, der Ihnen vorgelesen wird' })
  expect(action).toMatchObject({ header: 'Geben Sie den Code ein', stage: 'VerificationCode' })
})
