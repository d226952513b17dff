import * as z from 'zod/mini'
import { expected, type Resources, type Stored } from './collection.ts'
import { request } from './request.ts'
import { noteHeader } from './save-note.ts'

const documentSchema = z.record(z.string(), z.json())
const listSchema = z.object({ result: z.array(documentSchema) })

const prefix = 'emailTemplate/'

/** Templates by name. The realm is in the query. Source: `docs/operations-wire.md`, "Realm". */
export const emailTemplates: Resources = {
  name: 'email-templates',
  async list(realm, signal) {
    const query = { _queryFilter: `_id sw "${prefix}"`, realm }
    const { result } = await request(listSchema, '/openidm/config', { query, signal })
    return result.map(toStored).toSorted((one, other) => one.id.localeCompare(other.id))
  },
  async read(realm, name, signal) {
    return toStored(await request(documentSchema, pathOf(name), { query: { realm }, signal }))
  },
  async save(realm, name, body, revision, note = '') {
    const headers = { ...expected(revision), ...noteHeader(note) }
    const options = { method: 'PUT', query: { realm }, body, headers } as const
    return toStored(await request(documentSchema, pathOf(name), options))
  },
  remove: (realm, name) => request(z.unknown(), pathOf(name), { method: 'DELETE', query: { realm } }),
}

function pathOf(name: string): string {
  return `/openidm/config/${prefix}${encodeURIComponent(name)}`
}

function toStored({ _id, _rev, ...document }: z.infer<typeof documentSchema>): Stored {
  return { id: String(_id).slice(prefix.length), document, revision: String(_rev) }
}
