import { describe, expect, test } from 'vitest'
import type { CheckProof, CheckRow } from '../../api/help-desk.ts'
import { checkFrom, standingOf, standingOfRow } from '../../check-model/check.ts'
import { checkMark } from '../../check-model/check-mark.ts'
import { type ResultState, resultTable } from '../../check-model/result-state.ts'
import { shortTime } from '../../check-model/times.ts'
import { recordOf } from '../check-page/record.ts'
import { resultNews } from '../notifications/check-news.ts'
import { resultMessage, shortStatus } from './check-messages.ts'
import { resultFacts } from './result-facts.ts'

const now = new Date(2026, 10, 28, 8, 30).getTime()
const at = now + 13 * 60_000
const needs = { level: 2, secondAgent: true, delayMinutes: 30, because: ['Accounts'] }

type Case = {
  state: ResultState
  grant: CheckProof['grant']
  row: string
  headline: string
  advice: string
  recorded: string
  tone: 'good' | 'bad' | 'info'
  mark: string
}

const action = 'Reset the password'
const noCode = 'The caller typed no code from you, so nothing ties the result to this call. Don’t act on it.'

const cases: Case[] = [
  {
    ...{ state: 'ready', grant: { state: 'ready', expiresAt: at }, tone: 'good', mark: 'verified' },
    ...{ row: 'Verified', headline: 'Verified', recorded: 'Verified' },
    advice: `You may go ahead with: ${action}.`,
  },
  {
    ...{ state: 'not-enough', grant: { state: 'weak', neededLevel: 2 }, tone: 'info', mark: 'not-enough' },
    ...{ row: 'Proven, not enough', headline: `Proven, not enough for ${action}` },
    advice: `“${action}” needs two factors: start a check that asks for more.`,
    recorded: 'Proven, not usable: it needs two factors',
  },
  {
    ...{ state: 'not-enough', grant: { state: 'needsSecondAgent' }, tone: 'info', mark: 'not-enough' },
    ...{ row: 'Proven, not enough', headline: `Proven, not enough for ${action}` },
    advice: `“${action}” needs a second agent: start a check in which one approves.`,
    recorded: 'Proven, not usable: it needs a second agent',
  },
  {
    ...{ state: 'waiting', grant: { state: 'waiting', usableAt: at }, tone: 'info', mark: 'waiting' },
    ...{ row: 'Wait until 08:43', headline: 'Wait until 08:43', recorded: 'Proven, usable from 08:43' },
    advice: `Wait before you act: “${action}” needs two factors, a second agent and a delay of 30 minutes.`,
  },
  {
    ...{ state: 'used', grant: { state: 'used', usedAt: at, usedBy: 'Dana' }, tone: 'info', mark: 'spent' },
    ...{ row: 'Used at 08:43', headline: 'Used at 08:43', recorded: 'Verified and used' },
    advice: 'The result was used, and works once. For another request, start a new check.',
  },
  {
    ...{ state: 'over', grant: { state: 'over' }, tone: 'info', mark: 'spent' },
    ...{ row: 'Over, not used', headline: 'Over, not used', recorded: 'Proven, expired unused' },
    advice: 'Nobody used the result in time. Start a new check.',
  },
  {
    ...{ state: 'withdrawn', tone: 'info', mark: 'not-verified' },
    grant: { state: 'withdrawn', withdrawnAt: at, withdrawnBy: 'Lena Lead' },
    ...{ row: 'Result withdrawn', headline: 'Result withdrawn' },
    advice: 'The result was withdrawn: don’t act on the request.',
    recorded: 'Proven, withdrawn by Lena Lead, 08:43',
  },
  {
    ...{ state: 'paused', grant: { state: 'paused', until: at }, tone: 'bad', mark: 'not-me' },
    ...{ row: 'Paused until 08:43: reported', headline: 'Paused until 08:43: reported' },
    advice: 'An attack on this person was reported. Change nothing, unless a lead lifts the pause.',
    recorded: 'Proven, paused until 08:43 after a report',
  },
  {
    ...{ state: 'unbound', tone: 'info', mark: 'not-enough' },
    grant: { state: 'unbound', reason: 'noCode' },
    ...{ row: 'Proven, but can’t be used', headline: 'Proven, but can’t be used', advice: noCode },
    recorded: 'Proven, not usable: no code',
  },
  {
    ...{ state: 'unbound', tone: 'info', mark: 'not-enough' },
    grant: { state: 'unbound', reason: 'noAction' },
    ...{ row: 'Proven, but can’t be used', headline: 'Proven, but can’t be used' },
    advice: 'The check was for no action, so its result allows none.',
    recorded: 'Proven, not usable: no action',
  },
  {
    ...{ state: 'proven', grant: { state: 'none' }, tone: 'info', mark: 'spent' },
    ...{ row: 'Identity proven', headline: 'Identity proven', recorded: 'Identity proven' },
    advice: 'It is not known yet whether the result can be used. Wait before you act.',
  },
]

const events = [
  { kind: 'created', sequence: 0, at: now },
  { kind: 'approved', sequence: 1, at: now },
]
const check = checkFrom({ reference: '7QK4M2XR', expiresAt: now + 300_000, timeline: events })
const proofOf = (grant: CheckProof['grant']): CheckProof => ({
  ...{ triesLeft: 3, matchedAt: null, isBound: true, methods: ['pwd'], level: 1, needs, grant },
})

describe.each(cases)('a result that is $state ($grant.state)', (result) => {
  const { state, grant, row: status } = result
  const row = {
    ...{ reference: '7QK4M2XR', subject: 'Elena Marsh', action, isOwn: true, ending: 'approved' },
    ...{ rejectedAt: null, rejectionReadAt: null, withdrawnAt: null, vouchFor: null, lastKind: 'approved' },
    grant: { usableAt: null, usedAt: null, until: null, ...grant },
  } as unknown as CheckRow // The places read no other members.

  // Print has the gate and the record; the wall drops a check when it is approved.
  test('has its words and look on the gate', () => {
    const facts = resultFacts(proofOf(grant), shortTime)
    const details = { name: 'Elena Marsh', firstName: 'Elena', action, lifeMinutes: 5, isOwn: true }
    expect(resultMessage(standingOf(check, grant), { ...details, result: facts })).toEqual({
      headline: result.headline,
      sentence: `This is Elena Marsh. ${result.advice}`,
    })
    expect(checkMark(standingOf(check, grant))).toEqual({ kind: result.mark })
  })

  test('has them in the list, the history and the title of the window', () => {
    expect(standingOfRow(row)).toBe(state)
    expect(shortStatus(standingOfRow(row), row.grant, now)).toBe(status)
    expect(checkMark(standingOfRow(row))).toEqual({ kind: result.mark })
  })

  test('has them in its toast', () => {
    const { title, tone } = resultNews(row)
    expect(title).toContain(status.replace(/ (at|until) .*/, ''))
    expect(tone).toBe(result.tone)
  })

  test('has them in the record for the ticket', () => {
    const record = recordOf(
      {
        ...{ check, row, name: 'Elena Marsh', reference: '7QK4M2XR', proof: proofOf(grant) },
        ...{ standing: standingOf(check, grant) },
        details: { name: 'Elena Marsh', firstName: 'Elena', action, lifeMinutes: 5, isOwn: true },
      },
      shortTime,
    )
    expect(Object.fromEntries(record).Result).toBe(result.recorded)
  })
})

test('only a result that is ready is green, has a check mark, and says that the agent may go ahead', () => {
  const entries = Object.entries(resultTable)
  const green = entries.filter(([, { end, tone }]) => end === 'verified' || tone === 'good')
  const inviting = entries.filter(([, { advice }]) => /go ahead/.test(advice({ action })))
  expect([green, inviting].map((each) => each.map(([state]) => state))).toEqual([['ready'], ['ready']])
})
