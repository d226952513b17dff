import { z } from 'zod'
import { type Script, scriptSchema } from '../scripts/script.ts'
import type { ScriptStore } from '../scripts/script-store.ts'
import { countVersionUp } from './configuration-version.ts'
import type { Database } from './database.ts'
import { deleteWith, upsertRow } from './plain-statements.ts'
import { guarded, query } from './query.ts'
import { scriptVersion } from './recorded-versions.ts'
import { json, rowsOf } from './rows.ts'
import { tryWrite } from './writes.ts'

const scripts = rowsOf<Script>('scripts', 'id', () =>
  z.object({ document: json(scriptSchema) }).transform(({ document }) => document),
)

const all = query<{ realm: string }>((db, $) =>
  db.selectFrom('scripts').select(['id', 'document']).where('realm', '=', $.realm).orderBy('name'),
)

const byId = query<{ realm: string; id: string }>((db, $) =>
  db.selectFrom('scripts').select(['id', 'document']).where('realm', '=', $.realm).where('id', '=', $.id),
)

const save = upsertRow('scripts', ['realm', 'id'], ['name', 'document'])

export const removeScript = deleteWith('scripts', ['realm', 'id'])

/** Creates or replaces a script. Violates a unique index if another script of the realm has the name. */
export function replaceScript(realm: string, script: Script) {
  return save({ realm, id: script.id, name: script.name, document: JSON.stringify(script) })
}

/** Stores scripts in SQL. */
export function scriptStore(database: Database): ScriptStore {
  return {
    all: (realm) => scripts.all(database, all({ realm })),
    read: (realm, id) => scripts.one(database, byId({ realm, id })),
    save: (realm, script, mark) =>
      tryWrite(database, [
        countVersionUp,
        ...scriptVersion(realm, script, mark),
        guarded(replaceScript(realm, script), 'name'),
      ]),
  }
}
