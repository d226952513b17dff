import { StorageError, type StorageProblem } from '../../base/errors.ts'
import { type Config, readConfig } from '../../config.ts'
import type { LiveFeed } from '../../help-desk/transactions/live-feed.ts'
import type { IdentityStore } from '../../people/identity-store.ts'
import type { Passwords } from '../../people/passwords/passwords.ts'
import type { UnansweredJourneys } from '../../runtime/unanswered-journeys.ts'
import type { ScriptEngine } from '../../sandbox/script-engine.ts'
import type { Stores } from '../../store/stores.ts'
import type { DatabaseFigures } from '../../telemetry/metrics/gauges.ts'
import { cleanupIntervalMs, type LastCleanup } from '../maintenance.ts'
import { withPublishedPassword } from '../start-warnings.ts'
import { packageVersion } from '../version.ts'
import type { Advice } from './advice.ts'
import { settingsInForce } from './settings-in-force.ts'

type Sources = {
  config: Config
  stores: Pick<
    Stores,
    'about' | 'audit' | 'figures' | 'load' | 'health' | 'cluster' | 'transactions' | 'realms'
  >
  identities: Pick<IdentityStore, 'byUserName'>
  passwords: Pick<Passwords, 'verify' | 'waiting'>
  scripts: Pick<ScriptEngine, 'waiting' | 'workers'>
  feed: Pick<LiveFeed, 'size'>
  unanswered: Pick<UnansweredJourneys, 'size'>
  lastCleanup: LastCleanup
  /** Epoch milliseconds. */
  startedAt: number
}

/** What an administrator should know about this server: settings in force, advice, versions and fill. Never a secret. */
export function serverOverview(sources: Sources) {
  const from = { ...sources, passwords: rememberedVerify(sources.passwords) }
  const settings = settingsInForce(from.config, readConfig({}))
  const version = packageVersion()
  const advice = knownAdvice(() => samplesAdvice(from), from.stores.cluster.now)
  return async () => ({
    settings,
    advice: advice(),
    health: { version, node: process.version.slice(1), ...(await healthOf(from)) },
  })
}

async function healthOf(from: Sources) {
  const { stores, config, lastCleanup, startedAt } = from
  const now = stores.cluster.now()
  const [problem, facts, figures, waitingAudit, open, hasOthers] = await Promise.all([
    stores.health.check().then(() => null, problemOf),
    stores.about(),
    stores.figures(),
    stores.audit.countWaiting(),
    stores.transactions.countOpen(now),
    stores.cluster.hasOthers().catch(() => null),
  ])
  const { started, max } = from.scripts.workers()
  return {
    database: { ...facts, ...shownFigures(figures), waiting: stores.load().waiting, waitingAudit, problem },
    hasOthers,
    now,
    startedAt,
    cleanup: {
      doneAt: lastCleanup.doneAt ?? null,
      failedAt: lastCleanup.failedAt ?? null,
      everyMinutes: cleanupIntervalMs / 60_000,
    },
    workers: { used: started, max },
    feeds: { used: from.feed.size(), max: config.maxFeeds },
    unansweredJourneys: { used: from.unanswered.size(), max: config.maxUnansweredJourneys },
    waitingPasswords: { used: from.passwords.waiting(), max: config.maxWaitingPasswords },
    waitingScripts: { used: from.scripts.waiting(), max: config.maxWaitingScripts },
    openTransactions: open.CREATED + open.IN_PROGRESS,
  }
}

function shownFigures({ bytes, lastBackupAt, oldestUnsent }: DatabaseFigures) {
  const unsent = Object.values(oldestUnsent).filter((at) => at !== undefined)
  return {
    bytes: bytes.database ?? null,
    walBytes: bytes.wal ?? null,
    lastBackupAt: lastBackupAt ?? null,
    oldestUnsentAt: unsent.length === 0 ? null : Math.min(...unsent),
  }
}

function problemOf(error: unknown): StorageProblem {
  return error instanceof StorageError ? error.problem : 'away'
}

const goodForMs = 10 * 60_000

/**
 * What the last check found. It checks again beside the answer, because passwords may have to wait for each other: at once while
 * something is wrong, so that the advice goes away with its cause, and otherwise every ten minutes.
 */
function knownAdvice(check: () => Promise<Advice[]>, now: () => number): () => Advice[] {
  let known: Advice[] = []
  let goodUntil = 0
  let isRunning = false
  const again = async () => {
    isRunning = true
    try {
      known = await check()
      goodUntil = known.length === 0 ? now() + goodForMs : 0
    } catch {
      // The next answer tries again.
    } finally {
      isRunning = false
    }
  }
  return () => {
    if (!isRunning && now() >= goodUntil) void again()
    return known
  }
}

/** Remembers answers by hash, because a check costs as much as a sign-in and the page is refreshed. */
function rememberedVerify(passwords: Sources['passwords']): Sources['passwords'] {
  const known = new Map<string, boolean>()
  return {
    waiting: () => passwords.waiting(),
    async verify(hash, password) {
      if (hash === undefined) return passwords.verify(hash, password)
      const isPublished = known.get(hash) ?? (await passwords.verify(hash, password))
      if (known.size >= rememberedAtMost) known.clear()
      known.set(hash, isPublished)
      return isPublished
    },
  }
}

const rememberedAtMost = 100

async function samplesAdvice({ stores, identities, passwords }: Sources): Promise<Advice[]> {
  const found = await withPublishedPassword({ realms: stores.realms, identities, passwords })
  if (found === undefined) return []
  const text = `At least the sample person ${found.person} in the realm ${found.realm} still has the published password. Change it, or delete the sample people before others can reach this server.`
  return [{ kind: 'danger', text }]
}
