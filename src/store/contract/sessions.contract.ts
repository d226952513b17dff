import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { AccountEffects } from '../../people/account-changes/account-effects.ts'
import { expiryOf, type Session } from '../../sessions/session.ts'
import type { Stores } from '../stores.ts'
import { exampleIdentity, exampleSession, type OpenStores, start } from './examples.ts'

export function sessionStoreContract(open: OpenStores): void {
  describe('sessions', () => {
    let stores: Stores
    beforeEach(async () => {
      stores = await open()
    })
    afterEach(() => stores.close())

    test('returns a session as created, by its token and by its handle', async () => {
      const origin = { browser: 'Firefox · Linux', address: '2001:db8::1' }
      const session = exampleSession({ properties: { Principal: 'id=ä,ou=user' }, ...origin })
      await stores.sessions.create(session)
      expect(await stores.sessions.read(session.tokenHash)).toEqual(session)
      expect(await stores.sessions.byHandle(session.handle)).toEqual(session)
      expect(await stores.sessions.read('another')).toBeUndefined()
    })

    test('lists the sessions of a person in one realm, oldest first', async () => {
      const newer = exampleSession({ createdAt: start + 1 })
      const older = exampleSession()
      for (const session of [newer, older, exampleSession({ realm: '/beta' })]) {
        await stores.sessions.create(session)
      }
      expect(await stores.sessions.ofIdentity('/alpha', 'person')).toEqual([older, newer])
    })

    test('finds the sessions of a realm with a property, whatever its characters', async () => {
      const value = '50%_!\\ "ann"'
      const found = exampleSession({ properties: { other: 'x', NameID: value, more: 'y' } })
      const others = [
        exampleSession({ properties: { NameID: '50x_!\\ "ann"' } }),
        exampleSession({ properties: { NameID: '50%x!\\ "ann"' } }),
        exampleSession({ properties: { Other: value } }),
        exampleSession({ realm: '/beta', properties: { NameID: value } }),
      ]
      for (const session of [found, ...others]) await stores.sessions.create(session)
      expect(await stores.sessions.withProperty('/alpha', 'NameID', value)).toEqual([found])
    })

    test('ends the sessions of a removed person, and keeps those with webhooks for their calls', async () => {
      await stores.identities.create(exampleIdentity({ id: 'person' }))
      const plain = exampleSession()
      const called = exampleSession({ webhooks: ['shop'] })
      const elsewhere = exampleSession({ realm: '/beta' })
      for (const session of [plain, called, elsewhere]) await stores.sessions.create(session)
      expect(await stores.identities.remove('/alpha', 'person')).toBe(true)
      for (const session of await stores.sessions.ofIdentity('/alpha', 'person'))
        expect(expiryOf(session)).toBe(session.createdAt)
      await stores.sessions.deleteExpired(start)
      const kept = await stores.sessions.overdue(start, 9)
      expect(kept.map(({ tokenHash }) => tokenHash)).toEqual([called.tokenHash])
      expect(await stores.sessions.read(plain.tokenHash)).toBeUndefined()
      expect(await stores.sessions.read(elsewhere.tokenHash)).toEqual(elsewhere)
    })

    test('pages through the newest sessions of a realm without expired ones', async () => {
      const ofMinute = (minute: number, handle: string, change = {}) =>
        exampleSession({ createdAt: start + minute, lastUsedAt: start + minute, handle, ...change })
      const [oldest, second, third, newest] = [
        ofMinute(1, 'a'),
        ofMinute(2, 'b'),
        ofMinute(2, 'c'),
        ofMinute(3, 'd'),
      ]
      const others = [ofMinute(4, 'e', { realm: '/beta' }), ofMinute(5, 'f', { maxIdleMinutes: 0 })]
      for (const session of [newest, oldest, second, third, ...others]) await stores.sessions.create(session)
      const now = start + 10
      expect(await stores.sessions.newest('/alpha', now, 2)).toEqual([newest, third])
      expect(await stores.sessions.newest('/alpha', now, 2, third)).toEqual([second, oldest])
      expect(await stores.sessions.newest('/alpha', now, 2, oldest)).toEqual([])
    })

    test('never moves the time of last use back', async () => {
      const session = exampleSession()
      await stores.sessions.create(session)
      await stores.sessions.touch(session.tokenHash, start + 60_000)
      await stores.sessions.touch(session.tokenHash, start + 1000)
      expect((await stores.sessions.read(session.tokenHash))?.lastUsedAt).toBe(start + 60_000)
      await stores.sessions.touch('another', start)
    })

    test('replaces properties', async () => {
      const session = exampleSession({ properties: { old: '1' } })
      await stores.sessions.create(session)
      await stores.sessions.setProperties(session.tokenHash, { new: '2' })
      expect((await stores.sessions.read(session.tokenHash))?.properties).toEqual({ new: '2' })
    })

    test('removes a session once', async () => {
      const session = exampleSession()
      await stores.sessions.create(session)
      const removed = [session, session].map(({ tokenHash }) => stores.sessions.remove(tokenHash))
      expect((await Promise.all(removed)).toSorted()).toEqual([false, true])
      expect(await stores.sessions.read(session.tokenHash)).toBeUndefined()
    })

    test('deletes a session at the earlier limit, counted from its last use', async () => {
      const idle = exampleSession({ maxIdleMinutes: 1 })
      const used = exampleSession({ maxIdleMinutes: 1 })
      const old = exampleSession({ maxSessionMinutes: 1 })
      for (const session of [idle, used, old]) await stores.sessions.create(session)
      await stores.sessions.touch(used.tokenHash, start + 1)
      expect(await stores.sessions.deleteExpired(start + 60_000)).toBe(2)
      expect(await stores.sessions.read(used.tokenHash)).toBeDefined()
    })

    test('returns sessions with webhooks as created, and ended ones oldest first', async () => {
      const webhooks = ['Goodbye', 'See you']
      const [later, earlier] = [2, 1].map((maxIdleMinutes) => exampleSession({ maxIdleMinutes, webhooks }))
      if (later === undefined || earlier === undefined) throw new Error('there are two')
      const without = exampleSession({ maxIdleMinutes: 1 })
      for (const session of [later, earlier, without]) await stores.sessions.create(session)
      expect(await stores.sessions.read(later.tokenHash)).toEqual(later)
      expect(await stores.sessions.overdue(start + 59_999, 9)).toEqual([])
      expect(await stores.sessions.overdue(start + 120_000, 9)).toEqual([earlier, later])
      expect(await stores.sessions.overdue(start + 120_000, 1)).toEqual([earlier])
    })

    test('adds webhooks to a session, each once, also at the same time and to a session without any', async () => {
      const [plain, called] = [exampleSession(), exampleSession({ webhooks: ['Goodbye'] })]
      for (const session of [plain, called]) await stores.sessions.create(session)
      const added = ['shop', 'bank', 'shop', 'post']
      for (const { tokenHash } of [plain, called])
        await Promise.all(added.map((name) => stores.sessions.addWebhook(tokenHash, name)))
      await stores.sessions.addWebhook('unknown', 'shop')
      const webhooksOf = async ({ tokenHash }: { tokenHash: string }) =>
        (await stores.sessions.read(tokenHash))?.webhooks.toSorted()
      expect(await webhooksOf(plain)).toEqual(['bank', 'post', 'shop'])
      expect(await webhooksOf(called)).toEqual(['Goodbye', 'bank', 'post', 'shop'])
    })

    test('keeps a session with webhooks until their calls are queued', async () => {
      const session = exampleSession({ webhooks: ['Goodbye'] })
      await stores.sessions.create(session)
      expect(await stores.sessions.deleteExpired(start + 86_400_000)).toBe(0)
      expect(await stores.sessions.read(session.tokenHash)).toBeDefined()
    })

    test('deletes more than one batch in a call', async () => {
      await Promise.all(Array.from({ length: 1100 }, () => stores.sessions.create(exampleSession())))
      expect(await stores.sessions.deleteExpired(start + 86_400_000)).toBe(1100)
    })

    test('rejects a token that is taken and keeps its session', async () => {
      const session = exampleSession()
      await stores.sessions.create(session)
      const other = exampleSession({ tokenHash: session.tokenHash })
      await expect(stores.sessions.create(other)).rejects.toThrow('did not save')
      expect(await stores.sessions.read(session.tokenHash)).toEqual(session)
    })

    describe('that end with a change of the account', () => {
      const effectsOn = (identity: { id: string; realm: string }, more: Partial<AccountEffects> = {}) => ({
        realm: identity.realm,
        identityId: identity.id,
        endedAt: start,
        keptSession: undefined,
        keptApproval: undefined,
        calls: [],
        mails: [],
        auditEntries: [],
        ...more,
      })
      const call = { realm: '/alpha', about: 'webhook', source: 'sealed', body: 'x', attempts: 0 } as const
      const times = { createdAt: start, dueAt: start }

      test('are all sessions of the person except the kept one and the one that the approval created', async () => {
        const person = exampleIdentity()
        await stores.identities.create(person)
        const of = (change: Partial<Session>) => exampleSession({ identityId: person.id, ...change })
        const [kept, approved, ended, ofRealm] = [
          of({}),
          of({ approvalHash: 'check' }),
          of({ approvalHash: 'earlier' }),
          of({ realm: '/beta' }),
        ] as const
        const ofOther = exampleSession()
        const all = [kept, approved, ended, of({}), ofRealm, ofOther]
        for (const session of all) await stores.sessions.create(session)
        expect(await stores.sessions.read(approved.tokenHash)).toEqual(approved)
        const effects = effectsOn(person, {
          keptSession: kept.tokenHash,
          keptApproval: 'check',
          mails: [{ id: 'notice', realm: '/alpha', route: 'settings', body: 'x', attempts: 0, ...times }],
          calls: [
            { tokenHash: ended.tokenHash, call: { id: 'made', ...call, ...times } },
            { tokenHash: 'ended before', call: { id: 'none', ...call, ...times } },
          ],
        })
        const { rev, failures: _failures, ...to } = person
        expect(await stores.identities.save({ id: person.id, rev, to, effects })).toBe(true)
        const left = await Promise.all(all.map(async ({ tokenHash }) => stores.sessions.read(tokenHash)))
        expect(left.map((session) => session !== undefined)).toEqual([true, true, false, false, true, true])
        expect(await stores.calls.claim(start, start + 1, 10)).toMatchObject([
          { ...call, id: 'made', attempts: 1 },
        ])
        expect(await stores.mails.count(['settings'])).toBe(1)
      })

      test('record the time of their end, which never moves back', async () => {
        const person = exampleIdentity()
        await stores.identities.create(person)
        const { failures: _failures, rev: _rev, ...to } = person
        const times = [start + 5, start, start + 9]
        const seen: unknown[] = []
        for (const [place, endedAt] of times.entries()) {
          const effects = effectsOn(person, { endedAt })
          await stores.identities.save({ id: person.id, rev: person.rev + place, to, effects })
          seen.push((await stores.identities.read(person.realm, person.id))?.sessionsEndedAt)
        }
        await stores.identities.save({ id: person.id, rev: person.rev + times.length, to })
        expect(seen).toEqual([start + 5, start + 5, start + 9])
        expect(await stores.identities.read(person.realm, person.id)).toMatchObject({
          sessionsEndedAt: start + 9,
        })
      })

      test('stay, without notices, when the change is refused', async () => {
        const person = exampleIdentity()
        await stores.identities.create(person)
        const session = exampleSession({ identityId: person.id })
        await stores.sessions.create(session)
        const mails = [
          { id: 'no', realm: '/alpha', route: 'settings', body: 'x', attempts: 0, ...times } as const,
        ]
        const { rev, failures: _failures, ...to } = person
        const change = { id: person.id, rev: rev + 1, to, effects: effectsOn(person, { mails }) }
        expect(await stores.identities.save(change)).toBe(false)
        expect(
          await stores.verifications.use(
            'unknown',
            { id: 'agent', agent: 'agent' },
            { after: 0, by: start, reportedAfter: start },
            start,
            change.effects,
          ),
        ).toBe(false)
        expect(await stores.sessions.read(session.tokenHash)).toEqual(session)
        expect(await stores.mails.count(['settings'])).toBe(0)
      })
    })
  })
}
