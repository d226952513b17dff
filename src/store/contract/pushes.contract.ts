import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Push, PushChange } from '../../people/devices/push/push.ts'
import { denials, pushesOfPerson } from '../../people/devices/push/push-limits.ts'
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

    const pushOf = (change: Partial<Push>): Push => ({
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
    })

    /** Saves a push with a step, as journeys do. */
    async function asked(change: Partial<Push> = {}): Promise<Push> {
      const push = pushOf(change)
      expect(await commit({ kind: 'ask', push })).toBe('committed')
      return push
    }
    const commit = (change: PushChange) => {
      const limits = [pushesOfPerson('/alpha', 'alex', 100)]
      return stores.steps.commit(exampleCommit(exampleJourneySession(), { pushes: [change], limits }))
    }
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

    /** Asks for a person with at most two open questions. */
    const askAgain = () => commit({ kind: 'ask', push: pushOf({}), maxOpen: 2 })

    test('asks a person with few open questions, also in concurrent steps', async () => {
      const committed = await Promise.all(Array.from({ length: 6 }, askAgain))
      expect(committed.filter((result) => result === 'committed')).toHaveLength(2)
      expect(new Set(committed)).toEqual(new Set(['committed', 'push']))
      expect(await stores.pushes.countOpen('/alpha', 'alex', start)).toBe(2)
    })

    test('counts as open what waits or was denied, until it expires', async () => {
      const [waiting, denied] = [await asked(), await asked({ expiresAt: expiresAt + 1 })]
      await answer(denied, 'denied')
      expect(await askAgain()).toBe('push')
      await answer(waiting)
      expect(await askAgain()).toBe('committed')
      expect(await askAgain()).toBe('push')
      expect(await stores.pushes.countOpen('/alpha', 'alex', start)).toBe(2)
      expect(await stores.pushes.countOpen('/alpha', 'alex', expiresAt)).toBe(1)
      expect(await stores.pushes.countOpen('/alpha', 'alex', expiresAt + 1)).toBe(0)
    })

    test('does not count registrations, other people and other realms as open', async () => {
      await asked()
      for (const other of [{ kind: 'register' as const }, { personId: 'sam' }, { realm: '/beta' }])
        await asked(other)
      expect(await stores.pushes.countOpen('/alpha', 'alex', start)).toBe(1)
      expect(await askAgain()).toBe('committed')
    })

    test('saves a denial with its count and its entry, or none of them', async () => {
      const push = await asked()
      const denial = denials('/alpha', 'alex')
      const deny = (id: string) =>
        stores.pushes.answer(push.idHash, 'denied', 'sealed', start, {
          limits: [denial],
          auditEntries: [{ id, content: '{}', isOpen: false, savedAt: start }],
        })
      const saved = async () => [
        (await stores.limits.read(denial.key, start))?.count ?? 0,
        await stores.audit.countWaiting(),
      ]
      expect(await deny('one')).toBe(true)
      expect(await saved()).toEqual([1, 1])
      expect(await deny('two')).toBe(false)
      expect(await saved()).toEqual([1, 1])
    })

    test('denies with a wrong number whatever else waits for the person', async () => {
      const [push, other] = [await asked(), await asked()]
      const approved = await asked()
      await answer(approved)
      const others = [{ kind: 'register' as const }, { personId: 'sam' }, { realm: '/beta' }]
      const kept = await Promise.all(others.map((each) => asked(each)))
      const deniesOthersOf = { realm: '/alpha', personId: 'alex' }
      const effects = { limits: [], auditEntries: [], deniesOthersOf }
      expect(await stores.pushes.answer(push.idHash, 'denied', 'sealed', start, effects)).toBe(true)
      const state = async ({ idHash }: Push) => (await stores.pushes.read(idHash))?.state
      expect(await state(other)).toBe('denied')
      expect(await state(approved)).toBe('approved')
      for (const each of kept) expect(await state(each)).toBe('waiting')
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
