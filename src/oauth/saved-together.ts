import { AsyncLocalStorage } from 'node:async_hooks'
import type { OauthRecord, OauthStore, RecordToSave } from './oauth-store.ts'

/** A store whose records a request saves together, in one statement. */
export type SavedTogether = OauthStore & {
  /** Runs the work of a request and then saves its records. @throws what the store throws: nothing may be answered then. */
  together(work: () => Promise<void>): Promise<void>
}

type OauthRequest = {
  waiting: Map<string, RecordToSave>
  /** Keys of the records that it has read. */
  known: Set<string>
  saving?: Promise<void>
  isOver: boolean
}

const keyOf = ({ realm, model, idHash }: Pick<OauthRecord, 'realm' | 'model' | 'idHash'>) =>
  `${realm}\n${model}\n${idHash}`

/**
 * Delays what a request saves until its end, or until it does anything else to the store than reading by id. The library saves a
 * grant, a code and a session one after the other, or two tokens. What it has read and others removed since is not saved again.
 */
export function savedTogether(store: OauthStore): SavedTogether {
  const requests = new AsyncLocalStorage<OauthRequest>()

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
  function known(record: OauthRecord | undefined): OauthRecord | undefined {
    if (record !== undefined) requests.getStore()?.known.add(keyOf(record))
    return record
  }

  return {
    async save(...records) {
      const request = requests.getStore()
      if (request === undefined || request.isOver) return store.save(...records)
      for (const record of records) {
        const key = keyOf(record)
        // rule S31: otherwise a refresh revives a grant that the second use of its token has just revoked
        const wasRead = request.known.has(key)
        request.waiting.set(key, { ...record, wasRead })
      }
    },
    async read(realm, model, idHash) {
      const request = requests.getStore()
      const waiting = request?.waiting.get(keyOf({ realm, model, idHash }))
      if (waiting !== undefined) return waiting
      await request?.saving
      return known(await store.read(realm, model, idHash))
    },
    create: afterSaving(store.create),
    byUid: afterSaving(async (...key) => known(await store.byUid(...key))),
    byUserCode: afterSaving(async (...key) => known(await store.byUserCode(...key))),
    consume: afterSaving(store.consume),
    poll: afterSaving(store.poll),
    remove: afterSaving(store.remove),
    removeGrant: afterSaving(store.removeGrant),
    removeClient: afterSaving(store.removeClient),
    deleteExpired: afterSaving(store.deleteExpired),
    together(work) {
      const request: OauthRequest = { waiting: new Map(), known: new Set(), isOver: false }
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
