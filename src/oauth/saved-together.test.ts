import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openStores, type Stores } from '../store/stores.ts'
import { savedTogether } from './saved-together.ts'

let stores: Stores
beforeEach(async () => {
  stores = await openStores({ dataFolder: mkdtempSync(join(tmpdir(), 'sidegate-')), databaseUrl: undefined })
})
afterEach(() => stores.close())

const record = (idHash: string, model = 'AuthorizationCode') => ({
  realm: '/alpha',
  model,
  idHash,
  payload: { jti: idHash },
})
const stored = async (...ids: string[]) => {
  const found = await Promise.all(ids.map((id) => stores.oauth.read('/alpha', 'AuthorizationCode', id)))
  return found.map((each) => each?.idHash)
}

test('the records of a request are saved at its end, and the request reads them before', async () => {
  const store = savedTogether(stores.oauth)
  await store.together(async () => {
    await store.save(record('one'))
    await store.save(record('two'))
    expect(await stored('one', 'two')).toEqual([undefined, undefined])
    expect(await store.read('/alpha', 'AuthorizationCode', 'two')).toMatchObject({ idHash: 'two' })
    expect(await store.read('/alpha', 'Grant', 'two')).toBeUndefined()
  })
  expect(await stored('one', 'two')).toEqual(['one', 'two'])
})

test('a record is saved before it is used, and works once', async () => {
  const store = savedTogether(stores.oauth)
  await store.together(async () => {
    await store.save(record('one'))
    const use = () => store.consume('/alpha', 'AuthorizationCode', 'one', 1)
    expect((await Promise.all([use(), use()])).toSorted()).toEqual([false, true])
  })
})

test('a record that was removed after a request has read it stays removed', async () => {
  const store = savedTogether(stores.oauth)
  await stores.oauth.save(record('one'))
  await store.together(async () => {
    const read = await store.read('/alpha', 'AuthorizationCode', 'one')
    await stores.oauth.remove('/alpha', 'AuthorizationCode', 'one')
    await store.save({ ...record('one'), ...read }, record('two'))
  })
  expect(await stored('one', 'two')).toEqual([undefined, 'two'])
})

test('requests at the same time keep their records apart', async () => {
  const store = savedTogether(stores.oauth)
  const failing = store.together(async () => {
    await store.save(record('one'))
    throw new Error('no answer')
  })
  const other = store.together(() => store.save(record('two')))
  await expect(failing).rejects.toThrow('no answer')
  await other
  expect(await stored('one', 'two')).toEqual([undefined, 'two'])
})

test('what is saved outside of a request, or after its end, is saved at once', async () => {
  const store = savedTogether(stores.oauth)
  await store.save(record('one'))
  const ended = Promise.withResolvers<void>()
  let late: Promise<void> | undefined
  await store.together(async () => {
    late = ended.promise.then(() => store.save(record('two')))
  })
  ended.resolve()
  await late
  expect(await stored('one', 'two')).toEqual(['one', 'two'])
})

test('a request whose records can’t be saved fails', async () => {
  const store = savedTogether(stores.oauth)
  const request = store.together(async () => {
    await store.save(record('one'))
    await stores.close()
  })
  await expect(request).rejects.toThrow()
})
