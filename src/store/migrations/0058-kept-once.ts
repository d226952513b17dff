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

/** Documents of the identity management that clients sent are kept like those of imports, whose documents they replace. */
export const keptOnce: Migration = {
  async up(db: Kysely<unknown>) {
    const old = sql`from realm_documents where kind in ('keptConfiguration', 'keptLocale', 'managedObject')`
    const { rows } = await sql`select realm, kind, id, document ${old}`.execute(db)
    const stored = z.array(rowSchema).parse(rows)
    await sql`delete ${old}`.execute(db)
    for (const { realm, key, value } of [...stored.flatMap(configuration), ...managedObjects(stored)]) {
      const id = `global idm ${key}`.replaceAll('/', '%2f')
      const imported = await sql`select document from realm_documents
        where realm = ${realm} and kind = 'keptDocument' and id = ${id}`.execute(db)
      const merged = key === 'managed' ? withImported(value, imported.rows) : value
      const document = JSON.stringify({ scope: 'global', section: 'idm', key, value: merged })
      await sql`insert into realm_documents (realm, kind, id, document)
        values (${realm}, 'keptDocument', ${id}, ${document})
        on conflict (realm, kind, id) do update set document = excluded.document`.execute(db)
    }
  },
}

const definition = z.looseObject({ name: z.unknown() })
const managedSchema = z.object({ value: z.looseObject({ objects: z.array(definition) }) })
const importedSchema = z.object({
  document: z.string().transform((text) => managedSchema.safeParse(JSON.parse(text)).data?.value),
})

/** Definitions that only an import has stay. */
function withImported(value: object, rows: readonly unknown[]) {
  const { objects = [] } = managedSchema.shape.value.safeParse(value).data ?? {}
  const [imported] = z.array(importedSchema).parse(rows)
  const names = new Set(objects.map(({ name }) => name))
  const others = imported?.document?.objects.filter(({ name }) => !names.has(name)) ?? []
  return { _id: 'managed', ...imported?.document, objects: [...others, ...objects] }
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
