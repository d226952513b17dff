import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Push } from '../../people/devices/push/push.ts'
import type { Stores } from '../stores.ts'
import { exampleCommit, exampleJourneySession, type OpenStores, start } from './examples.ts'

const expiresAt = start + 120_000

export function pushStoreContract(open: OpenStores): void {
  describe('pushes', () => {
    let stores: Stores
    beforeEach(async () => {
      stores = await open()
    })
    afterEach(() => stores.close())

    /** Saves a push with a step, as journeys do. */
    async function asked(change: Partial<Push> = {}): Promise<Push> {
      const push: Push = {
        idHash: randomUUID(),
        realm: '/alpha',
        kind: 'authenticate',
        state: 'waiting',
        personId: 'alex',
        journeySession: 'journey',
        body: 'sealed',
        createdAt: start,
        expiresAt,
        ...change,
      }
      expect(await commit({ kind: 'ask', push })).toBe('committed')
      return push
    }
    const commit = (change: { kind: 'ask'; push: Push } | { kind: 'use'; idHash: string }) =>
      stores.steps.commit(exampleCommit(exampleJourneySession(), { pushes: [change] }))
    const answer = ({ idHash }: Push, to: 'approved' | 'denied' = 'approved', now = start) =>
      stores.pushes.answer(idHash, to, 'sealed answer', now)

    test('returns a push as it was saved, and with its answer', async () => {
      const push = await asked()
      expect(await stores.pushes.read(push.idHash)).toEqual(push)
      expect(await stores.pushes.read('unknown')).toBeUndefined()
      expect(await answer(push, 'denied')).toBe(true)
      expect(await stores.pushes.read(push.idHash)).toEqual({
        ...push,
        state: 'denied',
        answer: 'sealed answer',
      })
    })

    test('answers a push once, whatever the answers are', async () => {
      const push = await asked()
      const answers = await Promise.all(
        Array.from({ length: 10 }, (_, place) => answer(push, place % 2 === 0 ? 'approved' : 'denied')),
      )
      expect(answers.filter((isAnswered) => isAnswered)).toHaveLength(1)
      expect(await answer(push)).toBe(false)
    })

    test('takes no answer after the end', async () => {
      const push = await asked()
      expect(await answer(push, 'approved', expiresAt)).toBe(false)
      expect(await answer(push, 'approved', expiresAt - 1)).toBe(true)
    })

    test('uses an approval once, also of concurrent steps', async () => {
      const push = await asked()
      await answer(push)
      const used = await Promise.all(
        Array.from({ length: 5 }, () => commit({ kind: 'use', idHash: push.idHash })),
      )
      expect(used.toSorted()).toEqual(['committed', 'push', 'push', 'push', 'push'])
      expect(await stores.pushes.read(push.idHash)).toEqual({ ...push, state: 'used' })
    })

    test('uses no push that waits or was denied', async () => {
      const [waiting, denied] = [await asked(), await asked()]
      await answer(denied, 'denied')
      for (const { idHash } of [waiting, denied]) expect(await commit({ kind: 'use', idHash })).toBe('push')
    })

    test('deletes what expired before a time', async () => {
      const old = await asked()
      const fresh = await asked({ expiresAt: expiresAt + 1 })
      expect(await stores.pushes.deleteExpiredBefore(expiresAt + 1)).toBe(1)
      expect(await stores.pushes.read(old.idHash)).toBeUndefined()
      expect(await stores.pushes.read(fresh.idHash)).toEqual(fresh)
    })
  })
}
