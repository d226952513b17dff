import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { mailRoutes, type QueuedMail } from '../../outbox/mail.ts'
import type { MailClaim } from '../../outbox/mail-store.ts'
import type { Stores } from '../stores.ts'
import { exampleCommit, exampleJourneySession, type OpenStores, start } from './examples.ts'

const until = start + 60_000
const all: MailClaim = { routes: mailRoutes, now: start, until, limit: 10 }

function exampleMail(change: Partial<QueuedMail> = {}): QueuedMail {
  return {
    id: randomUUID(),
    realm: '/alpha',
    route: 'settings',
    body: 'sealed',
    attempts: 0,
    createdAt: start,
    dueAt: start,
    ...change,
  }
}

export function mailStoreContract(open: OpenStores): void {
  describe('emails', () => {
    let stores: Stores
    beforeEach(async () => {
      stores = await open()
    })
    afterEach(() => stores.close())

    async function queued(...changes: Partial<QueuedMail>[]) {
      const mails = changes.map(exampleMail)
      expect(await stores.steps.commit(exampleCommit(exampleJourneySession(), { mails }))).toBe('committed')
      return mails
    }
    const claimedIds = async (change: Partial<MailClaim> = {}) =>
      (await stores.mails.claim({ ...all, ...change })).map(({ id }) => id)

    test('gives the oldest that waits, whatever its next attempt is', async () => {
      expect((await stores.figures()).oldestUnsent.mails).toBeUndefined()
      const [, , given] = await queued({}, { createdAt: start - 5, dueAt: until }, { createdAt: start - 9 })
      if (given === undefined) throw new Error('it was queued')
      await stores.mails.fail(given, start, 'refused')
      expect((await stores.figures()).oldestUnsent).toMatchObject({ mails: start - 5, calls: undefined })
    })

    test('saves an email with its step, but not with a refused one', async () => {
      const [mail] = await queued({ id: 'first' })
      expect(await stores.mails.claim(all)).toEqual([{ ...mail, attempts: 1, dueAt: until }])
      const lost = exampleCommit(exampleJourneySession(), {
        claimed: { step: 0, owner: 'nobody' },
        mails: [exampleMail({ id: 'second' })],
      })
      expect(await stores.steps.commit(lost)).toBe('claim')
      expect(await stores.mails.count(mailRoutes)).toBe(1)
    })

    test('saves an email without a step', async () => {
      const mail = exampleMail({ id: 'alone' })
      await stores.mails.add(mail)
      expect(await stores.mails.claim(all)).toEqual([{ ...mail, attempts: 1, dueAt: until }])
    })

    test('leases an email to one server until the lease ends, and counts attempts', async () => {
      await queued({ id: 'mail' })
      expect(await claimedIds()).toEqual(['mail'])
      expect(await claimedIds({ now: until - 1 })).toEqual([])
      expect(await stores.mails.claim({ ...all, now: until, until: until + 1 })).toMatchObject([
        { id: 'mail', attempts: 2 },
      ])
    })

    test('gives each email to one of two concurrent claims', async () => {
      await queued({ id: 'a' }, { id: 'b' })
      const claims = await Promise.all([claimedIds(), claimedIds()])
      expect(claims.flat().sort()).toEqual(['a', 'b'])
    })

    test('claims the oldest due emails first, up to the limit', async () => {
      await queued(
        { id: 'new', dueAt: start },
        { id: 'old', dueAt: start - 5 },
        { id: 'later', dueAt: until },
      )
      expect(await claimedIds({ limit: 1 })).toEqual(['old'])
      expect(await claimedIds()).toEqual(['new'])
    })

    test('leaves emails of other routes alone', async () => {
      await queued({ id: 'ours' }, { id: 'own', route: 'own', dueAt: start + 7 })
      expect(await claimedIds({ routes: ['own'], now: start + 7 })).toEqual(['own'])
      expect(await claimedIds({ routes: [] })).toEqual([])
      expect(await stores.mails.count(['settings'])).toBe(1)
      expect(await stores.mails.count([])).toBe(0)
      expect(await stores.mails.nextDue(['settings'])).toBe(start)
    })

    test('postpones and removes emails', async () => {
      await queued({ id: 'kept' }, { id: 'sent' })
      await stores.mails.claim(all)
      await stores.mails.remove('sent')
      await stores.mails.postpone({ id: 'kept', attempts: 1 }, start + 9, 'EAUTH 535')
      expect(await stores.mails.nextDue(mailRoutes)).toBe(start + 9)
      expect(await claimedIds({ now: start + 9 })).toEqual(['kept'])
    })

    test('keeps an email that was given up in the list, without its content', async () => {
      await queued({ id: 'lost', about: 'e•••h@larkfield.example' })
      await claimedIds()
      await stores.mails.fail({ id: 'lost', attempts: 1 }, start + 5, 'EENVELOPE 550')
      expect(await stores.mails.list(10)).toMatchObject([
        { about: 'e•••h@larkfield.example', body: '', problem: 'EENVELOPE 550', failedAt: start + 5 },
      ])
      expect(await claimedIds({ now: until + 1 })).toEqual([])
      expect(await stores.mails.nextDue(mailRoutes)).toBeUndefined()
      expect(await stores.mails.count(mailRoutes)).toBe(0)
      expect(await stores.mails.tryNow('lost', start)).toBe(false)
      expect(await stores.mails.discard('lost')).toMatchObject({ id: 'lost', failedAt: start + 5 })
    })

    test('lists the newest emails first, up to the limit', async () => {
      await queued({ id: 'old' }, { id: 'new', createdAt: start + 1 })
      expect((await stores.mails.list(10)).map(({ id }) => id)).toEqual(['new', 'old'])
      expect((await stores.mails.list(1)).map(({ id }) => id)).toEqual(['new'])
    })

    test('makes a postponed email due, but not one under way', async () => {
      await queued({ id: 'mail' })
      await claimedIds()
      expect(await stores.mails.tryNow('mail', start)).toBe(false)
      await stores.mails.postpone({ id: 'mail', attempts: 1 }, until, 'ETIMEDOUT')
      expect(await stores.mails.tryNow('mail', start)).toBe(true)
      expect(await stores.mails.claim(all)).toMatchObject([{ id: 'mail', problem: undefined }])
    })

    test('discards an email before an attempt and between attempts, but not during one', async () => {
      await queued({ id: 'new', dueAt: until }, { id: 'mail' })
      expect(await stores.mails.discard('new')).toMatchObject({ id: 'new', body: 'sealed' })
      await claimedIds()
      expect(await stores.mails.discard('mail')).toBeUndefined()
      await stores.mails.postpone({ id: 'mail', attempts: 1 }, until, 'ETIMEDOUT')
      const both = await Promise.all([
        stores.mails.discard('mail'),
        stores.mails.claim({ ...all, now: until, until: until + 9 }),
      ])
      expect(both.flat().filter((one) => one !== undefined)).toHaveLength(1)
    })

    test('ignores the end of an attempt while the next one is under way', async () => {
      await queued({ id: 'mail' })
      await claimedIds()
      expect(await claimedIds({ now: until, until: until + 9 })).toEqual(['mail'])
      await stores.mails.postpone({ id: 'mail', attempts: 1 }, until + 1, 'ETIMEDOUT')
      await stores.mails.fail({ id: 'mail', attempts: 1 }, until + 1, 'ETIMEDOUT')
      expect(await stores.mails.list(9)).toMatchObject([
        { dueAt: until + 9, problem: undefined, failedAt: undefined, body: 'sealed' },
      ])
      expect(await stores.mails.discard('mail')).toBeUndefined()
    })

    test('has no next due time with an empty outbox', async () => {
      expect(await stores.mails.nextDue(mailRoutes)).toBeUndefined()
      expect(await claimedIds()).toEqual([])
    })

    test('deletes old emails that could not be sent', async () => {
      await queued({ createdAt: start - 1 }, { createdAt: start })
      expect(await stores.mails.deleteCreatedBefore(start)).toBe(1)
      expect(await stores.mails.count(mailRoutes)).toBe(1)
    })
  })
}
