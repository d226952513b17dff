import { AsyncLocalStorage } from 'node:async_hooks'
import type { OauthRecord, OauthStore } from './oauth-store.ts'

/** A store whose records a request saves together, in one statement. */
export type SavedTogether = OauthStore & {
  /** Runs the work of a request and then saves its records. @throws what the store throws: nothing may be answered then. */
  together(work: () => Promise<void>): Promise<void>
}

type OauthRequest = { waiting: Map<string, OauthRecord>; saving?: Promise<void>; isOver: boolean }

/**
 * Delays what a request saves until its end, or until it does anything else to the store than reading by id. The library saves a
 * grant, a code and a session one after the other, or two tokens.
 */
export function savedTogether(store: OauthStore): SavedTogether {
  const requests = new AsyncLocalStorage<OauthRequest>()
  const keyOf = (realm: string, model: string, idHash: string) => `${realm}\n${model}\n${idHash}`

  async function saveWaiting(): Promise<void> {
    const request = requests.getStore()
    if (request === undefined) return
    const records = [...request.waiting.values()]
    request.waiting.clear()
    if (records.length > 0) request.saving = store.save(...records)
    await request.saving
  }
  const afterSaving =
    <Parameters extends unknown[], Result>(run: (...parameters: Parameters) => Promise<Result>) =>
    async (...parameters: Parameters): Promise<Result> => {
      await saveWaiting()
      return run(...parameters)
    }

  return {
    async save(...records) {
      const request = requests.getStore()
      if (request === undefined || request.isOver) return store.save(...records)
      for (const record of records)
        request.waiting.set(keyOf(record.realm, record.model, record.idHash), record)
    },
    async read(realm, model, idHash) {
      const request = requests.getStore()
      const waiting = request?.waiting.get(keyOf(realm, model, idHash))
      if (waiting === undefined) await request?.saving
      return waiting ?? store.read(realm, model, idHash)
    },
    create: afterSaving(store.create),
    byUid: afterSaving(store.byUid),
    byUserCode: afterSaving(store.byUserCode),
    consume: afterSaving(store.consume),
    poll: afterSaving(store.poll),
    remove: afterSaving(store.remove),
    removeGrant: afterSaving(store.removeGrant),
    removeClient: afterSaving(store.removeClient),
    deleteExpired: afterSaving(store.deleteExpired),
    together(work) {
      const request: OauthRequest = { waiting: new Map(), isOver: false }
      return requests.run(request, async () => {
        try {
          await work()
        } finally {
          request.isOver = true
        }
        await saveWaiting()
      })
    },
  }
}
