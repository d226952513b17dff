import { type Awaitable, andThen } from '../base/work.ts'
import type { Database } from './database.ts'

const maxEntries = 500

/** Clients choose names, which must not fill the memory. */
const maxKeyLength = 300

/**
 * Returns the entry of a key, which `read` reads if it isn't remembered; immediate if that is.
 * @param otherKeyOf a second key of an entry that was read.
 */
export type Remembered<Entry> = (
  key: string,
  read: () => Awaitable<Entry>,
  otherKeyOf?: (entry: Entry) => string | undefined,
) => Awaitable<Entry>

/**
 * Remembers entries of a table until the next write to it, so that one request reads each entry once. Entries are exact. They
 * are shared and therefore frozen. Always reads in a database with several writers.
 */
export function rememberedUntilWritten<Entry>(database: Database, table: string): Remembered<Entry> {
  const entries = new Map<string, { entry: Entry }>()
  let current: number | undefined
  return (key, read, otherKeyOf) => {
    const version = database.writesTo?.(table)
    if (version === undefined || key.length > maxKeyLength) return read()
    if (version !== current) entries.clear()
    current = version
    const known = entries.get(key)
    if (known !== undefined) return known.entry
    return andThen(read(), (entry) => {
      // A write meanwhile may have changed the entry.
      if (current !== version) return entry
      freeze(entry)
      if (entries.size >= maxEntries) entries.clear()
      const other = otherKeyOf?.(entry)
      for (const each of other === undefined ? [key] : [key, other]) entries.set(each, { entry })
      return entry
    })
  }
}

function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null) return
  Object.freeze(value)
  for (const member of Object.values(value)) freeze(member)
}
