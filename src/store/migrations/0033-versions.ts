import { createHash } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { z } from 'zod'

const rowSchema = z.object({ realm: z.string(), kind: z.string(), id: z.string(), content: z.string() })
const typedSchema = z.object({ type: z.string(), version: z.string() })
const versionSchema = z.object({ version: z.coerce.number() })

/** The versions of journeys, nodes, scripts, custom node types, themes, templates and realm settings. */
export const versions: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('versions')
      .addColumn('realm', 'text', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('id', 'text', (column) => column.notNull())
      .addColumn('number', 'bigint', (column) => column.notNull())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('content', 'text')
      .addColumn('hash', 'text')
      .addColumn('saved_at', 'bigint')
      .addColumn('saved_by', 'text')
      .addColumn('saved_by_id', 'text')
      .addColumn('note', 'text')
      .addColumn('cause', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('versions_pk', ['realm', 'kind', 'id', 'number'])
      .execute()
    await db.schema
      .createIndex('versions_newest')
      .on('versions')
      .columns(['realm', 'number', 'kind', 'id'])
      .execute()
    await keepExisting(db)
  },
}

/** The state before the first change. */
async function keepExisting(db: Kysely<unknown>): Promise<void> {
  const { rows } = await sql`select version from configuration`.execute(db)
  const [{ version: number } = { version: 0 }] = z.array(versionSchema).parse(rows)
  const keep = async (found: unknown, contentOf: (row: Record<string, unknown>) => string) => {
    for (const row of z.array(z.looseObject(rowSchema.shape)).parse(found)) {
      const { realm, kind, id } = row
      const content = contentOf(row)
      const name = nameIn(content, id)
      await sql`
        insert into versions (realm, kind, id, number, name, content, hash, cause)
        values (${realm}, ${kind}, ${id}, ${number}, ${name}, ${content}, ${hashOf(kind, content)}, 'existing')`.execute(
        db,
      )
    }
  }
  const asStored = ({ content }: Record<string, unknown>) => String(content)
  const stored = [
    sql`select realm, 'journey' as kind, name as id, document as content from journeys`,
    sql`select realm, 'script' as kind, id, document as content from scripts`,
    sql`select '*' as realm, 'customNodeType' as kind, service_name as id, document as content from custom_node_types`,
    sql`select realm, kind, id, document as content from realm_documents where kind in ('theme', 'emailTemplate')`,
    sql`select path as realm, 'realmSettings' as kind, 'settings' as id, settings as content from realms`,
  ]
  for (const query of stored) await keep((await query.execute(db)).rows, asStored)
  const nodes =
    await sql`select realm, 'node' as kind, id, type, version, config as content from nodes`.execute(db)
  await keep(nodes.rows, (row) => {
    const { type, version } = typedSchema.parse(row)
    return JSON.stringify({ id: row.id, type, version, config: JSON.parse(asStored(row)) })
  })
}

const namedSchema = z.object({ name: z.string().optional(), displayName: z.string().optional() }).catch({})

function nameIn(content: string, id: string): string {
  const { displayName, name } = namedSchema.parse(JSON.parse(content))
  return displayName || name || id
}

const stampedSchema = z.looseObject({
  createdBy: z.unknown().optional(),
  createdAt: z.unknown().optional(),
  lastModifiedBy: z.unknown().optional(),
  lastModifiedAt: z.unknown().optional(),
})

/** Independent of the order of members, and of the author and time of a script. */
function hashOf(kind: string, content: string): string {
  const value: unknown = JSON.parse(content)
  return createHash('sha256')
    .update(JSON.stringify(sorted(kind === 'script' ? unstamped(value) : value)))
    .digest('base64url')
}

function unstamped(script: unknown): unknown {
  const { createdBy, createdAt, lastModifiedBy, lastModifiedAt, ...rest } = stampedSchema.parse(script)
  return rest
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, member]) => [name, sorted(member)]),
  )
}
