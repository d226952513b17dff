import { expect, test } from 'vitest'
import { exampleIdentity } from '../store/contract/examples.ts'
import { linkTo } from './directories/directory-link.ts'
import type { Identity } from './identity.ts'
import { meantPerson } from './meant-person.ts'

const mail = 'pat@example.com'
const pat = exampleIdentity({ id: 'pat', userName: 'pat', attributes: { mail } })
const left = exampleIdentity({ id: 'left', userName: 'left', attributes: { mail }, isActive: false })
const robot = exampleIdentity({ id: 'robot', userName: 'robot', attributes: { mail }, kind: 'agent' })
const twin = exampleIdentity({ id: 'twin', userName: 'twin', attributes: { mail } })
const owner = exampleIdentity({ id: 'owner', userName: mail, attributes: { mail: 'PAT@example.com' } })
const squatter = exampleIdentity({
  id: 'squatter',
  userName: mail,
  attributes: { mail: 'other@example.com' },
})
const linked = { ...squatter, passwordHash: linkTo('uid=pat,dc=example', true) }

const meant = (text: string, addressed: Identity[], named?: Identity) =>
  meantPerson(
    {
      read: async (_realm, id) => (named?.id === id ? named : undefined),
      byUserName: async (_realm, name) => (named?.userName === name ? named : undefined),
      byAttribute: async (_realm, _attribute, _value, limit) => addressed.slice(0, limit),
    },
    '/alpha',
    text,
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
  expect(await meant(mail, addressed)).toBe(expected)
})

test.each<[string, Identity, Identity[], Identity | undefined]>([
  ['its owner', owner, [owner], owner],
  ['no one if it is the username of one person and the address of another', squatter, [pat], undefined],
  ['no one if the owner shares the address', owner, [owner, pat], undefined],
  ['no one if the person has another address', squatter, [], undefined],
  ['a person of a directory with another address', linked, [], linked],
])('resolves a username in the form of an address to %s', async (_person, named, addressed, expected) => {
  expect(await meant(mail, addressed, named)).toBe(expected)
})

test.each([['pat'], ['other']])(
  'resolves an id or a username without looking at addresses: %s',
  async (text) => {
    const person = exampleIdentity({ id: 'pat', userName: 'other', attributes: {} })
    expect(await meant(text, [], person)).toBe(person)
  },
)
