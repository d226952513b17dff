import { expect, test } from 'vitest'
import { exampleIdentity } from '../store/contract/examples.ts'
import { hintedPerson } from './hinted-person.ts'
import type { Identity } from './identity.ts'

const mail = 'pat@example.com'
const pat = exampleIdentity({ id: 'pat', userName: 'pat', attributes: { mail } })
const left = exampleIdentity({ id: 'left', userName: 'left', attributes: { mail }, isActive: false })
const robot = exampleIdentity({ id: 'robot', userName: 'robot', attributes: { mail }, kind: 'agent' })
const twin = exampleIdentity({ id: 'twin', userName: 'twin', attributes: { mail } })

const hinted = (hint: string, addressed: Identity[], named?: Identity) =>
  hintedPerson(
    {
      read: async () => undefined,
      byUserName: async () => named,
      byAttribute: async (_realm, _attribute, _value, limit) => addressed.slice(0, limit),
    },
    '/alpha',
    hint,
  )

test.each<[string, Identity[], Identity | undefined]>([
  ['the one who has it', [pat], pat],
  ['the one who still works here', [left, pat], pat],
  ['the one who is a person', [robot, pat], pat],
  ['nobody, of two', [pat, twin], undefined],
  ['nobody who may not sign in', [left], undefined],
  ['nobody, of so many that not all were looked at', [...Array(20).fill(left), pat], undefined],
  ['nobody, where nobody has it', [], undefined],
])('a mail address means %s', async (_whom, addressed, expected) => {
  expect(await hinted(mail, addressed)).toBe(expected)
})

test('a user name wins over the address of somebody else', async () => {
  expect(await hinted(mail, [pat], twin)).toBe(twin)
})
