import { registerHooks } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { z } from 'zod'

// `node --import ./with-mutant.ts run.ts`: loads the sources without the condition that MODEL_MUTANT describes.

const mutant = z.object({ file: z.string(), from: z.number(), to: z.number(), by: z.string() })
const { file, from, to, by } = mutant.parse(JSON.parse(process.env.MODEL_MUTANT ?? ''))
const changed = pathToFileURL(join(import.meta.dirname, '..', '..', file)).href
registerHooks({
  load(url, context, next) {
    const loaded = next(url, context)
    if (url !== changed) return loaded
    const text = String(loaded.source)
    return { ...loaded, source: text.slice(0, from) + by + text.slice(to) }
  },
})
