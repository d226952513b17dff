import type { ReadMemory } from '../base/request-memory.ts'
import { type Awaitable, andThen } from '../base/work.ts'
import type { Database } from './database.ts'

const maxEntries = 500

/** Clients choose names, which must not fill the memory. */
const maxKeyLength = 300

/** How long a request relies on what it has read while other servers write, in milliseconds. */
const oldMs = 1000

type Options<Entry> = {
  /** Other keys of an entry that was read, and entries that were read with it. */
  others?: (entry: Entry) => readonly (readonly [key: string, entry: Entry])[]
  /** Reads what other servers may have changed since. */
  isLatest?: boolean | undefined
}

/** Returns the entry of a key, which `read` reads if it isn't remembered; immediate if that is. */
export type Remembered<Entry> = (
  key: string,
  read: () => Awaitable<Entry>,
  options?: Options<Entry>,
) => Awaitable<Entry>

type Entries<Entry> = {
  version: number
  known: Map<string, { entry: Entry; readAt: number }>
  /** Reads on their way. */
  coming: Map<string, Promise<Entry>>
}

/**
 * Remembers entries of a table until this server writes to it: those of a database with a single writer for good, so that they
 * are exact, and otherwise for a second, within one request or until another server says that it has changed the configuration.
 * Entries are shared and therefore frozen.
 */
export function rememberedUntilWritten<Entry>(database: Database, table: string): Remembered<Entry> {
  const memories = new WeakMap<ReadMemory, Entries<Entry>>()

  function entriesIn(memory: ReadMemory, version: number): Entries<Entry> {
    const there = memories.get(memory)
    if (there?.version === version) return there
    const empty = { version, known: new Map(), coming: new Map() }
    memories.set(memory, empty)
    return empty
  }

  return (key, read, { others, isLatest = false } = {}) => {
    const memory = database.memory(table)
    if (memory === undefined || key.length > maxKeyLength) return read()
    const { known, coming, version } = entriesIn(memory, database.writesTo(table))
    const there = known.get(key)
    const isOld = memory.isShared && (isLatest || performance.now() - (there?.readAt ?? 0) > oldMs)
    if (there !== undefined && !isOld) return there.entry
    const onItsWay = isLatest ? undefined : coming.get(key)
    if (onItsWay !== undefined) return onItsWay
    const readAt = memory.isShared ? performance.now() : 0
    const result = andThen(read(), (entry) => {
      // A write meanwhile may have changed the entry.
      if (database.writesTo(table) !== version) return entry
      if (known.size >= maxEntries) known.clear()
      for (const [each, read] of [[key, entry] as const, ...(others?.(entry) ?? [])]) {
        freeze(read)
        known.set(each, { entry: read, readAt })
      }
      return entry
    })
    if (result instanceof Promise) {
      coming.set(key, result)
      const end = () => void (coming.get(key) === result && coming.delete(key))
      result.then(end, end)
    }
    return result
  }
}

function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null) return
  Object.freeze(value)
  for (const member of Object.values(value)) freeze(member)
}
