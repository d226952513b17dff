import { badRequest, RequestError } from '../base/errors.ts'
import type { JsonObject } from '../base/json.ts'
import { type Work, waitFor } from '../base/work.ts'
import type { Transaction } from '../help-desk/transactions/transaction.ts'
import type { Transactions } from '../help-desk/transactions/transactions.ts'
import type { FrozenJourney, Revisions } from '../journeys/revisions.ts'
import type { Realm } from '../realms/realm.ts'
import type { AuthIndex } from './saved-run.ts'

export type JourneyStart = {
  frozen: FrozenJourney
  shared: JsonObject
  transaction: { id: string; record: Transaction } | undefined
}

/** State keys of the engine. The data of a transaction can't set them. */
export const reservedStateKeys = ['realm', 'authLevel'] as const

/**
 * Finds the journey that a start names, and its initial state. Source: "Authenticate endpoint parameters" and, for
 * transactions, "Backchannel authentication".
 *
 * @throws RequestError 400 `No Configuration found` for a journey that is unknown, disabled or can only be an inner journey;
 * 401 `Unable to read transaction.` for a transaction that is unknown, expired or in another realm.
 */
export function* findJourneyStart(
  sources: { revisions: Revisions; transactions: Transactions },
  realm: Realm,
  sentIndex: AuthIndex | undefined,
): Work<JourneyStart> {
  const authIndex = yield* withoutAdvice(sentIndex)
  if (authIndex?.type === 'transaction') return yield* beginTransaction(sources, realm, authIndex.value)
  const name = journeyNamed(realm, authIndex)
  const frozen = yield* startable(sources.revisions, realm, name)
  if (frozen.content.journeys[name]?.transactionalOnly) throw noConfiguration()
  return { frozen, shared: initialState(realm, {}), transaction: undefined }
}

/**
 * Like {@link findJourneyStart}, for the draft of a journey. The caller has checked that the client may run it.
 * @throws RequestError 400 also without a draft, and for a start that names no journey.
 */
export function* findDraftStart(
  { revisions }: { revisions: Revisions },
  realm: Realm,
  authIndex: AuthIndex | undefined,
): Work<JourneyStart> {
  if (authIndex?.type !== 'service') throw noConfiguration()
  const frozen = startableOf(yield* waitFor(revisions.draft(realm.path, authIndex.value)), authIndex.value)
  return { frozen, shared: initialState(realm, {}), transaction: undefined }
}

function* beginTransaction(
  { revisions, transactions }: { revisions: Revisions; transactions: Transactions },
  realm: Realm,
  id: string,
): Work<JourneyStart> {
  const record = yield* waitFor(transactions.find(realm.path, id))
  if (record === undefined) throw new RequestError(401, 'Unable to read transaction.', { errorCode: '128' })
  const frozen = yield* startable(revisions, realm, record.journey)
  const username = record.subject === undefined ? {} : { username: record.subject.name }
  return {
    frozen,
    shared: initialState(realm, { ...record.data, ...username }),
    transaction: { id, record },
  }
}

/** The parser of XML is loaded with the first advice. */
function* withoutAdvice(authIndex: AuthIndex | undefined): Work<AuthIndex | undefined> {
  if (authIndex?.type !== 'composite_advice') return authIndex
  const { indexOfAdvice } = yield* waitFor(import('./composite-advice.ts'))
  return indexOfAdvice(authIndex.value)
}

function journeyNamed(realm: Realm, authIndex: AuthIndex | undefined): string {
  if (authIndex !== undefined && authIndex.type !== 'service')
    throw badRequest('Unknown Authentication Index Type')
  if (authIndex?.value === '') throw noConfiguration()
  return authIndex?.value ?? realm.settings.defaultJourney
}

/** @throws RequestError 400 for a journey that is unknown, disabled or can only be an inner journey. */
export function* startable(revisions: Revisions, realm: Realm, name: string): Work<FrozenJourney> {
  return startableOf(yield* waitFor(revisions.current(realm.path, name)), name)
}

function startableOf(frozen: FrozenJourney | undefined, name: string): FrozenJourney {
  const journey = frozen?.content.journeys[name]
  if (frozen === undefined || journey === undefined || !journey.enabled || journey.innerTreeOnly) {
    throw noConfiguration()
  }
  return frozen
}

function noConfiguration(): RequestError {
  return badRequest('No Configuration found')
}

function initialState(realm: Realm, data: JsonObject): JsonObject {
  return { ...data, realm: realm.path, authLevel: 0 }
}
