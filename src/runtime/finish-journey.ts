import { defined } from '../base/defined.ts'
import { errorBody, type RequestError, tooManyRequests } from '../base/errors.ts'
import { type JsonObject, jsonOrText } from '../base/json.ts'
import { runWork } from '../base/work.ts'
import type { Cookie } from '../engine/cookie.ts'
import type { EndDetails } from '../engine/end-details.ts'
import type { JourneySession } from '../engine/journey-session.ts'
import { levelOf } from '../engine/level.ts'
import { type Method, methodsOf } from '../engine/methods.ts'
import { methodsProperty, systemProperties } from '../engine/system-properties.ts'
import { pausesSince } from '../help-desk/checks/opening-rules.ts'
import { isCheck, type VerificationChange } from '../help-desk/checks/verification.ts'
import { plainText } from '../help-desk/transactions/plain-text.ts'
import type { Transaction, TransactionChange } from '../help-desk/transactions/transaction.ts'
import type { Person } from '../nodes/ports/ports.ts'
import { landingPageOf } from '../realms/links.ts'
import { browserName } from '../sessions/browser-name.ts'
import type { Session } from '../sessions/session.ts'
import { newSession } from '../sessions/sessions.ts'
import { landingPage } from './allowed-url.ts'
import type { AuthenticateAnswer } from './authenticate-request.ts'
import { passwordIsDue } from './due-passwords.ts'
import type { RunContext } from './run-context.ts'
import type { SavedRun } from './saved-run.ts'
import { requireSamePeople } from './stale-proofs.ts'
import { recordAudit } from './step-audit.ts'
import type { CreatedSession } from './step-store.ts'

/** How a journey ended, and the changes to save with that. */
export type Ending = {
  outcome: 'success' | 'failure'
  answer: AuthenticateAnswer
  signIn: CreatedSession | undefined
  transactions: TransactionChange[]
  verifications: VerificationChange[]
}

/** Maximum length of the reason for a failed sign-in as agents see it, in characters. */
const maxReasonLength = 200

/** AM's default text for a failure. */
const loginFailure = 'Login failure'

/** Member of the failure details with which a journey denies its transaction although retries are allowed. Not in AM. */
const endsCheckKey = 'endsCheck'

/** AM's text when this journey can't complete its transaction. */
export const unableToApprove = 'Unable to approve transaction'

/**
 * Ends a journey that reached Success. It still fails if no person was identified, if the person may not sign in, or if the
 * transaction is for another person.
 */
export async function succeed(run: RunContext, saved: SavedRun): Promise<Ending> {
  const { session, noSession } = saved
  const person = await whoSignedIn(run, session)
  await runWork(requireSamePeople(run, session))
  if (person === 'inactive') return failWith(run, saved, 'User Locked Out.')
  if (person === undefined && !noSession) {
    run.step.log.warn('the journey reached success without an identity')
    return failWith(run, saved, loginFailure)
  }
  // A lockout also applies to callers who complete a transaction without a session (CVE-2026-9798 in AM).
  const isSignIn = !noSession || run.step.saved.transaction !== undefined
  // rule H10: otherwise wrong passwords in a caller's journey do not lock
  if (isSignIn && person !== undefined && (await isLockedOut(run, session, person))) {
    return failWithoutMessages(run, saved, 'User Locked Out.')
  }
  // rule S81: otherwise a temporary password signs in
  if (person !== undefined && session.duePasswords?.includes(person._id)) {
    run.step.log.warn('the password must be changed, and the journey has no node that asks for a new one')
    return failWithoutMessages(run, saved, passwordIsDue)
  }
  const refusal = await transactionRefusal(run, saved, person)
  if (refusal !== undefined) return failWithoutMessages(run, saved, refusal)
  if (person !== undefined) await voidAttributes(run, session, person)
  const created = person === undefined || noSession ? undefined : await createSession(run, session, person)
  const body: JsonObject = {
    ...session.successDetails?.values,
    ...publishedProperties(session, created?.session),
    ...defined({ tokenId: created?.token }),
    ...(saved.noSessionAsked ? { message: 'Authentication Successful' } : {}),
    successUrl: successUrlOf(run, saved),
    realm: run.step.request.realm.path,
  }
  return {
    outcome: 'success',
    answer: {
      status: 200,
      body,
      ...headersOf(session.successDetails),
      ...defined({ token: created?.token }),
      cookies: await cookiesOf(run, session, person, created),
    },
    signIn: created,
    transactions: completion(run, created?.session),
    verifications: person === undefined ? [] : proven(run, saved, provenBy(session, person)),
  }
}

/** Ends a journey that reached Success, without the emails and messages that belong to a success. */
function failWithoutMessages(run: RunContext, saved: SavedRun, message: string): Promise<Ending> {
  run.effects.mails = []
  run.effects.messages = []
  return failWith(run, saved, message)
}

/**
 * Ends a failed journey. Denies its transaction unless the transaction allows a retry and the journey doesn't end the check. If the transaction can no longer be
 * approved, the message says so, even if a node noticed that before the end, as *Backchannel Notification* does.
 */
export async function failWith(
  run: RunContext,
  saved: SavedRun,
  message?: string,
  details?: EndDetails,
): Promise<Ending> {
  const { session } = saved
  const transaction = await currentTransaction(run)
  const isClosed = run.step.saved.transaction !== undefined && !isOpen(transaction)
  const fallback = isClosed ? unableToApprove : loginFailure
  const text =
    message ??
    details?.message ??
    (await lockoutMessageOf(run, session)) ??
    errorMessageOf(session) ??
    fallback
  const { refusal } = run.effects
  const detail = {
    ...details?.values,
    ...(refusal === undefined ? {} : { problem: refusal.problem, explanation: refusal.message }),
    failureUrl: failureUrlOf(run, saved),
  }
  const isFinal = details?.values[endsCheckKey] === true
  const denies = isOpen(transaction) && (isFinal || !transaction.allowRetry)
  const refused = run.effects.exceededLimit && tooManyRequests(run.effects.exceededLimit)
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
      ...(denies ? [{ kind: 'deny', idHash: transaction.idHash, now: run.step.now } as const] : []),
    ],
  }
}

/** Reports each failed sign-in and its reason to the agent of a check. */
function failedSignIn(
  { step: { now } }: RunContext,
  transaction: Transaction | undefined,
  text: string,
): TransactionChange[] {
  if (!isOpen(transaction) || !isCheck(transaction)) return []
  const reason = text === loginFailure ? null : plainText(text, maxReasonLength)
  return [{ kind: 'signInFailed', idHash: transaction.idHash, now, reason }]
}

/** If a limit caused the failure, the response is that of the limit. */
function refusedAnswer({ status, message, detail }: RequestError, others: JsonObject): AuthenticateAnswer {
  return {
    status,
    body: errorBody(status, message, { ...others, ...detail }),
    headers: { 'retry-after': String(detail?.retryAfterSeconds) },
  }
}

/** Properties of the new session that nodes add to the response. Missing ones are omitted. */
function publishedProperties({ successDetails }: JourneySession, created: Session | undefined): JsonObject {
  const requested = Object.entries(successDetails?.sessionProperties ?? {})
  const existing = requested.flatMap(([member, name]) => {
    const value = created?.properties[name]
    return value === undefined ? [] : [[member, jsonOrText(value)] as const]
  })
  return Object.fromEntries(existing)
}

function headersOf(details: { headers: Readonly<Record<string, string>> } | undefined) {
  return details === undefined || Object.keys(details.headers).length === 0
    ? {}
    : { headers: details.headers }
}

/** A locked password doesn't lock other factors: a passkey or an authenticator app still signs in. */
async function isLockedOut(run: RunContext, session: JourneySession, person: Person): Promise<boolean> {
  const others = provenBy(session, person).filter((method) => method !== 'pwd')
  return levelOf(others) === 0 && run.effects.identities.isLocked(person._id)
}

async function whoSignedIn(
  run: RunContext,
  session: JourneySession,
): Promise<Person | undefined | 'inactive'> {
  const name = session.identified?.name ?? session.shared.username
  if (typeof name !== 'string' || name === '') return undefined
  const person = await run.effects.identities.find(name, undefined, true)
  return person !== undefined && person.accountStatus === 'inactive' ? 'inactive' : person
}

async function voidAttributes(
  run: RunContext,
  { voidOnSuccess = [] }: JourneySession,
  person: Person,
): Promise<void> {
  const existing = voidOnSuccess.filter((name) => Object.hasOwn(person, name))
  if (existing.length === 0) return
  await run.effects.identities.patch(person._id, Object.fromEntries(existing.map((name) => [name, null])))
}

function currentTransaction(run: RunContext) {
  return run.step.saved.transaction === undefined
    ? Promise.resolve(undefined)
    : run.world.transactions.find(run.step.request.realm.path, run.step.saved.transaction)
}

/** The reason why the transaction can't be approved: it is gone, completed, for another person, or lacks the caller's code. */
async function transactionRefusal(
  run: RunContext,
  saved: SavedRun,
  person: Person | undefined,
): Promise<string | undefined> {
  if (run.step.saved.transaction === undefined) return undefined
  const transaction = await currentTransaction(run)
  // rule H8: otherwise any person who signs in can complete a check
  const isOther = transaction?.subject !== undefined && transaction.subject.id !== person?._id
  if (isOpen(transaction) && !isOther) return lacksCode(run, saved, transaction) ? unableToApprove : undefined
  if (isOther) {
    // rule H8: otherwise a check continues after a different person signed in
    const isFinal = isCheck(transaction)
    run.effects.transactions.push({
      kind: 'wrongPerson',
      idHash: transaction.idHash,
      now: run.step.now,
      isFinal,
    })
    recordAudit(run, {
      eventName: 'SIDEGATE-TRANSACTION-WRONG-PERSON',
      result: 'FAILED',
      ...defined({ userId: person?._id }),
      entries: { subject: transaction.subject?.id ?? '' },
    })
  }
  return unableToApprove
}

/** A realm may require that the caller typed the agent's code in this journey. */
function lacksCode(run: RunContext, { isBound }: SavedRun, transaction: Transaction): boolean {
  if (!run.step.request.realm.settings.helpDesk.requiresCode || !isCheck(transaction) || isBound) return false
  run.step.log.warn('the check was not approved: the caller did not type the code that the agent read out')
  return true
}

/** Saves how the caller of a check was authenticated. */
function proven(
  run: RunContext,
  // rule H4: otherwise a check counts as bound without a code typed in the browser that completes it
  { isBound = false }: SavedRun,
  methods: readonly Method[],
): VerificationChange[] {
  const { transactionHash: idHash } = run.step
  if (idHash === undefined) return []
  // rule H12: otherwise a result does not list the caller's methods, or a result does not carry its level
  return [{ kind: 'prove', idHash, isBound, methods, level: levelOf(methods) }]
}

function isOpen(transaction: Transaction | undefined): transaction is Transaction {
  return transaction !== undefined && transaction.state !== 'COMPLETED'
}

async function createSession(run: RunContext, session: JourneySession, person: Person) {
  const { settings } = run.step.request.realm
  const root = run.step.frozen.content.journeys[run.step.frozen.content.root]
  const wishes = session.session
  const authLevel = typeof session.shared.authLevel === 'number' ? session.shared.authLevel : 0
  const created = newSession(
    {
      realm: run.step.request.realm.path,
      identity: { id: person._id, userName: person.userName },
      journey: run.step.frozen.content.root,
      authLevel,
      properties: {
        ...methodsIn(provenBy(session, person)),
        ...Object.fromEntries(
          Object.entries(wishes.properties).filter(([name]) => !systemProperties.has(name)),
        ),
      },
      maxIdleMinutes: wishes.maxIdleMinutes ?? root?.maximumIdleTime ?? settings.maxIdleMinutes,
      webhooks: wishes.webhooks ?? [],
      origin: originOf(run),
      maxSessionMinutes: Math.min(
        wishes.maxSessionMinutes ?? root?.maximumSessionTime ?? settings.maxSessionMinutes,
        Math.ceil(((wishes.sessionEndsAt ?? Number.POSITIVE_INFINITY) - run.step.now) / 60_000),
      ),
    },
    run.step.now,
  )
  // Without one, the store refuses the session.
  const personCreatedAt = (await run.effects.identities.createdAt(person._id)) ?? -1
  return { ...created, personCreatedAt }
}

function originOf({ step: { request } }: RunContext): { browser: string; address: string } {
  const { headers, clientIp } = request.view
  return { browser: browserName(headers['user-agent']?.[0] ?? ''), address: clientIp }
}

/** The session property with the methods, as RFC 8176 names them; `mfa` stands for two factors of different kinds. */
function methodsIn(methods: readonly Method[]): Record<string, string> {
  if (methods.length === 0) return {}
  const words = levelOf(methods) === 2 ? [...methods, 'mfa'] : methods
  return { [methodsProperty]: words.join(' ') }
}

function provenBy({ proofs = [] }: JourneySession, { _id, userName }: Person): Method[] {
  return methodsOf(proofs, [_id, userName])
}

/** Cookies of a success: those that nodes requested, and the one that makes the browser known. */
async function cookiesOf(
  run: RunContext,
  session: JourneySession,
  person: Person | undefined,
  created: CreatedSession | undefined,
): Promise<Cookie[]> {
  const wished = created === undefined ? [] : await persistentCookiesOf(run, session, created)
  const isSignIn = created !== undefined || run.step.saved.transaction !== undefined
  if (person === undefined || !isSignIn) return wished
  return [...wished, ...knownBrowserCookie(run, person._id, provenBy(session, person))]
}

function knownBrowserCookie(
  { world, step }: RunContext,
  personId: string,
  methods: readonly Method[],
): Cookie[] {
  const { realm, view, browserCookie } = step.request
  const isSecure = view.baseUrl.startsWith('https:')
  const person = { realm: realm.path, personId }
  const cookie = world.knownBrowsers.remember(browserCookie, person, methods, { now: step.now, isSecure })
  return cookie === undefined ? [] : [cookie]
}

/** Persistent cookies that nodes requested: they sign the person in without a question next time. */
function persistentCookiesOf(
  run: RunContext,
  { session: { persistentCookies = [] } }: JourneySession,
  { session: { identityId: personId, realm }, personCreatedAt }: CreatedSession,
): Promise<Cookie[]> {
  const remembered = { personId, personCreatedAt, realm, clientIp: run.step.request.view.clientIp }
  return Promise.all(
    persistentCookies.map((wish) => run.world.persistentCookies.issue(wish, remembered, run.step.now)),
  )
}

/** Completes the transaction. The store refuses a second completion. */
function completion(run: RunContext, session: Session | undefined): TransactionChange[] {
  if (run.step.saved.transaction === undefined) return []
  const visible = new Set(run.step.request.realm.settings.visibleSessionProperties)
  const properties = Object.entries(session?.properties ?? {}).filter(([name]) => visible.has(name))
  const sessionProperties = Object.fromEntries(properties)
  const { now, transactionHash: idHash = '' } = run.step
  const reportedAfter = pausesSince(run.step.request.realm.settings.helpDesk.pauseMinutes, now)
  return [{ kind: 'complete', idHash, now, sessionProperties, reportedAfter }]
}

function successUrlOf(run: RunContext, { session, goto }: SavedRun): string {
  const { path, settings } = run.step.request.realm
  return firstAllowed(run, [session.shared.successUrl, goto, settings.successUrl], landingPageOf(path))
}

function failureUrlOf(run: RunContext, { session, gotoOnFail }: SavedRun): string {
  return firstAllowed(
    run,
    [session.shared.failureUrl, gotoOnFail, run.step.request.realm.settings.failureUrl],
    '',
  )
}

function firstAllowed(run: RunContext, urls: readonly unknown[], fallback: string): string {
  const { request, log } = run.step
  const refused = () => log.warn('a landing page was ignored: the realm does not allow its URL')
  return landingPage(request.realm, request.view.baseUrl, urls, refused) ?? fallback
}

function errorMessageOf(session: JourneySession): string | undefined {
  const shared = session.shared.errorMessage
  return session.errorMessage ?? (typeof shared === 'string' && shared !== '' ? shared : undefined)
}

/** A text that nodes set for people who are locked out. Other people don't see it. */
async function lockoutMessageOf(run: RunContext, session: JourneySession): Promise<string | undefined> {
  if (session.lockoutMessage === undefined) return undefined
  return (await whoSignedIn(run, session)) === 'inactive' ? session.lockoutMessage : undefined
}
