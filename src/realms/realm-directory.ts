import type { Realm } from './realm.ts'
import type { RealmStore } from './realm-store.ts'

/** How long another server's change of a realm may stay unseen, should its hint be lost. Every request looks its realm up. */
const freshMs = 1000

/** What else leads to realms. */
type Names = { paths: ReadonlyMap<string, string>; hosts: ReadonlySet<string> }

/** Realms by path, kept for a moment. Changes made here are seen at once. */
export class RealmDirectory implements RealmStore {
  readonly #store: RealmStore
  readonly #now: () => number
  readonly #kept = new Map<string, { realm: Realm; until: number }>()
  readonly #changed: () => void
  #names: { names: Names; until: number } | undefined

  /** @param changed is called after every change made here. */
  constructor(store: RealmStore, now: () => number, changed: () => void = () => undefined) {
    this.#store = store
    this.#now = now
    this.#changed = changed
  }

  /** Another server changed something: everything is read again. */
  invalidateAll(): void {
    this.#kept.clear()
    this.#names = undefined
  }

  all(): Promise<Realm[]> {
    return this.#store.all()
  }

  async read(path: string): Promise<Realm | undefined> {
    const kept = this.#kept.get(path)
    if (kept !== undefined && kept.until > this.#now()) return kept.realm
    const realm = await this.#store.read(path)
    // Unknown paths are the client's to make up: they take no room.
    if (realm === undefined) this.#kept.delete(path)
    else this.#kept.set(path, { realm, until: this.#now() + freshMs })
    return realm
  }

  /** By path, or by an alias in the place of one: `/customers`. */
  async find(path: string): Promise<Realm | undefined> {
    const realm = await this.read(path)
    if (realm !== undefined) return realm
    const { paths } = await this.#allNames()
    const named = paths.get(path.replace(/^\//, ''))
    return named === undefined ? undefined : this.read(named)
  }

  /** Whether some realm may be reached under this `host` or `host:port`. */
  async hasHost(host: string): Promise<boolean> {
    return (await this.#allNames()).hosts.has(host.toLowerCase())
  }

  async save(realm: Realm): Promise<void> {
    await this.#store.save(realm)
    this.#invalidate(realm.path)
  }

  async remove(path: string): Promise<boolean> {
    const wasThere = await this.#store.remove(path)
    this.#invalidate(path)
    return wasThere
  }

  #invalidate(path: string): void {
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
