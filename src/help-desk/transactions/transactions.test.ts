import { expect, test } from 'vitest'
import { digest } from '../../secrets/digest.ts'
import { unknownOpener } from './transaction.ts'
import { newTransaction } from './transactions.ts'

const opening = {
  realm: '/alpha',
  journey: 'VerifyCaller',
  subject: undefined,
  data: {},
  allowRetry: true,
  trackingId: undefined,
  lifeSeconds: 180,
  openedBy: unknownOpener,
}

test('gives every transaction a random UUID', () => {
  const ids = Array.from({ length: 200 }, () => newTransaction(opening, 0).id)
  // Version 4 has 122 random bits. Source: RFC 9562.
  for (const id of ids)
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(new Set(ids.flatMap((id) => [id.slice(0, 8), id.slice(24)])).size).toBe(400)
})

test('stores the hash of the id and not the id', () => {
  const { id, transaction } = newTransaction(opening, 0)
  expect(transaction.idHash).toBe(digest(id))
  expect(JSON.stringify(transaction)).not.toContain(id)
})
