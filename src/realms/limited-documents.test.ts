import { afterEach, beforeEach, expect, test } from 'vitest'
import { openNewStores } from '../../test/support/new-database.ts'
import type { Stores } from '../store/stores.ts'
import { limitedDocuments, requireRoom } from './limited-documents.ts'

let stores: Stores
beforeEach(async () => {
  stores = await openNewStores()
})
afterEach(() => stores.close())

const megabyte = 1_048_576
const large = (kind: string, id: string, length = megabyte) => ({
  kind,
  id,
  document: { text: 'x'.repeat(length) },
})
const save = (document: ReturnType<typeof large>, realm = '/alpha') =>
  limitedDocuments(stores.documents).save(realm, document)
const full = /more than 16 MB of settings without effect here/

/** Imports and several kinds together. */
async function fillAlmost() {
  for (let index = 0; index < 8; index++) {
    await save(large('keptChain', `c${index}`, megabyte - 100))
    await save(large('keptDocument', `d${index}`, megabyte - 100))
  }
}

test('all that a realm keeps without effect shares one limit, and only growth is refused', async () => {
  await fillAlmost()
  await expect(save(large('keptService', 'more'))).rejects.toThrow(full)
  await expect(save(large('keptChain', 'c0', 2 * megabyte))).rejects.toThrow(full)
  await save(large('keptChain', 'c0', megabyte - 200))
  await save(large('theme', 'large', 2 * megabyte))
  await save(large('keptService', 'more'), '/beta')
  await stores.documents.remove('/alpha', 'keptChain', 'c0')
  await save(large('keptService', 'more', megabyte - 200))
})

test('a write of several documents counts what it replaces and removes', async () => {
  await fillAlmost()
  const documents = [large('keptDocument', 'new')]
  const check = (removed: { kind: string; id: string }[]) =>
    requireRoom(stores.documents, '/alpha', { documents, removed })
  await expect(check([])).rejects.toThrow(full)
  await expect(check([{ kind: 'theme', id: 'c0' }])).rejects.toThrow(full)
  await check([
    { kind: 'keptChain', id: 'c0' },
    { kind: 'keptChain', id: 'c1' },
  ])
})
