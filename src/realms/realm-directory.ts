import type { SaveMark } from '../base/save-mark.ts'
import type { Awaitable } from '../base/work.ts'
import type { Realm, RealmSettings } from './realm.ts'
import type { RealmStore } from './realm-store.ts'

/** Maximum time until a change by another server is seen if its wake-up is lost. Every request looks up its realm. */
const freshMs = 1000

/** The realms' aliases and hosts. */
type Names = { paths: ReadonlyMap<string, string>; hosts: ReadonlySet<string> }

/** Caches realms by path for a moment. Changes made by this server are visible immediately. */
export class RealmDirectory implements RealmStore {
  readonly #store: RealmStore
  readonly #now: () => number
  readonly #kept = new Map<string, { realm: Realm; until: number }>()
  readonly #changed: () => void
  #names: { names: Names; until: number } | undefined

  /** @param changed called after every change by this server. */
  constructor(store: RealmStore, now: () => number, changed: () => void = () => undefined) {
    this.#store = store
    this.#now = now
    this.#changed = changed
  }

  /** Clears the cache after another server changed a realm. */
  invalidateAll(): void {
    this.#kept.clear()
    this.#names = undefined
  }

  all(): Promise<Realm[]> {
    return this.#store.all()
  }

  async read(path: string): Promise<Realm | undefined> {
    return this.#keptNow(path) ?? this.#read(path)
  }

  #keptNow(path: string): Realm | undefined {
    const kept = this.#kept.get(path)
    return kept !== undefined && kept.until > this.#now() ? kept.realm : undefined
  }

  async #read(path: string): Promise<Realm | undefined> {
    const realm = await this.#store.read(path)
    // Unknown paths are not cached: clients can invent them without limit.
    if (realm === undefined) this.#kept.delete(path)
    else this.#kept.set(path, { realm, until: this.#now() + freshMs })
    return realm
  }

  /** Finds a realm by path or by an alias, such as `/customers`. */
  find(path: string): Awaitable<Realm | undefined> {
    return this.#keptNow(path) ?? this.#find(path)
  }

  async #find(path: string): Promise<Realm | undefined> {
    const realm = await this.#read(path)
    if (realm !== undefined) return realm
    const { paths } = await this.#allNames()
    const named = paths.get(path.replace(/^\//, ''))
    return named === undefined ? undefined : this.read(named)
  }

  /** Whether a realm can be reached at this `host` or `host:port`. */
  async hasHost(host: string): Promise<boolean> {
    return (await this.#allNames()).hosts.has(host.toLowerCase())
  }

  async save(realm: Realm, mark?: SaveMark): Promise<void> {
    await this.#store.save(realm, mark)
    this.forget(realm.path)
  }

  async replace(before: Realm, after: Realm, mark?: SaveMark): Promise<boolean> {
    const isReplaced = await this.#store.replace(before, after, mark)
    // If not, the kept realm is old.
    if (isReplaced) this.forget(before.path)
    else this.#kept.delete(before.path)
    return isReplaced
  }

  async reseal(path: string, change: (settings: RealmSettings) => RealmSettings): Promise<void> {
    await this.#store.reseal(path, change)
    this.forget(path)
  }

  async remove(path: string): Promise<boolean> {
    const wasThere = await this.#store.remove(path)
    this.forget(path)
    return wasThere
  }

  /** Called after a change of a realm that was saved otherwise. */
  forget(path: string): void {
    this.#kept.delete(path)
    this.#names = undefined
    this.#changed()
  }

  async #allNames(): Promise<Names> {
    if (this.#names !== undefined && this.#names.until > this.#now()) return this.#names.names
    const realms = await this.#store.all()
    const names = {
      paths: new Map(realms.flatMap(({ path, aliases }) => aliases.map((alias) => [alias, path] as const))),
      hosts: new Set(realms.flatMap(({ settings }) => settings.allowedHosts)),
    }
    this.#names = { names, until: this.#now() + freshMs }
    return names
  }
}
