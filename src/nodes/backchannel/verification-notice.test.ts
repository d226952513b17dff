import { describe, expect, it, test } from 'vitest'
import { answer, callbacksOf, outcomeOf, runNode } from '../../../test/support/run-node.ts'
import { serverText } from '../../base/server-texts.ts'
import type { CheckNotice, VerificationPort } from '../ports/help-desk-ports.ts'
import { verificationNotice } from './verification-notice.ts'

const notice: CheckNotice = {
  organisation: 'Larkfield Health',
  agent: 'Dana Desk',
  action: 'Reset the second factor',
  reason: undefined,
  ticket: 'INC-48213',
  secondAgent: undefined,
  vouchFor: undefined,
  reverseCode: 'K7R4',
}

function checkOf(about: CheckNotice | undefined) {
  const rejections: string[] = []
  const verification: VerificationPort = {
    notice: async () => about,
    typeCode: async () => ({ kind: 'over' }),
    reject: async (reason) => void rejections.push(reason),
  }
  return { rejections, ports: { verification } }
}

const pressing = (index: number) => [answer('TextOutputCallback'), answer('ConfirmationCallback', index)]

test('shows the agent, the organization, the action and the code that the agent must know', async () => {
  const { action } = await runNode(verificationNotice, checkOf(notice))
  const [text, buttons] = callbacksOf(action)
  expect(text?.output.message).toBe(
    [
      'Dana Desk of Larkfield Health asks you to prove who you are.',
      'Continue only if you called the help desk. If somebody called you, choose “Somebody called me” and hang up.',
      'You’re asking for: Reset the second factor.',
      'Ticket: INC-48213',
      'Ask the agent to read out this code: K7R4. If they can’t, hang up: they don’t work for us. Call the help desk on the number that you know.',
    ].join('\n'),
  )
  expect(buttons?.output).toMatchObject({
    options: ['Continue', 'This is not me', 'Somebody called me'],
    defaultOption: 1,
  })
  expect(action).toMatchObject({ stage: 'VerificationNotice' })
})

const full = { ...notice, reason: 'Lost phone' }

describe.each(Object.entries(serverText('caller')))('says in %s', (language, texts) => {
  const request = { locales: [language, 'en'] }

  it('everything that a caller has to know', async () => {
    const { action } = await runNode(verificationNotice, { ...checkOf(full), request })
    const [text, buttons] = callbacksOf(action)
    const message = String(text?.output.message)
    for (const fact of [
      'Dana Desk',
      'Larkfield Health',
      'Reset the second',
      'Lost phone',
      'INC-48213',
      'K7R4',
    ])
      expect(message).toContain(fact)
    // The sentence about attackers quotes the button.
    expect(message).toContain(texts.options[2])
    expect(buttons?.output).toMatchObject({ options: texts.options })
    expect(texts.options).toHaveLength(3)
  })

  it('everything that a person who is asked to vouch has to know', async () => {
    const vouch = { ...full, vouchFor: 'Ed Evers' }
    const { action } = await runNode(verificationNotice, { ...checkOf(vouch), request })
    const [text, buttons] = callbacksOf(action)
    expect(String(action.kind === 'send' && action.header)).toContain('Ed Evers')
    for (const fact of ['Ed Evers', 'Dana Desk', 'Larkfield Health', 'K7R4'])
      expect(String(text?.output.message)).toContain(fact)
    expect(buttons?.output).toMatchObject({ options: texts.vouchOptions })
    expect(texts.vouchOptions).toHaveLength(2)
  })
})

test('leaves out missing details', async () => {
  const bare = { ...notice, action: undefined, ticket: undefined, reason: 'Lost phone' }
  const { action } = await runNode(verificationNotice, checkOf(bare))
  const message = String(callbacksOf(action)[0]?.output.message)
  expect(message).toContain('Reason: Lost phone')
  expect(message).not.toContain('asking for')
  expect(message).not.toContain('Ticket')
  expect(message).not.toContain('Second agent')
})

test('continues without rejecting', async () => {
  const { rejections, ports } = checkOf(notice)
  const { action } = await runNode(verificationNotice, { ports, answers: pressing(0) })
  expect(outcomeOf(action)).toBe('continue')
  expect(rejections).toEqual([])
})

test('rejects the check by "This is not me"', async () => {
  const { rejections, ports } = checkOf(notice)
  const { action } = await runNode(verificationNotice, { ports, answers: pressing(1) })
  expect(outcomeOf(action)).toBe('notMe')
  expect(rejections).toEqual(['notMe'])
})

test('rejects the check as an attack by "Somebody called me"', async () => {
  const { rejections, ports } = checkOf(notice)
  const { action } = await runNode(verificationNotice, { ports, answers: pressing(2) })
  expect(outcomeOf(action)).toBe('notMe')
  expect(rejections).toEqual(['calledMe'])
})

test('names the person to vouch for and does not ask who called', async () => {
  const { ports } = checkOf({ ...notice, vouchFor: 'Ed Evers' })
  const { action } = await runNode(verificationNotice, { ports })
  const [text, buttons] = callbacksOf(action)
  expect(action).toMatchObject({ header: 'Do you know that Ed Evers is calling us?' })
  expect(String(text?.output.message)).toContain(
    'Ed Evers says that you are their manager. Dana Desk of Larkfield Health asks you to vouch for them.',
  )
  expect(String(text?.output.message)).toContain('They’re asking for: Reset the second factor.')
  expect(buttons?.output).toMatchObject({ options: ['Yes, I know', 'No, I don’t vouch'], defaultOption: 1 })
})

test('offers a person who is asked to vouch only two answers', async () => {
  const { rejections, ports } = checkOf({ ...notice, vouchFor: 'Ed Evers' })
  const third = await runNode(verificationNotice, { ports, answers: pressing(2) })
  expect(callbacksOf(third.action)).toHaveLength(2)
  const second = await runNode(verificationNotice, { ports, answers: pressing(1) })
  expect(outcomeOf(second.action)).toBe('notMe')
  expect(rejections).toEqual(['notMe'])
})

test('asks again for an unknown button', async () => {
  const { rejections, ports } = checkOf(notice)
  const { action } = await runNode(verificationNotice, { ports, answers: pressing(7) })
  expect(callbacksOf(action)).toHaveLength(2)
  expect(rejections).toEqual([])
})

test('takes the outcome error without a check, whatever was pressed', async () => {
  const { ports } = checkOf(undefined)
  const { action, log } = await runNode(verificationNotice, { ports, answers: pressing(0) })
  expect(outcomeOf(action)).toBe('error')
  expect(log).toEqual([{ level: 'warn', message: 'The journey completes no check of a help desk.' }])
})
