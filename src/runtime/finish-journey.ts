import type { Cookie } from '../engine/cookie.ts'
import { asJson, type EndDetails } from '../engine/end-details.ts'
import type { JourneySession } from '../engine/journey-session.ts'
import type { JsonObject } from '../engine/json.ts'
import { levelOf } from '../engine/level.ts'
import { type Method, methodsOf } from '../engine/methods.ts'
import { methodsProperty, systemProperties } from '../engine/system-properties.ts'
import { errorBody, RequestError, tooMany } from '../errors.ts'
import { isCheck, type VerificationChange } from '../help-desk/checks/verification.ts'
import { landingPageOf } from '../help-desk/transactions/links.ts'
import { plainText } from '../help-desk/transactions/plain-text.ts'
import type { Transaction, TransactionChange } from '../help-desk/transactions/transaction.ts'
import type { Person } from '../nodes/ports/ports.ts'
import type { Session } from '../sessions/session.ts'
import { newSession } from '../sessions/sessions.ts'
import { isAllowedUrl } from './allowed-url.ts'
import type { RunContext } from './ports/run-context.ts'
import type { SavedRun } from './saved-run.ts'

/** What the client is told. `token` is set where a session was created: it becomes a cookie. */
export type AuthenticateAnswer = {
  status: number
  body: JsonObject
  token?: string
  headers?: Readonly<Record<string, string>>
  /** What nodes set besides. */
  cookies?: readonly Cookie[]
}

/** How a journey ended and what is saved with it. */
export type Ending = {
  outcome: 'success' | 'failure'
  answer: AuthenticateAnswer
  signIn: Session | undefined
  transactions: TransactionChange[]
  verifications: VerificationChange[]
  /** Who, once known. */
  userId: string | undefined
}

/** Longest reason of a failed sign-in that an agent reads, in characters. */
const maxReasonLength = 200

/** AM's text for a failure that has no other. */
const loginFailure = 'Login failure'

/** AM's text for a transaction that this journey can't complete. */
export const unableToApprove = 'Unable to approve transaction'

/** A journey session whose time is over. Clients act on error code 110: it must mean nothing else. */
export function timedOut(): RequestError {
  return new RequestError(401, 'Session has timed out', { errorCode: '110' })
}

/**
 * Ends a journey that reached Success. It still fails when nobody was identified, when the person may not sign in,
 * or when the transaction is for somebody else.
 */
export async function succeed(run: RunContext, saved: SavedRun): Promise<Ending> {
  const { session, noSession } = saved
  const person = await whoSignedIn(run, session)
  if (person === 'inactive') return failWith(run, saved, 'User Locked Out.')
  if (person === undefined && !noSession) {
    run.log.warn('the journey reached success without an identity')
    return failWith(run, saved, loginFailure)
  }
  // Whatever the journey asked for: wrong passwords lock the way of a caller too. (CVE-2026-9798 was that they did not.)
  const isSignIn = !noSession || run.transaction !== undefined
  if (isSignIn && person !== undefined && (await isLockedOut(run, session, person))) {
    run.effects.mails = []
    return failWith(run, saved, 'User Locked Out.')
  }
  const refusal = await transactionRefusal(run, saved, person)
  if (refusal !== undefined) {
    // What would have gone with a success does not go with its refusal.
    run.effects.mails = []
    return failWith(run, saved, refusal)
  }
  if (person !== undefined) await voidAttributes(run, session, person)
  const created = person === undefined || noSession ? undefined : createSession(run, session, person)
  const body: JsonObject = {
    ...session.successDetails?.values,
    ...shownProperties(session, created?.session),
    ...(created === undefined ? {} : { tokenId: created.token }),
    ...(saved.noSessionAsked ? { message: 'Authentication Successful' } : {}),
    successUrl: successUrlOf(run, saved),
    realm: run.realm.path,
  }
  return {
    outcome: 'success',
    answer: {
      status: 200,
      body,
      ...headersOf(session.successDetails),
      ...(created === undefined ? {} : { token: created.token }),
      cookies: await cookiesOf(run, session, person, created?.session),
    },
    signIn: created?.session,
    transactions: completion(run, created?.session),
    verifications: person === undefined ? [] : proven(run, saved, provenBy(session, person)),
    userId: person?._id,
  }
}

/**
 * Ends a journey that failed. A transaction that allows no retry is denied for good; for one that nobody can approve
 * any more the text says so, whichever node noticed it: a Notification node does before the journey comes to its end.
 */
export async function failWith(
  run: RunContext,
  saved: SavedRun,
  message?: string,
  details?: EndDetails,
): Promise<Ending> {
  const { session } = saved
  const transaction = await currentTransaction(run)
  const isOver = run.transaction !== undefined && !isOpen(transaction)
  const otherwise = isOver ? unableToApprove : loginFailure
  const text =
    message ??
    details?.message ??
    (await lockoutMessageOf(run, session)) ??
    errorMessageOf(session) ??
    otherwise
  const { refusal } = run.effects
  const detail = {
    ...details?.values,
    ...(refusal === undefined ? {} : { problem: refusal.problem, explanation: refusal.message }),
    failureUrl: failureUrlOf(run, saved),
  }
  const denies = isOpen(transaction) && !transaction.allowRetry
  const refused = run.effects.tooMany && tooMany(run.effects.tooMany)
  return {
    outcome: 'failure',
    answer:
      refused === undefined
        ? { status: 401, body: errorBody(401, text, detail), ...headersOf(details) }
        : refusedAnswer(refused, detail),
    signIn: undefined,
    verifications: [],
    transactions: [
      ...(text === unableToApprove ? [] : failedSignIn(run, transaction, text)),
      ...(denies ? [{ kind: 'deny', idHash: transaction.idHash, now: run.now } as const] : []),
    ],
    userId: undefined,
  }
}

/** The agent of a check gets to know about each sign-in that failed, and why. */
function failedSignIn(
  { now }: RunContext,
  transaction: Transaction | undefined,
  text: string,
): TransactionChange[] {
  if (!isOpen(transaction) || !isCheck(transaction)) return []
  const reason = text === loginFailure ? null : plainText(text, maxReasonLength)
  return [{ kind: 'signInFailed', idHash: transaction.idHash, now, reason }]
}

/** The failure of a journey that asked for too much, in the words of any such refusal. */
function refusedAnswer({ status, message, detail }: RequestError, shown: JsonObject): AuthenticateAnswer {
  return {
    status,
    body: errorBody(status, message, { ...shown, ...detail }),
    headers: { 'retry-after': String(detail?.retryAfterSeconds) },
  }
}

/** Properties of the new session that nodes want shown; one that it does not have is left out. */
function shownProperties({ successDetails }: JourneySession, created: Session | undefined): JsonObject {
  const wanted = Object.entries(successDetails?.sessionProperties ?? {})
  const shown = wanted.flatMap(([member, name]) => {
    const value = created?.properties[name]
    return value === undefined ? [] : [[member, asJson(value)] as const]
  })
  return Object.fromEntries(shown)
}

function headersOf(details: { headers: Readonly<Record<string, string>> } | undefined) {
  return details === undefined || Object.keys(details.headers).length === 0
    ? {}
    : { headers: details.headers }
}

/** A lock of the password leaves other factors alone: a passkey or an authenticator app still signs in. */
async function isLockedOut(run: RunContext, session: JourneySession, person: Person): Promise<boolean> {
  const others = provenBy(session, person).filter((method) => method !== 'pwd')
  return levelOf(others) === 0 && run.identities.isLocked(person._id)
}

async function whoSignedIn(
  run: RunContext,
  session: JourneySession,
): Promise<Person | undefined | 'inactive'> {
  const name = session.identified?.name ?? session.shared.username
  if (typeof name !== 'string' || name === '') return undefined
  const person = await run.identities.find(name)
  return person !== undefined && person.accountStatus === 'inactive' ? 'inactive' : person
}

async function voidAttributes(
  run: RunContext,
  { voidOnSuccess = [] }: JourneySession,
  person: Person,
): Promise<void> {
  const held = voidOnSuccess.filter((name) => Object.hasOwn(person, name))
  if (held.length === 0) return
  await run.identities.patch(person._id, Object.fromEntries(held.map((name) => [name, null])))
}

function currentTransaction(run: RunContext) {
  return run.transaction === undefined
    ? Promise.resolve(undefined)
    : run.transactions.find(run.realm.path, run.transaction)
}

/** A transaction that is gone, completed or for somebody else can't be approved. */
async function transactionRefusal(
  run: RunContext,
  saved: SavedRun,
  person: Person | undefined,
): Promise<string | undefined> {
  if (run.transaction === undefined) return undefined
  const transaction = await currentTransaction(run)
  const isOther = transaction?.subject !== undefined && transaction.subject.id !== person?._id
  if (isOpen(transaction) && !isOther) return lacksCode(run, saved, transaction) ? unableToApprove : undefined
  if (isOther) {
    const isFinal = isCheck(transaction)
    run.effects.transactions.push({ kind: 'wrongPerson', idHash: transaction.idHash, now: run.now, isFinal })
    run.audit.record({
      eventName: 'SIDEGATE-TRANSACTION-WRONG-PERSON',
      result: 'FAILED',
      ...(person === undefined ? {} : { userId: person._id }),
      entries: { subject: transaction.subject?.id ?? '' },
    })
  }
  return unableToApprove
}

/** A realm may want that the caller typed what the agent read out, in this very journey. */
function lacksCode(run: RunContext, { isBound }: SavedRun, transaction: Transaction): boolean {
  if (!run.realm.settings.helpDesk.requiresCode || !isCheck(transaction) || isBound) return false
  run.log.warn('the journey verifies nobody: its caller did not type the code that the agent reads out')
  return true
}

/** What is kept of how the caller of a check proved who they are. */
function proven(
  run: RunContext,
  { isBound = false }: SavedRun,
  methods: readonly Method[],
): VerificationChange[] {
  const { transactionHash: idHash } = run
  if (idHash === undefined) return []
  return [{ kind: 'prove', idHash, isBound, methods, level: levelOf(methods) }]
}

/** Whether it can still be approved. */
function isOpen(transaction: Transaction | undefined): transaction is Transaction {
  return transaction !== undefined && transaction.state !== 'COMPLETED'
}

function createSession(run: RunContext, session: JourneySession, person: Person) {
  const { settings } = run.realm
  const root = run.frozen.content.journeys[run.frozen.content.root]
  const wishes = session.session
  const authLevel = typeof session.shared.authLevel === 'number' ? session.shared.authLevel : 0
  return newSession(
    {
      realm: run.realm.path,
      identity: { id: person._id, userName: person.userName },
      journey: run.frozen.content.root,
      authLevel,
      properties: {
        ...methodsIn(provenBy(session, person)),
        ...Object.fromEntries(
          Object.entries(wishes.properties).filter(([name]) => !systemProperties.has(name)),
        ),
      },
      maxIdleMinutes: wishes.maxIdleMinutes ?? root?.maximumIdleTime ?? settings.maxIdleMinutes,
      webhooks: wishes.webhooks ?? [],
      maxSessionMinutes: wishes.maxSessionMinutes ?? root?.maximumSessionTime ?? settings.maxSessionMinutes,
    },
    run.now,
  )
}

/** As applications read it, with the word for two factors of different kinds. Source: RFC 8176. */
function methodsIn(methods: readonly Method[]): Record<string, string> {
  if (methods.length === 0) return {}
  const words = levelOf(methods) === 2 ? [...methods, 'mfa'] : methods
  return { [methodsProperty]: words.join(' ') }
}

function provenBy({ proofs = [] }: JourneySession, { _id, userName }: Person): Method[] {
  return methodsOf(proofs, [_id, userName])
}

/** Cookies of a success: those that nodes wished for, and the one that makes the device known. */
async function cookiesOf(
  run: RunContext,
  session: JourneySession,
  person: Person | undefined,
  created: Session | undefined,
): Promise<Cookie[]> {
  const wished = created === undefined ? [] : await persistentCookiesOf(run, session, created)
  const isSignIn = created !== undefined || run.transaction !== undefined
  const known = person && isSignIn ? run.knownDevice(person._id, provenBy(session, person)) : undefined
  return known === undefined ? wished : [...wished, known]
}

/** What lets the person in without a question next time, where nodes wished for it. */
function persistentCookiesOf(
  run: RunContext,
  { session: { persistentCookies = [] } }: JourneySession,
  { identityId: personId, realm }: Session,
): Promise<Cookie[]> {
  const remembered = { personId, realm, clientIp: run.request.clientIp }
  return Promise.all(persistentCookies.map((wish) => run.persistentCookies.issue(wish, remembered, run.now)))
}

/** Whoever completes first wins: the store refuses the second. */
function completion(run: RunContext, session: Session | undefined): TransactionChange[] {
  if (run.transaction === undefined) return []
  const visible = new Set(run.realm.settings.visibleSessionProperties)
  const properties = Object.entries(session?.properties ?? {}).filter(([name]) => visible.has(name))
  const sessionProperties = Object.fromEntries(properties)
  return [{ kind: 'complete', idHash: run.transactionHash ?? '', now: run.now, sessionProperties }]
}

function successUrlOf(run: RunContext, { session, goto }: SavedRun): string {
  const { path, settings } = run.realm
  return firstAllowed(run, [session.shared.successUrl, goto, settings.successUrl], landingPageOf(path))
}

function failureUrlOf(run: RunContext, { session, gotoOnFail }: SavedRun): string {
  return firstAllowed(run, [session.shared.failureUrl, gotoOnFail, run.realm.settings.failureUrl], '')
}

function firstAllowed(run: RunContext, urls: readonly unknown[], fallback: string): string {
  for (const url of urls) {
    if (typeof url !== 'string' || url === '') continue
    if (isAllowedUrl(url, run.request.baseUrl, run.realm.settings.allowedUrls)) return url
    run.log.warn('a landing page is not on the list of allowed URLs of the realm and was left out')
  }
  return fallback
}

function errorMessageOf(session: JourneySession): string | undefined {
  const shared = session.shared.errorMessage
  return session.errorMessage ?? (typeof shared === 'string' && shared !== '' ? shared : undefined)
}

/** Nodes may set a text for people who are locked out; it is told to those alone. */
async function lockoutMessageOf(run: RunContext, session: JourneySession): Promise<string | undefined> {
  if (session.lockoutMessage === undefined) return undefined
  return (await whoSignedIn(run, session)) === 'inactive' ? session.lockoutMessage : undefined
}
