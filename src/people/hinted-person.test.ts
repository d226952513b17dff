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
  ['the only person who has it', [pat], pat],
  ['the only active person who has it', [left, pat], pat],
  ['the only person if an agent has it, too', [robot, pat], pat],
  ['no one if two active people share it', [pat, twin], undefined],
  ['no one if the person is inactive', [left], undefined],
  ['no one if too many share it to read all', [...Array(20).fill(left), pat], undefined],
  ['no one if it is unknown', [], undefined],
])('resolves an email address to %s', async (_person, addressed, expected) => {
  expect(await hinted(mail, addressed)).toBe(expected)
})

test('prefers a username over the email address of another person', async () => {
  expect(await hinted(mail, [pat], twin)).toBe(twin)
})
