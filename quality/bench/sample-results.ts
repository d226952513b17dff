import type { Results } from './results.ts'

const load = { operations: 1, perSecond: 1, cpuEach: 12_500, poolEach: 11_000, databaseEach: 0 }
const start = { milliseconds: [900, 700, 800], megabytes: [100] }

/** Results for tests of tables. */
export const sampleResults = {
  start: {
    byNpm: [],
    byNpmWithoutCompileCache: [],
    sidegate: start,
    fastify: start,
    betterAuth: start,
    oidcProvider: start,
  },
  memory: {
    atReady: [101.4],
    afterLogins: { sidegate: [140.6], betterAuth: [230], oidcProvider: [150] },
    workers: 2,
    eachWorker: [20],
  },
  feeds: { agents: 19_900, milliseconds: [[1, 2, 3, 4, 30]], cpuEach: [1], before: 1, watched: 2 },
  polls: { peer: [{ ...load, cpuEach: 250 }], plain: [{ ...load, cpuEach: 330 }], scripted: [load] },
  logins: {
    hashes: [{ ...load, cpuEach: 11_000 }],
    logins: [load],
    betterAuth: [load],
    betterAuthScrypt: [load],
    oidcProvider: [load],
  },
  install: { packed: 4, sidegate: 16, fastify: 8, betterAuth: 14, oidcProvider: 2 },
} satisfies Partial<Results>
