import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { z } from 'zod'

const rowSchema = z.object({ id: z.string(), realm: z.string(), attributes: z.string() })
const attributesSchema = z
  .object({ aliasList: z.array(z.string()).catch([]).default([]) })
  .catch({ aliasList: [] })

const pageSize = 500

/** Indexes people by their names at identity providers, including existing people. */
export const aliases: Migration = {
  async up(db: Kysely<unknown>) {
    for (let after = '', isMore = true; isMore; ) {
      const { rows } = await sql`
        select id, realm, attributes from identities where id > ${after} order by id limit ${pageSize}`.execute(
        db,
      )
      const people = z.array(rowSchema).parse(rows)
      for (const person of people) await addEntries(db, person)
      after = people.at(-1)?.id ?? after
      isMore = people.length === pageSize
    }
  },
}

async function addEntries(db: Kysely<unknown>, { id, realm, attributes }: z.infer<typeof rowSchema>) {
  const { aliasList } = attributesSchema.parse(JSON.parse(attributes))
  // Folds values the same way as searches do.
  for (const value of new Set(aliasList.map((text) => text.normalize('NFC').toLowerCase()))) {
    await sql`
      insert into identity_index (realm, attribute, value_folded, identity_id)
      values (${realm}, 'aliasList', ${value}, ${id})`.execute(db)
  }
}
