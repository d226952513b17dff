import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { z } from 'zod'

const rowSchema = z.object({
  realm: z.string(),
  kind: z.string(),
  id: z.string(),
  document: z.string().transform((text) => z.record(z.string(), z.json()).parse(JSON.parse(text))),
})

type Row = z.infer<typeof rowSchema>

/** Documents of the identity management that clients sent are kept like those of imports. */
export const keptOnce: Migration = {
  async up(db: Kysely<unknown>) {
    const old = sql`from realm_documents where kind in ('keptConfiguration', 'keptLocale', 'managedObject')`
    const { rows } = await sql`select realm, kind, id, document ${old}`.execute(db)
    const stored = z.array(rowSchema).parse(rows)
    await sql`delete ${old}`.execute(db)
    for (const { realm, key, value } of [...stored.flatMap(configuration), ...managedObjects(stored)]) {
      const document = JSON.stringify({ scope: 'global', section: 'idm', key, value })
      const id = `global idm ${key}`.replaceAll('/', '%2f')
      await sql`insert into realm_documents (realm, kind, id, document)
        values (${realm}, 'keptDocument', ${id}, ${document})
        on conflict (realm, kind, id) do nothing`.execute(db)
    }
  },
}

function configuration({ realm, kind, id, document }: Row) {
  if (kind === 'managedObject') return []
  const key = kind === 'keptLocale' ? `uilocale/${id}` : id.replace(' ', '/')
  return [{ realm, key, value: { _id: key, ...document } }]
}

/** One document has all definitions of a realm. */
function managedObjects(rows: readonly Row[]) {
  const objects = Map.groupBy(
    rows.filter(({ kind }) => kind === 'managedObject'),
    ({ realm }) => realm,
  )
  return [...objects].map(([realm, own]) => ({
    realm,
    key: 'managed',
    value: { _id: 'managed', objects: own.map(({ document }) => document) },
  }))
}
