// Plain JavaScript, because it has to enable the compile cache, which workers don't inherit, before it loads .ts files.
import { enableCompileCache, flushCompileCache } from 'node:module'
import { workerData } from 'node:worker_threads'

if (workerData.compileCache) enableCompileCache(workerData.compileCache)
if (workerData.watched !== undefined) await import('./watching-thread.ts')
else if (workerData.mutated !== undefined) await import('./mutant-thread.ts')
else await import('./walk-thread.ts')
if (workerData.compileCache) flushCompileCache()
