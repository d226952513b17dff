import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { realmSettingsSchema } from '../../realms/realm.ts'
import type { StepCommit } from '../../runtime/step-store.ts'
import { expiryOf } from '../../sessions/session.ts'
import type { Stores } from '../stores.ts'
import {
  exampleCommit,
  exampleIdentity,
  exampleJourneySession,
  exampleSession,
  exampleTransaction,
  type OpenStores,
  start,
} from './examples.ts'

const now = start + 1000
const until = now + 10_000

export function stepStoreContract(open: OpenStores): void {
  describe('steps', () => {
    let stores: Stores
    beforeEach(async () => {
      stores = await open()
    })
    afterEach(() => stores.close())

    async function begun(change: Parameters<typeof exampleJourneySession>[0] = {}) {
      const session = exampleJourneySession(change)
      expect(await stores.steps.commit(exampleCommit(session))).toBe('committed')
      return session
    }
    const claim = (idHash: string, owner: string, at = now) =>
      stores.steps.claim(idHash, 0, owner, at, at + 10_000)

    test('saves audit entries with their step, but not with a refused one', async () => {
      const entry = { id: '1', content: '{}', isOpen: false, savedAt: start }
      const session = exampleJourneySession()
      expect(await stores.steps.commit(exampleCommit(session, { auditEntries: [entry] }))).toBe('committed')
      const lost = { claimed: { step: 0, owner: 'nobody' }, auditEntries: [{ ...entry, id: '2' }] }
      expect(await stores.steps.commit(exampleCommit(session, lost))).toBe('claim')
      expect(await stores.audit.waiting(start, 10)).toEqual([entry])
    })

    test('returns a journey session as saved', async () => {
      const session = await begun({ lastRequest: 'hash', lastAnswer: 'sealed', outcome: 'failure' })
      expect(await stores.steps.read(session.idHash)).toEqual(session)
      expect(await stores.steps.read('another')).toBeUndefined()
    })

    test('gives a step to one of two concurrent claims and reports busy to the other', async () => {
      const session = await begun()
      const claims = await Promise.all([claim(session.idHash, 'a'), claim(session.idHash, 'b')])
      expect(claims).toContainEqual(expect.objectContaining({ kind: 'claimed', session }))
      expect(claims).toContainEqual({ kind: 'busy' })
    })

    test('lets another owner take over an expired claim, which the first owner loses', async () => {
      const session = await begun()
      await claim(session.idHash, 'a')
      expect((await claim(session.idHash, 'b', until)).kind).toBe('busy')
      expect((await claim(session.idHash, 'b', until + 1)).kind).toBe('claimed')
      const commit = (owner: string) =>
        stores.steps.commit(exampleCommit({ ...session, body: owner }, { claimed: { step: 0, owner } }))
      expect(await commit('a')).toBe('claim')
      expect(await commit('b')).toBe('committed')
      expect((await stores.steps.read(session.idHash))?.body).toBe('b')
    })

    test('lets only the owner extend a claim', async () => {
      const { idHash } = await begun()
      await claim(idHash, 'a')
      await stores.steps.renew(idHash, 'b', until + 20_000)
      await stores.steps.renew(idHash, 'a', until + 10_000)
      expect((await claim(idHash, 'b', until + 10_000)).kind).toBe('busy')
      expect((await claim(idHash, 'b', until + 10_001)).kind).toBe('claimed')
    })

    test.each([true, false])(
      'moves the step forward and ends the claim with a commit (plain: %s)',
      async (isPlain) => {
        const session = await begun()
        await claim(session.idHash, 'a')
        const next = { ...session, step: 1, body: 'next', lastRequest: 'hash' }
        const claimed = { step: 0, owner: 'a' }
        expect(await stores.steps.commit(exampleCommit(next, { claimed, isPlain }))).toBe('committed')
        expect(await stores.steps.read(session.idHash)).toEqual(next)
        expect(await claim(session.idHash, 'b')).toEqual({ kind: 'moved', session: next })
        expect((await stores.steps.claim(session.idHash, 1, 'b', now, until)).kind).toBe('claimed')
      },
    )

    test('does not claim a step of a deleted journey session', async () => {
      const unanswered = await begun({ step: 1 })
      const expired = await begun()
      await stores.steps.deleteUnanswered(unanswered.expiresAt + 1)
      expect((await stores.steps.claim(unanswered.idHash, 1, 'a', now, until)).kind).toBe('unknown')
      await stores.steps.deleteExpired(expired.expiresAt + 1)
      expect((await claim(expired.idHash, 'a')).kind).toBe('unknown')
    })

    test('does not move a step forward after its realm was removed', async () => {
      const realm = { path: '/removed', isActive: true, aliases: [], settings: realmSettingsSchema.parse({}) }
      await stores.realms.save(realm)
      const session = await begun({ realm: realm.path })
      await stores.realms.remove(realm.path)
      const commit = exampleCommit({ ...session, step: 1 }, { claimed: { step: 0, owner: 'a' } })
      if ((await claim(session.idHash, 'a')).kind === 'claimed')
        expect(await stores.steps.commit(commit)).toBe('claim')
      expect((await claim(session.idHash, 'b', until + 1)).kind).toBe('unknown')
    })

    test('does not claim a step of an unknown journey session', async () => {
      expect(await claim('another', 'a')).toEqual({ kind: 'unknown' })
    })

    test('drops the response that version 0.1 kept in a column with the next step', async () => {
      const { lastAnswer: _former, ...session } = await begun({ lastRequest: 'first', lastAnswer: 'sealed' })
      await claim(session.idHash, 'a')
      const next = { ...session, step: 1, lastRequest: 'second' }
      const claimed = { step: 0, owner: 'a' }
      expect(await stores.steps.commit(exampleCommit(next, { claimed, isPlain: true }))).toBe('committed')
      expect(await stores.steps.read(session.idHash)).toEqual(next)
    })

    test('lets only the owner release a claim, which others can then take', async () => {
      const { idHash } = await begun()
      await claim(idHash, 'a')
      await stores.steps.release(idHash, 'b')
      expect((await claim(idHash, 'b')).kind).toBe('busy')
      await stores.steps.release(idHash, 'a')
      expect((await claim(idHash, 'b')).kind).toBe('claimed')
    })

    test('does not overwrite with a commit without a claim', async () => {
      const session = await begun()
      const again = exampleCommit(
        { ...session, body: 'other' },
        { signIn: { session: exampleSession(), personCreatedAt: start } },
      )
      expect(await stores.steps.commit(again)).toBe('claim')
      expect(await stores.steps.read(session.idHash)).toEqual(session)
    })

    test('saves sign-in, transactions and identities with the step', async () => {
      const transaction = exampleTransaction()
      const { failures, rev, ...identity } = exampleIdentity()
      const signedIn = exampleSession({ identityId: identity.id })
      await stores.identities.create({ ...identity, failures, rev })
      await stores.transactions.apply([{ kind: 'create', transaction }])
      const { idHash } = transaction
      const committed = await stores.steps.commit(
        exampleCommit(exampleJourneySession(), {
          signIn: { session: signedIn, personCreatedAt: identity.createdAt },
          transactions: [
            { kind: 'start', idHash, now },
            { kind: 'complete', idHash, now, sessionProperties: { UserId: 'person' }, reportedAfter: now },
          ],
          identities: [{ id: identity.id, rev, to: { ...identity, userName: 'renamed' } }],
        }),
      )
      expect(committed).toBe('committed')
      expect(await stores.sessions.read(signedIn.tokenHash)).toEqual(signedIn)
      expect(await stores.transactions.eventsAfter(idHash, 0)).toHaveLength(2)
      expect(await stores.identities.byUserName('/alpha', 'Renamed')).toBeDefined()
    })

    test('saves nothing of a step if the transaction was completed first', async () => {
      const transaction = exampleTransaction()
      const { idHash } = transaction
      await stores.transactions.apply([{ kind: 'create', transaction }])
      await stores.identities.create(exampleIdentity({ id: 'person' }))
      const runs = ['first', 'second'].map((name) =>
        exampleCommit(exampleJourneySession({ idHash: name }), {
          signIn: { session: exampleSession({ tokenHash: name }), personCreatedAt: start },
          transactions: [
            { kind: 'create', transaction: exampleTransaction({ idHash: `by-${name}` }) },
            { kind: 'complete', idHash, now, sessionProperties: { name }, reportedAfter: now },
          ],
        }),
      )
      const committed = await Promise.all(runs.map((run) => stores.steps.commit(run)))
      expect(committed.toSorted()).toEqual(['committed', 'transaction'])
      const [winner, loser] = committed[0] === 'committed' ? ['first', 'second'] : ['second', 'first']
      expect(await stores.sessions.read(winner)).toBeDefined()
      expect(await stores.steps.read(loser)).toBeUndefined()
      expect(await stores.sessions.read(loser)).toBeUndefined()
      expect(await stores.transactions.read(`by-${loser}`)).toBeUndefined()
    })

    test('signs in a person whom the step creates, and nobody else with the same id', async () => {
      const { failures: _failures, rev: _rev, ...to } = exampleIdentity({ id: 'person', createdAt: now })
      const commit = (personCreatedAt: number, change: Partial<StepCommit> = {}) => {
        const signIn = { session: exampleSession(), personCreatedAt }
        const { tokenHash } = signIn.session
        return {
          tokenHash,
          committed: stores.steps.commit(exampleCommit(exampleJourneySession(), { signIn, ...change })),
        }
      }
      const nobody = commit(now)
      expect(await nobody.committed).toBe('identity')
      const created = commit(now, { identities: [{ id: to.id, rev: 0, to }] })
      expect(await created.committed).toBe('committed')
      expect(await stores.sessions.read(created.tokenHash)).toBeDefined()
      const former = commit(now - 1)
      expect(await former.committed).toBe('identity')
      for (const { tokenHash } of [nobody, former])
        expect(await stores.sessions.read(tokenHash)).toBeUndefined()
    })

    test('leaves no session of a person who is removed while sign-ins commit', async () => {
      const identity = exampleIdentity({ id: 'person' })
      for (let round = 0; round < 5; round++) {
        expect(await stores.identities.create(identity)).toBe(true)
        const signIns = Array.from({ length: 6 }, () => ({
          session: exampleSession(),
          personCreatedAt: identity.createdAt,
        }))
        const commits = signIns.map(async (signIn, place) => {
          if (place % 2 === 1) await stores.steps.recent('/alpha', 1)
          return stores.steps.commit(exampleCommit(exampleJourneySession(), { signIn }))
        })
        const [removed, ...committed] = await Promise.all([
          stores.identities.remove('/alpha', 'person'),
          ...commits,
        ])
        expect(removed).toBe(true)
        for (const each of committed) expect(['committed', 'identity']).toContain(each)
        // The next person with this id must not find one.
        for (const { session } of signIns) {
          const left = await stores.sessions.read(session.tokenHash)
          expect(left === undefined || expiryOf(left) <= now, `round ${round}`).toBe(true)
        }
      }
    })

    test('saves nothing and keeps the claim if the identity changed', async () => {
      const session = await begun()
      await claim(session.idHash, 'a')
      const { failures, rev, ...identity } = exampleIdentity()
      await stores.identities.create({ ...identity, failures, rev: 5 })
      const committed = await stores.steps.commit(
        exampleCommit(session, {
          claimed: { step: 0, owner: 'a' },
          identities: [{ id: identity.id, rev: 4, to: identity }],
        }),
      )
      expect(committed).toBe('identity')
      expect((await stores.steps.read(session.idHash))?.step).toBe(0)
      expect((await claim(session.idHash, 'b')).kind).toBe('busy')
    })

    test('finds a suspended journey session by its link', async () => {
      const session = await begun({ suspendedHash: 'link' })
      expect(await stores.steps.bySuspension('link')).toEqual(session)
      expect(await stores.steps.bySuspension('another')).toBeUndefined()
    })

    test('lists the newest journey sessions of a realm first', async () => {
      const ids = ['a', 'b', 'c']
      for (const [i, idHash] of ids.entries()) await begun({ idHash, startedAt: start + i })
      await begun({ realm: '/beta', startedAt: start + 9 })
      const recent = await stores.steps.recent('/alpha', 2)
      expect(recent.map(({ idHash }) => idHash)).toEqual(['c', 'b'])
    })

    test('filters journey sessions by journey, by outcome, and by both', async () => {
      await begun({ idHash: 'a', journey: 'Login', outcome: 'failure' })
      await begun({ idHash: 'b', journey: 'Login', outcome: 'underway', startedAt: start + 1 })
      await begun({ idHash: 'c', journey: 'Other', outcome: 'failure', startedAt: start + 2 })
      const ids = async (chosen: Parameters<typeof stores.steps.recent>[2]) =>
        (await stores.steps.recent('/alpha', 9, chosen)).map(({ idHash }) => idHash)
      expect(await ids({ journey: 'Login' })).toEqual(['b', 'a'])
      expect(await ids({ outcome: 'failure' })).toEqual(['c', 'a'])
      expect(await ids({ journey: 'Login', outcome: 'failure' })).toEqual(['a'])
      expect(await ids({ journey: 'None' })).toEqual([])
    })

    test('lists the runs that a transaction started and the run that created it, oldest first', async () => {
      const front = await begun({ idHash: 'front' })
      const back = await begun({ idHash: 'back', transactionHash: 'tx', startedAt: start + 1 })
      const again = await begun({ idHash: 'again', transactionHash: 'tx', startedAt: start + 2 })
      await begun({ idHash: 'other', transactionHash: 'another' })
      const of = (opener: string | undefined, limit = 9, realm = '/alpha') =>
        stores.steps.ofTransaction(realm, { idHash: 'tx', opener }, limit)
      expect(await of('front')).toEqual([front, back, again])
      expect(await of(undefined)).toEqual([back, again])
      expect(await of('front', 2)).toEqual([back, again])
      expect(await of('front', 9, '/beta')).toEqual([])
    })

    test('records one run for a watch and deletes the watch with it', async () => {
      const { steps } = stores
      const first = exampleJourneySession({ idHash: 'first' })
      const second = exampleJourneySession({ idHash: 'second' })
      expect(await steps.commit(exampleCommit(first, { watch: 'w' }))).toBe('committed')
      expect(await steps.commit(exampleCommit(second, { watch: 'w' }))).toBe('watch')
      expect(await steps.read('second')).toBeUndefined()
      expect(await steps.watched('/alpha', 'w')).toEqual(first)
      expect(await steps.watched('/beta', 'w')).toBeUndefined()
      expect(await steps.watched('/alpha', 'other')).toBeUndefined()
      await steps.deleteExpired(first.expiresAt + 1)
      expect(await steps.watched('/alpha', 'w')).toBeUndefined()
      expect(await steps.commit(exampleCommit(second, { watch: 'w' }))).toBe('committed')
    })

    test('keeps the first content of a revision', async () => {
      await stores.steps.saveRevision('hash', 'first', start)
      await stores.steps.saveRevision('hash', 'second', start)
      expect(await stores.steps.revision('hash')).toBe('first')
      expect(await stores.steps.revision('another')).toBeUndefined()
    })

    test('replaces the content of an existing revision only', async () => {
      await stores.steps.saveRevision('hash', 'first', start)
      await stores.steps.replaceRevision('hash', 'second')
      await stores.steps.replaceRevision('another', 'second')
      expect(await stores.steps.revision('hash')).toBe('second')
      expect(await stores.steps.revisionIds()).toEqual(['hash'])
    })

    test('deletes a revision that no journey session runs and that was not saved lately', async () => {
      await begun({ revision: 'running' })
      await stores.steps.saveRevision('running', 'content', start)
      await stores.steps.saveRevision('unused', 'content', start)
      await stores.steps.saveRevision('saved again', 'content', start)
      await stores.steps.saveRevision('saved again', 'content', start + 2)
      await stores.steps.deleteExpired(start + 1)
      expect(await stores.steps.revision('running')).toBe('content')
      expect(await stores.steps.revision('saved again')).toBe('content')
      expect(await stores.steps.revision('unused')).toBeUndefined()
    })

    test('drops only a journey session without an answer', async () => {
      const unanswered = await begun({ step: 1, idHash: 'unanswered' })
      const kept = [
        await begun({ step: 1, idHash: 'another' }),
        await begun({ step: 2, idHash: 'answered' }),
        await begun({ step: 1, idHash: 'ended', outcome: 'failure' }),
      ]
      for (const { idHash } of [unanswered, ...kept.slice(1)]) await stores.steps.drop(idHash, now)
      expect((await stores.steps.claim(unanswered.idHash, 1, 'a', now, until)).kind).toBe('unknown')
      for (const { idHash } of kept) expect(await stores.steps.read(idHash)).toBeDefined()
    })

    test('drops no journey session whose answer is under way', async () => {
      const { idHash } = await begun({ step: 1 })
      await stores.steps.claim(idHash, 1, 'a', now, until)
      await stores.steps.drop(idHash, until)
      expect(await stores.steps.read(idHash)).toBeDefined()
      await stores.steps.drop(idHash, until + 1)
      expect(await stores.steps.read(idHash)).toBeUndefined()
    })

    test('deletes expired journey sessions without an answer first', async () => {
      const expired = { expiresAt: start, step: 1 }
      const unanswered = await begun({ ...expired, idHash: 'unanswered' })
      const kept = [
        await begun({ ...expired, idHash: 'answered', step: 2 }),
        await begun({ ...expired, idHash: 'ended', outcome: 'failure' }),
        await begun({ ...expired, idHash: 'suspended', suspendedHash: 'link' }),
        await begun({ ...expired, idHash: 'of a transaction', transactionHash: 'tx' }),
        await begun({ step: 1, idHash: 'under way' }),
      ]
      expect(await stores.steps.deleteUnanswered(start + 1)).toBe(1)
      expect(await stores.steps.read(unanswered.idHash)).toBeUndefined()
      for (const { idHash } of kept) expect(await stores.steps.read(idHash)).toBeDefined()
    })

    test('deletes expired journey sessions and keeps others', async () => {
      const old = await begun({ expiresAt: start })
      const young = await begun()
      expect(await stores.steps.deleteExpired(start + 1)).toBe(1)
      expect(await stores.steps.read(old.idHash)).toBeUndefined()
      expect(await stores.steps.read(young.idHash)).toBeDefined()
    })
  })
}
