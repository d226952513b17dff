import { isJsonObject, type Json, type JsonObject } from './json.ts'

/**
 * What a journey knows, in three parts. Shared lasts for the journey; transient lasts for one request;
 * secure is transient state that a later node needs, kept encrypted between requests.
 */
export type StateSnapshot = { shared: JsonObject; secure: JsonObject; transient: JsonObject }

/** Shared-state keys whose value is an object that is merged key by key. */
const containers = new Set(['objectAttributes'])

/** The only containers AM registers; named in its error text. */
const containerNames = [...containers].join(', ')

/** A write that AM refuses; scripts see it as an exception. */
export class StateError extends Error {
  override readonly name = 'StateError'
}

/**
 * The state as one node sees it: reads narrowed to its declared inputs, writes kept apart until the node is done.
 * Keys are literals: `transaction:data` and `customer._id` are names, never paths.
 */
export class NodeState {
  /** Keys looked at, for the trace. */
  readonly keysRead = new Set<string>()
  readonly keysWritten = new Set<string>()
  #now: StateSnapshot
  readonly #inputs: ReadonlySet<string> | undefined

  /** @param inputs names the node may read; `*` among them means all. */
  constructor(snapshot: StateSnapshot, inputs: readonly string[] = ['*']) {
    this.#now = snapshot
    this.#inputs = inputs.includes('*') ? undefined : new Set(inputs)
  }

  /** Looks in transient, then secure, then shared state; null when absent or not among the inputs. */
  get(key: string): Json {
    this.keysRead.add(key)
    if (!this.#isVisible(key)) return null
    const { transient, secure, shared } = this.#now
    for (const part of [transient, secure, shared]) {
      if (Object.hasOwn(part, key)) return part[key] ?? null
    }
    return null
  }

  /** The value when it is a string, else undefined. */
  getText(key: string): string | undefined {
    const value = this.get(key)
    return typeof value === 'string' ? value : undefined
  }

  /** Like {@link get}, but objects stored in several parts are merged: shared < secure < transient. */
  getObject(key: string): Json {
    if (!isJsonObject(this.get(key))) return this.get(key)
    const { transient, secure, shared } = this.#now
    const parts = [shared, secure, transient].map((part) =>
      Object.hasOwn(part, key) ? part[key] : undefined,
    )
    // Not Object.assign: that would take a key called `__proto__` for the prototype.
    return Object.fromEntries(parts.filter(isJsonObject).flatMap((part) => Object.entries(part)))
  }

  /** Keys that were looked at in a copy of this state: a script's. */
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

  /** Writes shared state alone: an older transient value of the same key keeps hiding it. */
  putShared(key: string, value: Json): this {
    return this.#put('shared', key, value)
  }

  putTransient(key: string, value: Json): this {
    return this.#put('transient', key, value)
  }

  /** @throws StateError when a value is an object outside the registered containers. */
  mergeShared(values: JsonObject): this {
    return this.#merge('shared', values)
  }

  /** @throws StateError as {@link mergeShared}. */
  mergeTransient(values: JsonObject): this {
    return this.#merge('transient', values)
  }

  /** Removes the key from all three parts. */
  remove(key: string): this {
    this.keysWritten.add(key)
    this.#now = {
      shared: without(this.#now.shared, key),
      secure: without(this.#now.secure, key),
      transient: without(this.#now.transient, key),
    }
    return this
  }

  /** The state with this node's writes. */
  snapshot(): StateSnapshot {
    return this.#now
  }

  /** The same state, seen with other inputs: for a node that runs inside this one. */
  narrowedTo(inputs: readonly string[]): NodeState {
    return new NodeState(this.#now, inputs)
  }

  /** Takes over what a node that ran inside this one wrote. */
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
      const held = now[name][container]
      if (!isJsonObject(held)) continue
      const left = Object.keys(values).reduce(without, held)
      now[name] = { ...now[name], [container]: left }
    }
    const held = now[part][container]
    now[part] = { ...now[part], [container]: { ...(isJsonObject(held) ? held : {}), ...values } }
    this.#now = now
  }
}

function without(object: JsonObject, key: string): JsonObject {
  if (!Object.hasOwn(object, key)) return object
  const { [key]: _removed, ...rest } = object
  return rest
}
