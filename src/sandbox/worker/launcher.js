// Plain JavaScript: a worker inherits no compile cache, and with one the cached .ts files need no stripper.
import { enableCompileCache, flushCompileCache } from 'node:module'
import { workerData } from 'node:worker_threads'

if (workerData.compileCache) enableCompileCache(workerData.compileCache)
await import('./script-worker.ts')
if (workerData.compileCache) flushCompileCache()
