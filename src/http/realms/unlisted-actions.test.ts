import { expect, test } from 'vitest'
import { helpDeskSchema } from '../../realms/help-desk-settings.ts'
import { refuseUnlistedActions } from './unlisted-actions.ts'

const settingsOf = (actions: string[], ...policies: string[][]) =>
  helpDeskSchema.parse({
    actions,
    policies: policies.map((each) => ({ name: 'Phones', actions: each, needs: { level: 2 } })),
  })

const before = settingsOf(['Unlock'], ['Unlock'])

test('a policy is for actions that the realm lists, or for all', () => {
  expect(() => refuseUnlistedActions(before, settingsOf(['Unlock'], [' UNLOCK '], []))).not.toThrow()
})

test('an action is renamed together with its policies', () => {
  expect(() => refuseUnlistedActions(before, settingsOf(['Unlock it'], ['Unlock it']))).not.toThrow()
})

test.each([
  ['a typing error', settingsOf(['Unlock'], [], ['Unlock', 'Unlok']), 'policies.1.actions.1'],
  ['an action that is removed or renamed', settingsOf(['Unlock it'], ['Unlock']), 'policies.0.actions.0'],
])('%s is refused with its place', (_case, after, member) => {
  expect(() => refuseUnlistedActions(before, after)).toThrow(
    expect.objectContaining({ status: 400, detail: { [member]: 'must be one of the actions' } }),
  )
  expect(() => refuseUnlistedActions(before, after, 'helpDesk')).toThrow(
    expect.objectContaining({ detail: { [`helpDesk.${member}`]: 'must be one of the actions' } }),
  )
})

test('stored policies from before stay valid', () => {
  const stored = settingsOf(['Unlock'], ['Lock'])
  expect(() => refuseUnlistedActions(stored, { ...stored, actions: ['Unlock', 'Reset'] })).not.toThrow()
})
