import type { TakenConnection } from '../../engine/advance.ts'
import { startId } from '../../engine/journey.ts'
import type { TraceEntry } from '../../engine/trace.ts'
import type { ConnectionCount, CountStore } from './count-store.ts'
import { classOf, unmeasured } from './durations.ts'

/** A node that ran, and the connections that the journey took afterwards. */
export type CountedVisit = {
  entry: Pick<TraceEntry, 'journey' | 'nodeId' | 'result' | 'duration'>
  taken: readonly TakenConnection[]
}

/** The visits of one committed step. */
export type CountedStep = {
  realm: string
  revision: string
  /** The journey that the step started. */
  startOf: string | undefined
  visits: readonly CountedVisit[]
  /** How long the first node had waited for the client. */
  waitedMs: number
  /** Epoch milliseconds. */
  now: number
}

/** The length of a slot. Older slots are merged into hours. */
export const slotMs = 10 * 60_000

/** How long slots keep this length, and how long counts are kept. */
export const slotsKeptMs = 25 * 3_600_000
export const countsKeptMs = 31 * 24 * 3_600_000

type Key = Omit<ConnectionCount, 'count' | 'firstAt'>

/**
 * Counts the connections that sign-ins take, in memory; `settle` regularly adds the counts to the store. A server that is
 * killed loses the counts since the last time, so a step costs no write.
 */
export class JourneyCounts {
  readonly #store: Pick<CountStore, 'add'>
  #unsaved = new Map<string, ConnectionCount>()
  #saving: Promise<void> = Promise.resolve()

  constructor(store: Pick<CountStore, 'add'>) {
    this.#store = store
  }

  add({ realm, revision, startOf, visits, waitedMs, now }: CountedStep): void {
    const common = { realm, revision, slot: now - (now % slotMs) }
    const count = (key: Omit<Key, keyof typeof common>) =>
      this.#add({ ...common, ...key, count: 1, firstAt: now })
    if (startOf !== undefined) {
      count({ journey: startOf, nodeId: startId, outcome: '', isError: false, durationClass: unmeasured })
    }
    visits.forEach(({ entry, taken }, place) => {
      const durationClass = classOf(entry.duration + (place === 0 ? waitedMs : 0))
      if (entry.result === 'error') {
        count({ journey: entry.journey, nodeId: entry.nodeId, outcome: '', isError: true, durationClass })
      }
      taken.forEach(({ isLost = false, journey, nodeId, outcome }, index) => {
        const isOwn = index === 0 && entry.result === 'outcome'
        const way = isLost ? { outcome: '', isError: true } : { outcome, isError: false }
        count({ journey, nodeId, ...way, durationClass: isOwn ? durationClass : unmeasured })
      })
    })
  }

  /** Saves the counts. Those that could not be saved are added the next time. @throws OperationError. */
  settle(): Promise<void> {
    // After a save that is under way, so that all counts are stored when the promise resolves.
    this.#saving = this.#saving.catch(() => undefined).then(() => this.#save())
    return this.#saving
  }

  async #save(): Promise<void> {
    if (this.#unsaved.size === 0) return
    const counts = [...this.#unsaved.values()]
    this.#unsaved = new Map()
    try {
      await this.#store.add(counts)
    } catch (error) {
      for (const each of counts) this.#add(each)
      throw error
    }
  }

  #add(added: ConnectionCount): void {
    const { realm, journey, revision, nodeId, outcome, isError, slot, durationClass } = added
    const name = JSON.stringify([realm, journey, revision, nodeId, outcome, isError, slot, durationClass])
    const existing = this.#unsaved.get(name)
    if (existing === undefined) this.#unsaved.set(name, added)
    else {
      existing.count += added.count
      existing.firstAt = Math.min(existing.firstAt, added.firstAt)
    }
  }
}
