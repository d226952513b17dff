import { randomUUID } from 'node:crypto'
import { maxAttempts, pauseBefore } from '../../base/contention.ts'
import type { Awaitable } from '../../base/work.ts'
import { isCheck } from '../checks/verification.ts'
import type { Party, Transaction } from '../transactions/transaction.ts'
import type { Alarm, AlarmKind, AlarmSubject } from './alarm.ts'
import {
  type AlarmSettings,
  countedSince,
  involvedIn,
  standsFor,
  subjectOf,
  type Threshold,
} from './alarm-rules.ts'
import type { AlarmStore } from './alarm-store.ts'

type Parts = {
  store: AlarmStore
  transactions: { read(idHash: string): Awaitable<Transaction | undefined> }
  /** @returns undefined if the realm was deleted. */
  settingsOf(realm: string): Promise<AlarmSettings | undefined>
  /** Called once for each alarm, after it is saved. */
  raised(alarm: Alarm): void
  /** An alarm could not be raised. The next event tries again. */
  failed(error: unknown): void
  now(): number
}

/** What raises alarms, after an event of a check was saved. */
export type AlarmWatch = Pick<Alarms, 'noticed'>

/** No alarm counts more events. */
const maxCount = 1000

/** More than a lead reads. */
const maxUnread = 50

/** Raises alarms after events of checks. It runs beside the request, which it can neither delay nor fail. */
export class Alarms {
  readonly #parts: Parts
  readonly #running = new Set<Promise<void>>()
  /** Counts that run. True: another event came meanwhile. */
  readonly #counting = new Map<string, boolean>()

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** Call it after an event of a transaction was saved that may be one too many. */
  noticed(idHash: string, kind: AlarmKind): void {
    const look = this.#look(idHash, kind)
      .catch((error: unknown) => this.#parts.failed(error))
      .finally(() => this.#running.delete(look))
    this.#running.add(look)
  }

  /** Waits until all events so far have been counted. */
  async settle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running)
  }

  find(realm: string, id: string): Promise<Alarm | undefined> {
    return this.#parts.store.find(realm, id)
  }

  /** Those that no lead has acknowledged, about the realm first, then newest first. */
  unread(realm: string): Promise<Alarm[]> {
    return this.#parts.store.unread(realm, maxUnread)
  }

  /** @returns false if it is unknown or was acknowledged, or if the reader is involved. */
  acknowledge(realm: string, id: string, by: Party): Promise<boolean> {
    return this.#parts.store.acknowledge(realm, id, by, this.#parts.now())
  }

  async #look(idHash: string, kind: AlarmKind): Promise<void> {
    const transaction = await this.#parts.transactions.read(idHash)
    if (transaction === undefined || !isCheck(transaction)) return
    const subject = subjectOf(transaction, kind)
    if (subject === undefined) return
    const person = subject.personId === '' ? undefined : partyOf(transaction.subject)
    const key = JSON.stringify(subject)
    // The count that runs may have missed this event: it counts once more, for all that came meanwhile.
    if (this.#counting.has(key)) {
      this.#counting.set(key, true)
      return
    }
    try {
      do {
        this.#counting.set(key, false)
        await this.#count(subject, person)
      } while (this.#counting.get(key) === true)
    } finally {
      this.#counting.delete(key)
    }
  }

  async #count(subject: AlarmSubject, person: Party | undefined): Promise<void> {
    const threshold = (await this.#parts.settingsOf(subject.realm))?.[subject.kind]
    if (threshold === undefined || threshold.count === 0) return
    for (let attempt = 1; attempt <= maxAttempts; attempt++) {
      await pauseBefore(attempt)
      if (await this.#settled(subject, person, threshold)) return
    }
  }

  /** Raises or extends the alarm if it is due. @returns false if it was changed meanwhile. */
  async #settled(subject: AlarmSubject, person: Party | undefined, threshold: Threshold): Promise<boolean> {
    const { store, raised, now } = this.#parts
    const raisedAt = now()
    const { count, minutes } = threshold
    const windowStart = raisedAt - minutes * 60_000
    const newest = await store.newest(subject)
    // rule H26: otherwise a lead goes on while an alarm is unread, and acknowledges it then
    if (standsFor(newest, windowStart)) return this.#extend(newest, windowStart)
    const since = countedSince(newest, windowStart)
    if ((await store.signs({ ...subject, since, limit: count })).length < count) return true
    const signs = await store.signs({ ...subject, since, limit: maxCount })
    const alarm: Alarm = {
      ...subject,
      id: randomUUID(),
      ...(person && { person }),
      count: signs.length,
      minutes,
      involved: involvedIn(signs, subject.personId, newest),
      raisedAt,
    }
    const isRaised = await store.raise(alarm, since)
    if (isRaised) raised(alarm)
    return isRaised
  }

  /** An alarm that nobody has read names those of later events, too: they could acknowledge it otherwise. */
  async #extend(alarm: Alarm, since: number): Promise<boolean> {
    const { store } = this.#parts
    const { realm, kind, personId } = alarm
    if (alarm.count >= maxCount) return true
    const signs = await store.signs({ realm, kind, personId, since, limit: maxCount })
    const count = Math.max(alarm.count, signs.length)
    const involved = involvedIn(signs, personId, alarm)
    if (count === alarm.count && involved.length === alarm.involved.length) return true
    return store.extend(alarm, { count, involved })
  }
}

function partyOf(subject: Transaction['subject']): Party | undefined {
  if (subject === undefined) return undefined
  const { kind: _kind, ...party } = subject
  return party
}
