import { describe, expect, it } from 'vitest'
import type { OfferedCheck, Person } from '../../api/help-desk.ts'
import { firstDraft, missingPart, startOptions } from './check-draft.ts'

const check = (journey: string): OfferedCheck => ({
  ...{ journey, title: journey, description: '', takesMail: true, lifeSeconds: 300 },
  ...{ level: 1, hasSecondAgent: false },
})
const [simple, strong] = [check('HelpDesk'), check('VerifyWithCode')]
const offer = { checks: [simple, strong], actions: ['Reset the password', 'Unlock the account'] }
const person: Person = { _id: '1', hasMail: true, hasNumber: true, pausedUntil: null }

describe('the form of a new check', () => {
  it('has nothing chosen for the agent', () => {
    const draft = firstDraft(offer, { page: 'new' })
    expect(draft).toMatchObject({ action: undefined, check: undefined })
    expect(missingPart(draft)).toBe('caller')
    expect(missingPart({ ...draft, person })).toBe('action')
    expect(missingPart({ ...draft, person, action: '' })).toBe('check')
    expect(startOptions('/alpha', { ...draft, person, action: '' })).toBeUndefined()
  })

  it('has a single check or action chosen', () => {
    const draft = firstDraft({ checks: [strong], actions: ['Unlock the account'] }, { page: 'new' })
    expect(draft).toMatchObject({ action: 'Unlock the account', check: strong })
    expect(firstDraft({ checks: [strong], actions: [] }, { page: 'new' }).action).toBe('')
  })

  it('repeats a check, also one that only verified the caller', () => {
    const repeat = { page: 'new', check: 'VerifyWithCode', ticket: 'INC-7', reason: 'Locked out' } as const
    expect(firstDraft(offer, repeat)).toMatchObject({ action: '', check: strong, reason: 'Locked out' })
    const action = 'Unlock the account'
    expect(firstDraft(offer, { ...repeat, action })).toMatchObject({ action, check: strong, ticket: 'INC-7' })
  })

  it('asks again for an action or check that is no longer offered', () => {
    const gone = { page: 'new', check: 'Gone', action: 'Gone, too' } as const
    expect(firstDraft(offer, gone)).toMatchObject({ action: undefined, check: undefined })
  })

  it('starts the chosen check', () => {
    const draft = {
      ...firstDraft(offer, { page: 'new', ticket: 'INC-7' }),
      person,
      action: '',
      check: strong,
    }
    expect(startOptions('/alpha', draft)).toEqual({
      ...{ realm: '/alpha', check: strong, person },
      purpose: { action: '', reason: '', ticket: 'INC-7' },
    })
  })
})
