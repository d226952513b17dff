import { envelope } from '../crest/collection.ts'
import { notFound } from '../errors.ts'
import { type SavedRun, savedRunSchema } from '../journeys/saved-run.ts'
import type { StepStore, StoredJourneySession } from '../journeys/step-store.ts'
import type { Sealer } from '../secrets/seal.ts'
import { param, type Route } from './route.ts'

/** Journey sessions listed at once. */
const maxListed = 100

/** What an administrator may see of logins under way: their path and state keys, never a value. Ours, not AM's. */
export function journeySessionRoutes({ steps, sealer }: { steps: StepStore; sealer: Sealer }): Route[] {
  return [
    {
      method: 'GET',
      path: 'journey-sessions',
      access: 'administrator',
      summary: 'Lists the newest journey sessions of the realm.',
      async handle({ realm }) {
        const sessions = await steps.recent(realm.path, maxListed)
        return { body: envelope(sessions.map(summaryOf)) }
      },
    },
    {
      method: 'GET',
      path: 'journey-sessions/:id',
      access: 'administrator',
      summary:
        'Shows the trace of a journey session: nodes, outcomes, durations, and the keys they read and wrote.',
      async handle(call) {
        const stored = await steps.read(param(call, 'id'))
        if (stored === undefined || stored.realm !== call.realm.path) throw notFound()
        const saved = savedRunSchema.parse(JSON.parse(sealer.open(stored.body)))
        return { body: { ...summaryOf(stored), trace: saved.session.trace, state: keysOf(saved) } }
      },
    },
  ]
}

function summaryOf({ idHash, journey, outcome, step, startedAt, expiresAt }: StoredJourneySession) {
  return { _id: idHash, journey, outcome, step, startedAt, expiresAt }
}

function keysOf({ session }: SavedRun) {
  return { shared: Object.keys(session.shared), secure: Object.keys(session.secure) }
}
