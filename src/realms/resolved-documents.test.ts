import { expect, test } from 'vitest'
import type { RealmDocument } from './document-store.ts'
import { resolvedDocuments } from './resolved-documents.ts'

const document = (id: string, from: string): RealmDocument => ({
  kind: 'emailTemplate',
  id,
  document: { from },
})
const stored = [
  document('plain', 'a'),
  document('placed', 'desk@&{esv.domain}'),
  document('lost', '&{esv.none}'),
]

test('documents have the values of their realm, and those without a value count as missing', async () => {
  const problems: string[] = []
  const documents = resolvedDocuments(
    {
      all: async () => stored,
      read: async (_realm, _kind, id) => stored.find((one) => one.id === id),
    },
    {
      inRealm: (realm) => (name) =>
        name === 'esv.domain' && realm === '/alpha'
          ? { text: 'example.com', type: 'string', isVariable: true }
          : undefined,
    },
    (realm, { id }, { message }) => problems.push(`${realm} ${id}: ${message}`),
  )
  const placed = document('placed', 'desk@example.com')
  expect(await documents.all('/alpha', 'emailTemplate')).toEqual([stored[0], placed])
  expect(await documents.read('/alpha', 'emailTemplate', 'placed')).toEqual(placed)
  expect(await documents.read('/beta', 'emailTemplate', 'placed')).toBeUndefined()
  expect(problems).toEqual(['/alpha lost: esv.none is not set', '/beta placed: esv.domain is not set'])
})

test('of documents whose values are too long together, the last ones count as missing', async () => {
  const problems: string[] = []
  const documents = resolvedDocuments(
    {
      all: async () => Array.from({ length: 10 }, (_, each) => document(`${each}`, '&{esv.long}')),
      read: async () => undefined,
    },
    { inRealm: () => () => ({ text: 'x'.repeat(1_000_000), type: 'string', isVariable: true }) },
    (_realm, { id }, { problem }) => problems.push(`${id}: ${problem}`),
  )
  expect(await documents.all('/alpha', 'emailTemplate')).toHaveLength(9)
  expect(problems).toEqual(['9: size'])
})
