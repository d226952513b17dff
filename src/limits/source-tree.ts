import { Heap } from './heap.ts'

/** One thing that a source started. */
type Entry = {
  id: string
  source: Source
  expiresAt: number
  place: number
  older: Entry | undefined
  newer: Entry | undefined
}

/** A source, such as a network, and those inside it. The innermost sources have the entries. */
class Source {
  readonly name: string
  readonly parent: Source | undefined
  /** Entries in this source and in those inside it. */
  size = 0
  /** Number of the change that gave it this size. */
  changedAt = 0
  place = 0
  /** Undefined for the innermost sources, to save memory. */
  inner: Heap<Source> | undefined
  oldest: Entry | undefined
  newest: Entry | undefined

  constructor(name: string, parent: Source | undefined) {
    this.name = name
    this.parent = parent
  }
}

/** Among sources of the same size, the one that has had it for longest comes first. */
function isLarger(one: Source, other: Source): boolean {
  // rule S27: otherwise a flood drops the journeys of others
  return one.size === other.size ? one.changedAt < other.changedAt : one.size > other.size
}

/**
 * Entries by their sources, which can contain each other like networks. Each call takes logarithmic time, and the memory
 * depends on the number of entries only.
 */
export class SourceTree {
  readonly #all = new Source('', undefined)
  readonly #sources = new Map<string, Source>()
  readonly #entries = new Map<string, Entry>()
  readonly #byExpiry = new Heap<Entry>((one, other) => one.expiresAt < other.expiresAt)
  #changes = 0

  get size(): number {
    return this.#entries.size
  }

  sizeOf(source: string): number {
    return this.#sources.get(source)?.size ?? 0
  }

  /** @param path names of the sources, from the outermost; each must be unique in the tree. */
  add(id: string, path: readonly string[], expiresAt: number): void {
    this.remove(id)
    const source = path.reduce((parent, name) => this.#innerOf(parent, name), this.#all)
    const entry: Entry = { id, source, expiresAt, place: 0, older: source.newest, newer: undefined }
    if (source.newest === undefined) source.oldest = entry
    else source.newest.newer = entry
    source.newest = entry
    this.#entries.set(id, entry)
    this.#byExpiry.add(entry)
    this.#resize(source, 1)
  }

  /** @returns whether there was such an entry. */
  remove(id: string): boolean {
    const entry = this.#entries.get(id)
    if (entry === undefined) return false
    const { source, older, newer } = entry
    if (older === undefined) source.oldest = newer
    else older.newer = newer
    if (newer === undefined) source.newest = older
    else newer.older = older
    this.#entries.delete(id)
    this.#byExpiry.remove(entry)
    this.#resize(source, -1)
    return true
  }

  removeExpired(now: number): void {
    for (;;) {
      const { first } = this.#byExpiry
      if (first === undefined || first.expiresAt > now) return
      this.remove(first.id)
    }
  }

  /** The oldest entry of the largest source: at each level, the largest one inside. @param outermost default: all. */
  oldestOfLargest(outermost?: string): string | undefined {
    let source = outermost === undefined ? this.#all : this.#sources.get(outermost)
    while (source?.inner?.first !== undefined) source = source.inner.first
    return source?.oldest?.id
  }

  #innerOf(parent: Source, name: string): Source {
    const found = this.#sources.get(name)
    if (found !== undefined) return found
    const source = new Source(name, parent)
    this.#sources.set(name, source)
    parent.inner ??= new Heap(isLarger)
    parent.inner.add(source)
    return source
  }

  #resize(innermost: Source, by: number): void {
    const changedAt = ++this.#changes
    for (let source = innermost; source.parent !== undefined; source = source.parent) {
      source.size += by
      source.changedAt = changedAt
      source.parent.inner?.moved(source)
      if (source.size > 0) continue
      source.parent.inner?.remove(source)
      this.#sources.delete(source.name)
    }
  }
}
