import { collection } from '../../crest/collection.ts'
import type { JsonObject } from '../../engine/json.ts'
import type { Script } from '../../scripts/script.ts'
import type { ScriptStore } from '../../scripts/script-store.ts'
import type { Route } from '../route.ts'

/** Library scripts and what they export, as exporting tools ask for them. */
export function libraryRoutes({ scripts }: { scripts: ScriptStore }): Route[] {
  return [
    {
      method: 'GET',
      path: 'libraries',
      access: 'journeys',
      summary: 'Lists library scripts with the names that they export.',
      async handle({ realm, query }) {
        const all = await scripts.all(realm.path)
        const libraries = all.filter(({ context }) => context === 'LIBRARY')
        return { body: collection(libraries.map(libraryOf), query) }
      },
    },
  ]
}

function libraryOf({ id, name, source }: Script): JsonObject {
  return { _id: id, name, exports: exportsOf(source) }
}

/** Read from the text: running a script only to list it would be a way to make the server run it. */
function exportsOf(source: string): JsonObject[] {
  const assignments = source.matchAll(/^\s*exports\.(\w+)\s*=\s*(function\s*\w*\s*\(([^)]*)\))?/gm)
  return [...assignments].map(([, id = '', isFunction, parameters = '']) =>
    isFunction === undefined
      ? { id, type: 'Unknown' }
      : { id, type: 'Function', arity: parameters.split(',').filter((name) => name.trim() !== '').length },
  )
}
