import type { Target } from './target.ts'
import { authenticate } from './targets/authenticate.ts'
import { engine } from './targets/engine.ts'
import { feed } from './targets/feed.ts'
import { imports } from './targets/imports.ts'
import { rest } from './targets/rest.ts'

/** Targets that change the server most come last. */
export const targets: readonly Target[] = [authenticate, feed, imports, engine, rest]
