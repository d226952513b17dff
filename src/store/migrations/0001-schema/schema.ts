import type { Migration } from 'kysely/migration'
import { execute } from '../execute.ts'
import { configuration } from './configuration.ts'
import { helpDesk } from './help-desk.ts'
import { journeys } from './journeys.ts'
import { oauth } from './oauth.ts'
import { operations } from './operations.ts'
import { outbox } from './outbox.ts'
import { people } from './people.ts'

const areas = [configuration, people, journeys, helpDesk, outbox, oauth, operations]

/** The tables of version 0.2. */
export const schema: Migration = {
  async up(db) {
    for (const statements of areas) await execute(db, statements)
  },
}
