import type { AnswerOf, ItemOf } from '../../../contract/endpoint.ts'
import {
  continueAsCaller,
  listJourneySessions,
  readJourneySession,
  sessionOutcomes,
  watchRun,
} from '../../../contract/journey-sessions.ts'
import { defined } from '../../base/defined.ts'
import { badRequest, notFound } from '../../base/errors.ts'
import { envelope } from '../../crest/collection.ts'
import type { CustomNodeStore } from '../../journeys/custom-node-store.ts'
import { typesWith } from '../../journeys/revisions.ts'
import { decidingStep, isCut, reasonOf, stepsOf, userOf } from '../../runtime/run-summary.ts'
import { readRun, type SavedRun } from '../../runtime/saved-run.ts'
import type { StoredJourneySession } from '../../runtime/step-store.ts'
import { entriesIn } from '../../runtime/trace-lines.ts'
import { parseBody } from '../body.ts'
import { type Answer, byAction, type Call, param, type Route } from '../route.ts'
import { type CallersRunDependencies, callersRun } from './continue-as-caller.ts'
import type { KeptRunDependencies } from './keep-as-test.ts'
import { watchHeader } from './request-view.ts'

type JourneySessionDependencies = CallersRunDependencies &
  KeptRunDependencies & {
    customNodes: CustomNodeStore
    /** By username or object id. */
    findPerson(realm: string, nameOrId: string): Promise<{ userName: string } | undefined>
  }

/** Maximum journey sessions in a list. */
const maxListed = 100

/**
 * Journey sessions for administrators: their nodes and the names of their state keys; values only for watched runs. Not in AM;
 * `docs/console-wire.md` describes the bodies.
 */
export function journeySessionRoutes(from: JourneySessionDependencies): Route[] {
  const access = 'journeys'
  return [
    {
      ...listJourneySessions,
      access,
      summary: 'Lists the newest journey sessions of the realm, filtered by `journey`, `outcome` or `watch`.',
      handle: async (call) => {
        const nameOf = userNames(from, call)
        const sessions = (await selected(from, call)).map((stored) => ({
          stored,
          saved: readable(from, stored),
        }))
        return {
          body: envelope(
            await Promise.all(sessions.map(({ stored, saved }) => summaryOf(stored, saved, nameOf))),
          ),
        }
      },
    },
    {
      ...watchRun,
      // rule S28: otherwise people who may not change journeys get a key that runs a draft
      access,
      resource: { kind: 'journey-sessions' },
      summary: 'Issues a key that records one run with its values, of a journey or of its draft (`watch`).',
      handle: byAction({ watch: (call) => watch(from, call) }),
    },
    {
      ...continueAsCaller,
      access,
      resource: { kind: 'journey-sessions' },
      summary:
        'Starts the caller’s side of a transaction that a watched run opened, for the session that started the run (`continueAsCaller`), or writes a run as a test (`keepAsTest`).',
      reads: ['keepAsTest'],
      handle: byAction({
        continueAsCaller: (call) => callersRun(from, call),
        // Writing walks needs a library that nothing else of a server does.
        keepAsTest: async (call) => (await import('./keep-as-test.ts')).keepAsTest(from, call),
      }),
    },
    {
      ...readJourneySession,
      access,
      summary:
        'Reads a journey session: nodes, outcomes, durations, and the state keys that they read and wrote.',
      handle: (call) => readOne(from, call),
    },
  ]
}

async function selected({ steps }: JourneySessionDependencies, { realm, query }: Call) {
  const watched = query.get('watch')
  if (watched !== null) {
    const session = await steps.watched(realm.path, watched)
    return session === undefined ? [] : [session]
  }
  const journey = query.get('journey')
  const asked = query.get('outcome')
  const outcome = sessionOutcomes.find((each) => each === asked)
  if (asked !== null && outcome === undefined) {
    throw badRequest(`The query parameter outcome must be ${sessionOutcomes.join(' or ')}`)
  }
  return steps.recent(realm.path, maxListed, {
    ...(journey === null ? {} : { journey }),
    ...defined({ outcome }),
  })
}

async function watch({ watches }: JourneySessionDependencies, call: Call): Promise<Answer> {
  const { journey, draft, userAgent } = parseBody(watchRun.actions.watch.body(), call)
  const signedIn = await call.session()
  const body: AnswerOf<typeof watchRun.actions.watch> = {
    ...watches.issue(call.realm.path, journey, {
      isDraft: draft,
      startedBy: signedIn?.session.tokenHash,
      userAgent,
    }),
    header: watchHeader,
  }
  return { status: 201, body }
}

async function readOne(from: JourneySessionDependencies, call: Call): Promise<Answer> {
  const stored = await from.steps.read(param(call, 'id'))
  if (stored === undefined || stored.realm !== call.realm.path) throw notFound()
  const saved = openRun(from, stored)
  const typeNamed = typesWith(await from.customNodes.all())
  const recorded = stepsOf(saved)
  const steps = recorded.map((step) => {
    const decides = decidingStep(step, recorded)
    const reason = reasonOf(decides, typeNamed(decides.nodeType))
    return { ...step, title: typeNamed(step.nodeType)?.title ?? step.nodeType, ...defined({ reason }) }
  })
  const trace = entriesIn(saved.trace)
  const summary = await summaryOf(stored, saved, userNames(from, call))
  return {
    body: { ...summary, isCut: isCut(saved), steps, trace, state: keysOf(saved) } satisfies AnswerOf<
      typeof readJourneySession
    >,
  }
}

function openRun({ sealer }: JourneySessionDependencies, stored: StoredJourneySession): SavedRun {
  return readRun(sealer.open(stored.body))
}

/** Undefined for an unreadable run, which is then listed without details. */
function readable(from: JourneySessionDependencies, stored: StoredJourneySession): SavedRun | undefined {
  try {
    return openRun(from, stored)
  } catch {
    return undefined
  }
}

type NameOf = (nameOrId: string) => Promise<string>

/** Finds the username for the username or object id that a journey has. Looks up each only once. */
function userNames({ findPerson }: JourneySessionDependencies, { realm }: Call): NameOf {
  const known = new Map<string, Promise<string>>()
  return (nameOrId) => {
    const found =
      known.get(nameOrId) ?? findPerson(realm.path, nameOrId).then((person) => person?.userName ?? nameOrId)
    known.set(nameOrId, found)
    return found
  }
}

async function summaryOf(
  { idHash, journey, outcome, step, startedAt, expiresAt }: StoredJourneySession,
  saved: SavedRun | undefined,
  nameOf: NameOf,
): Promise<ItemOf<typeof listJourneySessions>> {
  const user = saved && userOf(saved, outcome)
  return {
    _id: idHash,
    journey,
    outcome,
    step,
    startedAt,
    expiresAt,
    nodes: saved?.visits ?? 0,
    ...(user === undefined ? {} : { user: await nameOf(user) }),
    isWatched: saved?.watch !== undefined,
  }
}

function keysOf({ session }: SavedRun) {
  return { shared: Object.keys(session.shared), secure: Object.keys(session.secure) }
}
