import { registerHooks } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { mutants } from './mutants.ts'

// `node --import ./with-mutant.ts run.ts`: loads the sources without the condition that MODEL_MUTANT names.

const mutant = mutants().find(({ name }) => name === process.env.MODEL_MUTANT)
if (mutant !== undefined) {
  const { file, from, to, by } = mutant
  const changed = pathToFileURL(join(import.meta.dirname, '..', '..', file)).href
  registerHooks({
    load(url, context, next) {
      const loaded = next(url, context)
      if (url !== changed) return loaded
      const text = String(loaded.source)
      return { ...loaded, source: text.slice(0, from) + by + text.slice(to) }
    },
  })
}
