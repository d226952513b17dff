import { isJsonObject, type Json, type JsonObject } from '../base/json.ts'

/**
 * The state of a journey. Shared state lasts for the journey, transient state for one request. Secure state is
 * transient state that a later node reads, stored encrypted between requests.
 */
export type StateSnapshot = { shared: JsonObject; secure: JsonObject; transient: JsonObject }

/** Keys of shared state whose objects are merged member by member. */
const containers = new Set(['objectAttributes'])

const containerNames = [...containers].join(', ')

/** A write that AM rejects. Scripts get it as an exception. */
export class StateError extends Error {
  override readonly name = 'StateError'
}

/**
 * The state as one node sees it: reads are limited to its declared inputs, and writes are kept apart until it is done.
 * Keys are literal: `transaction:data` and `customer._id` are not paths.
 */
export class NodeState {
  /** For the trace. */
  readonly keysRead = new Set<string>()
  readonly keysWritten = new Set<string>()
  #now: StateSnapshot
  readonly #inputs: ReadonlySet<string> | undefined

  /** @param inputs state keys that the node may read. `*` stands for all. */
  constructor(snapshot: StateSnapshot, inputs: readonly string[] = ['*']) {
    this.#now = snapshot
    this.#inputs = inputs.includes('*') ? undefined : new Set(inputs)
  }

  /** Searches transient, then secure, then shared state. Null if the key is absent or not an input. */
  get(key: string): Json {
    this.keysRead.add(key)
    if (!this.#isVisible(key)) return null
    const { transient, secure, shared } = this.#now
    for (const part of [transient, secure, shared]) {
      if (Object.hasOwn(part, key)) return part[key] ?? null
    }
    return null
  }

  /** The value in shared state only. Null if the key is absent there or not an input. */
  getShared(key: string): Json {
    this.keysRead.add(key)
    const { shared } = this.#now
    return this.#isVisible(key) && Object.hasOwn(shared, key) ? (shared[key] ?? null) : null
  }

  /** The value if it is a string. */
  getText(key: string): string | undefined {
    const value = this.get(key)
    return typeof value === 'string' ? value : undefined
  }

  /** Like {@link get}, but merges objects from all parts: transient over secure over shared. */
  getObject(key: string): Json {
    if (!isJsonObject(this.get(key))) return this.get(key)
    const { transient, secure, shared } = this.#now
    const parts = [shared, secure, transient].map((part) =>
      Object.hasOwn(part, key) ? part[key] : undefined,
    )
    // Object.assign would set the prototype for a key called `__proto__`.
    return Object.fromEntries(parts.filter(isJsonObject).flatMap((part) => Object.entries(part)))
  }

  /** Records keys that a script read in its copy of this state. */
  noteReads(keys: readonly string[]): void {
    for (const key of keys) this.keysRead.add(key)
  }

  isDefined(key: string): boolean {
    this.keysRead.add(key)
    return this.#isVisible(key) && this.#parts().some((part) => Object.hasOwn(part, key))
  }

  keys(): string[] {
    const all = new Set(this.#parts().flatMap((part) => Object.keys(part)))
    return [...all].filter((key) => this.#isVisible(key))
  }

  /** Writes to shared state only: a transient value of the same key still hides it. */
  putShared(key: string, value: Json): this {
    return this.#put('shared', key, value)
  }

  putTransient(key: string, value: Json): this {
    return this.#put('transient', key, value)
  }

  /** @throws StateError for objects outside the registered containers. */
  mergeShared(values: JsonObject): this {
    return this.#merge('shared', values)
  }

  /** @throws StateError for objects outside the registered containers. */
  mergeTransient(values: JsonObject): this {
    return this.#merge('transient', values)
  }

  /** Removes the key from all parts. */
  remove(key: string): this {
    this.keysWritten.add(key)
    this.#now = {
      shared: without(this.#now.shared, key),
      secure: without(this.#now.secure, key),
      transient: without(this.#now.transient, key),
    }
    return this
  }

  /** Removes a member of an object from all parts. */
  removeMember(key: string, member: string): this {
    this.keysWritten.add(key)
    const removed = (part: JsonObject) => {
      const value = part[key]
      return isJsonObject(value) ? { ...part, [key]: without(value, member) } : part
    }
    this.#now = {
      shared: removed(this.#now.shared),
      secure: removed(this.#now.secure),
      transient: removed(this.#now.transient),
    }
    return this
  }

  /** The state including this node's writes. */
  snapshot(): StateSnapshot {
    return this.#now
  }

  /** The same state with the inputs of a node that runs inside this one. */
  narrowedTo(inputs: readonly string[]): NodeState {
    return new NodeState(this.#now, inputs)
  }

  /** Takes over the reads and writes of a node that ran inside this one. */
  adopt(inner: NodeState): void {
    this.#now = inner.snapshot()
    for (const key of inner.keysRead) this.keysRead.add(key)
    for (const key of inner.keysWritten) this.keysWritten.add(key)
  }

  #parts(): JsonObject[] {
    return [this.#now.transient, this.#now.secure, this.#now.shared]
  }

  #isVisible(key: string): boolean {
    return this.#inputs === undefined || this.#inputs.has(key)
  }

  #put(part: keyof StateSnapshot, key: string, value: Json): this {
    this.keysWritten.add(key)
    this.#now = { ...this.#now, [part]: { ...this.#now[part], [key]: value } }
    return this
  }

  #merge(part: 'shared' | 'transient', values: JsonObject): this {
    for (const [key, value] of Object.entries(values)) {
      if (containers.has(key)) {
        if (!isJsonObject(value)) throw new StateError('State containers must be a JSON object.')
        this.#mergeContainer(part, key, value)
        continue
      }
      if (isJsonObject(value)) {
        throw new StateError(
          `State must not contain nested objects unless they are inside registered state containers: ${containerNames}`,
        )
      }
      this.remove(key)
      this.#put(part, key, value)
    }
    return this
  }

  #mergeContainer(part: 'shared' | 'transient', container: string, values: JsonObject): void {
    this.keysWritten.add(container)
    const now = { ...this.#now }
    for (const name of ['shared', 'secure', 'transient'] as const) {
      const existing = now[name][container]
      if (!isJsonObject(existing)) continue
      const left = Object.keys(values).reduce(without, existing)
      now[name] = { ...now[name], [container]: left }
    }
    const existing = now[part][container]
    now[part] = { ...now[part], [container]: { ...(isJsonObject(existing) ? existing : {}), ...values } }
    this.#now = now
  }
}

function without(object: JsonObject, key: string): JsonObject {
  if (!Object.hasOwn(object, key)) return object
  const { [key]: _removed, ...rest } = object
  return rest
}
