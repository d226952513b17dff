import { fold } from '../attributes/fold.ts'
import { type Work, waitFor } from '../base/work.ts'
import type { JourneySession, KnownPerson } from '../engine/journey-session.ts'
import type { Method } from '../engine/methods.ts'
import { timedOut } from './authenticate-request.ts'
import type { RunContext } from './run-context.ts'

/**
 * When a change of the account, or a check, last ended the sessions of a person.
 *
 * @returns epoch milliseconds, 0 for never.
 */
async function lastEndOf({ world, step, effects }: RunContext, nameOrId: string): Promise<number> {
  const person = await effects.identities.find(nameOrId)
  const identity = person && (await world.readIdentity(step.request.realm.path, person._id))
  return identity?.sessionsEndedAt ?? 0
}

/**
 * Ends a sign-in if the account of a person who was authenticated in it has changed elsewhere since: a sign-in that began with
 * the old password must not outlive it. Clients start over, as after a timeout.
 *
 * @throws RequestError 401 with AM's error code 110.
 */
export function* requireFreshProofs(
  run: RunContext,
  { proofs = [], changedPersonAt }: JourneySession,
): Work<void> {
  for (const name of new Set(proofs.map((proof) => proof.name))) {
    const endedAt = yield* waitFor(lastEndOf(run, name))
    // Directories are written immediately, not with the commit. A change with this step's time comes from its own earlier
    // attempt.
    const isOwn = endedAt === changedPersonAt || endedAt === run.step.now
    const isStale = proofs.some(
      (proof) => proof.name === name && (proof.sessionsEndedAt ?? endedAt) !== endedAt,
    )
    // rule S13: otherwise a sign-in that started with the old password continues
    if (isStale && !isOwn) throw timedOut()
  }
}

/** Adds proofs of a person, and remembers whom the name denotes. */
export function* withProofsOf(
  run: RunContext,
  session: JourneySession,
  name: string,
  methods: readonly Method[],
): Work<JourneySession> {
  if (methods.length === 0) return session
  const sessionsEndedAt = yield* waitFor(lastEndOf(run, name))
  const proofs = methods.map((method) => ({ method, name, sessionsEndedAt }))
  return yield* withKnownPeople(run, { ...session, proofs: [...(session.proofs ?? []), ...proofs] })
}

/** Records that this step changed people, so that its own changes don't invalidate the journey's proofs. */
export function withOwnChanges({ step, effects }: RunContext, session: JourneySession): JourneySession {
  return effects.changedPeople.length === 0 ? session : { ...session, changedPersonAt: step.now }
}

/**
 * Ends a sign-in if a name that the journey knows denotes another person now: a removed person's proofs, links and answers must
 * not count for a new person with the same name or id. A name without a person can't sign in.
 *
 * @throws RequestError 401 with AM's error code 110.
 */
export function* requireSamePeople(run: RunContext, { known = [] }: JourneySession): Work<void> {
  // rule S62: otherwise a journey of a removed person signs in the next one with the name
  for (const before of known) {
    if (yield* stillHasName(run, before)) continue
    const now = yield* personNamed(run, before.name)
    // rule S62: otherwise only another id is another person, or only people with a later creation are others
    if (now !== undefined && (now.id !== before.id || now.createdAt !== before.createdAt)) throw timedOut()
  }
}

/** Nobody else can get a name, as a username or as an id, while its person has it. */
function* stillHasName({ effects }: RunContext, { id, name, createdAt }: KnownPerson): Work<boolean> {
  const person = yield* waitFor(effects.identities.find(id))
  if (person?._id !== id || ![id, person.userName].some((own) => fold(own) === fold(name))) return false
  return (yield* waitFor(effects.identities.createdAt(id))) === createdAt
}

/** Remembers the people of the proofs and the one whom the journey would sign in. */
export function* withKnownPeople(run: RunContext, session: JourneySession): Work<JourneySession> {
  const { identified, shared, proofs = [], known: earlier = [] } = session
  const current = identified?.name ?? shared.username
  const names = new Set([
    ...proofs.map(({ name }) => name),
    ...(typeof current === 'string' ? [current] : []),
  ])
  const known: KnownPerson[] = []
  for (const name of names) {
    const person = earlier.find((each) => each.name === name) ?? (yield* personNamed(run, name))
    if (person !== undefined) known.push(person)
  }
  return known.length === 0 && session.known === undefined ? session : { ...session, known }
}

function* personNamed({ effects }: RunContext, name: string): Work<KnownPerson | undefined> {
  if (name === '') return undefined
  const person = yield* waitFor(effects.identities.find(name))
  const createdAt = person && (yield* waitFor(effects.identities.createdAt(person._id)))
  return person && createdAt !== undefined ? { name, id: person._id, createdAt } : undefined
}
