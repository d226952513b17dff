import type { JsonObject } from '../../base/json.ts'
import { collection } from '../../crest/collection.ts'
import type { Script } from '../../scripts/script.ts'
import type { ScriptStore } from '../../scripts/script-store.ts'
import type { Route } from '../route.ts'

/** Library scripts and their exports, for export tools. */
export function libraryRoutes({ scripts }: { scripts: ScriptStore }): Route[] {
  return [
    {
      method: 'GET',
      path: 'libraries',
      access: 'journeys',
      summary: 'Lists library scripts with their exports.',
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

/** Parsed from the source, because listing must not run scripts. */
function exportsOf(source: string): JsonObject[] {
  const assignments = source.matchAll(/^\s*exports\.(\w+)\s*=\s*(function\s*\w*\s*\(([^)]*)\))?/gm)
  return [...assignments].map(([, id = '', isFunction, parameters = '']) =>
    isFunction === undefined
      ? { id, type: 'Unknown' }
      : { id, type: 'Function', arity: parameters.split(',').filter((name) => name.trim() !== '').length },
  )
}
