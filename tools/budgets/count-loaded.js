import { writeFileSync } from 'node:fs'
import { registerHooks } from 'node:module'

// Loaded with `--import`: at the signal SIGUSR2 it writes to the file $COUNTS which JavaScript the process has loaded, in
// characters by URL, and how many zod schemas and routes it has made.

const loaded = {}
const made = { zodSchemas: 0, methodRoutes: 0 }
globalThis.sidegateMade = made

/** Every schema passes here once. The bundler may number the function. */
const constructorOfSchemas = /function (init(?:\$\d+)?)\(inst, def\) \{/

/** The router adds each method of a path here. Fastify answers unknown addresses by one that has only `/` and `/*`. */
const additionOfRoutes = /(_on = function _on)\(method, path, opts, handler, store\) \{/

registerHooks({
  load(url, context, next) {
    const result = next(url, context)
    if (result.source === null || result.source === undefined) return result
    const text = String(typeof result.source === 'string' ? result.source : Buffer.from(result.source))
    loaded[url] = text.length
    const source = text
      .replace(constructorOfSchemas, 'function $1(inst, def) { if (!inst._zod) sidegateMade.zodSchemas++;')
      .replace(
        additionOfRoutes,
        '$1(method, path, opts, handler, store) { if (path.length > 2) sidegateMade.methodRoutes++;',
      )
    return { ...result, source }
  },
})

process.on('SIGUSR2', () => writeFileSync(process.env.COUNTS ?? '', JSON.stringify({ loaded, made })))
