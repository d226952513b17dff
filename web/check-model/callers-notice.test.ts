import { describe, expect, it } from 'vitest'
import { type CallersNotice, noticePage } from './callers-notice.ts'

const check: CallersNotice = {
  organisation: 'Larkfield Health',
  openedBy: 'Dana Desk',
  application: null,
  question: 'whoCalled',
  action: 'Reset the password',
  reason: null,
  ticket: 'INC-48213',
  secondAgent: null,
  vouchFor: null,
  subject: 'A••• C•••',
}

describe("the caller's first page", () => {
  it('asks who called', () => {
    expect(noticePage(check)).toMatchObject({
      heading: 'whoCalled',
      lede: 'asks',
      goOn: 'iCalled',
      deny: 'somebodyCalled',
      values: { agent: 'Dana Desk', organisation: 'Larkfield Health' },
    })
  })

  it('asks a manager to vouch', () => {
    const page = noticePage({ ...check, question: 'vouch', vouchFor: 'Ed Evers' })
    expect(page).toMatchObject({ heading: 'vouch', goOn: 'vouchYes', deny: 'vouchNo' })
    expect(page.values.person).toBe('Ed Evers')
    expect(page.rows.slice(0, 2)).toEqual([
      { name: 'theyAskFor', value: 'Reset the password' },
      { name: 'you', value: 'A••• C•••' },
    ])
  })

  it.each([
    [{ question: null }, 'onThePhone', 'asks'],
    [{ question: null, openedBy: null }, 'onThePhone', 'asksUnnamed'],
    [{ question: null, openedBy: null, application: 'Shop' }, 'applicationAsks', 'askedForApplication'],
  ])('has plain buttons without a question: %j', (change, heading, lede) => {
    expect(noticePage({ ...check, ...change })).toMatchObject({
      heading,
      lede,
      goOn: 'continue',
      deny: 'notMe',
    })
  })

  it('has rows only for values that are set', () => {
    const { rows } = noticePage({
      ...check,
      action: ' ',
      reason: 'Lost phone',
      secondAgent: 'Noor Night',
      subject: null,
    })
    expect(rows).toEqual([
      { name: 'reason', value: 'Lost phone' },
      { name: 'ticket', value: 'INC-48213' },
      { name: 'secondAgent', value: 'Noor Night' },
    ])
  })
})
