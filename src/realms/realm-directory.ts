import type { Realm } from './realm.ts'
import type { RealmStore } from './realm-store.ts'

/** How long another server's change of a realm may stay unseen. Every request looks its realm up. */
const freshMs = 1000

/** Realms by path, kept for a moment. Changes made here are seen at once. */
export class RealmDirectory implements RealmStore {
  readonly #store: RealmStore
  readonly #now: () => number
  readonly #kept = new Map<string, { realm: Realm; until: number }>()

  constructor(store: RealmStore, now: () => number) {
    this.#store = store
    this.#now = now
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

  async save(realm: Realm): Promise<void> {
    await this.#store.save(realm)
    this.#kept.delete(realm.path)
  }

  async remove(path: string): Promise<boolean> {
    const wasThere = await this.#store.remove(path)
    this.#kept.delete(path)
    return wasThere
  }
}
