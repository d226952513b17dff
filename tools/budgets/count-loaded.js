import { writeFileSync } from 'node:fs'
import { registerHooks } from 'node:module'

// Loaded with `--import`: at the signal SIGUSR2 it writes to the file $COUNTS which JavaScript the process has loaded, in
// characters by URL, and how many zod schemas it has made.

const loaded = {}
globalThis.zodSchemas = 0

/** Every schema passes here once. The bundler may number the function. */
const constructorOfSchemas = /function (init(?:\$\d+)?)\(inst, def\) \{/

registerHooks({
  load(url, context, next) {
    const result = next(url, context)
    if (result.source === null || result.source === undefined) return result
    const text = String(typeof result.source === 'string' ? result.source : Buffer.from(result.source))
    loaded[url] = text.length
    const counting = 'function $1(inst, def) { if (!inst._zod) globalThis.zodSchemas++;'
    return { ...result, source: text.replace(constructorOfSchemas, counting) }
  },
})

process.on('SIGUSR2', () =>
  writeFileSync(process.env.COUNTS ?? '', JSON.stringify({ loaded, schemas: globalThis.zodSchemas })),
)
