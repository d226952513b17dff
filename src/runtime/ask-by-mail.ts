import type { AuditTrail } from '../audit/audit-trail.ts'
import { defined } from '../base/defined.ts'
import { RequestError } from '../base/errors.ts'
import { maskedMail } from '../base/masked.ts'
import { runWork } from '../base/work.ts'
import { methodsProperty } from '../engine/system-properties.ts'
import { deliveryTo, linkMail } from '../help-desk/transactions/link-mail.ts'
import { plainText } from '../help-desk/transactions/plain-text.ts'
import { type Transaction, unknownOpener } from '../help-desk/transactions/transaction.ts'
import { newTransaction, type Opened, type Transactions } from '../help-desk/transactions/transactions.ts'
import type { Revisions } from '../journeys/revisions.ts'
import { clientTransactionLimit } from '../limits/limit.ts'
import type { Limits } from '../limits/limits.ts'
import type { OutOfBand, OutOfBandAnswer, OutOfBandRequest, Prepared } from '../oauth/out-of-band.ts'
import type { CallOutbox } from '../outbox/call-outbox.ts'
import type { EmailTemplate } from '../outbox/email-template.ts'
import type { MailOutbox } from '../outbox/mail-outbox.ts'
import { displayNameOf } from '../people/display-name.ts'
import type { Identity } from '../people/identity.ts'
import { transactionLinks } from '../realms/links.ts'
import type { Realm } from '../realms/realm.ts'
import { startable } from './start-journey.ts'
import { aboutTransaction } from './step-audit.ts'

/** State key in the person's journey: the display name of the requesting application. */
const applicationKey = 'applicationName'

/** The application that opened a transaction to ask a person; null for other transactions. */
export function applicationOf({ data, openedBy }: Transaction): string | null {
  const name = data[applicationKey]
  return openedBy.agent === undefined && typeof name === 'string' ? plainText(name, 120) : null
}

type Parts = {
  transactions: Pick<Transactions, 'apply' | 'send' | 'readIn'>
  revisions: Revisions
  mailOutbox: Pick<MailOutbox, 'queued' | 'wake'>
  callOutbox: Pick<CallOutbox, 'queued'>
  limits: Pick<Limits, 'take'>
  readIdentity(realm: string, id: string): Promise<Identity | undefined>
  /** End of the pause after "this is not me", in epoch milliseconds; undefined without a pause. */
  pausedUntil(realm: Realm, personId: string): Promise<number | undefined>
  templateNamed(realm: string, name: string): Promise<EmailTemplate | undefined>
  mailChangedAt(realm: string, identityId: string): Promise<number | undefined>
  audit(realm: string): AuditTrail
  now(): number
}

/**
 * Asks a person for approval by emailing a transaction's link to their address on file. The result of the journey that they run
 * is the answer.
 */
export function askByMail(parts: Parts): OutOfBand {
  return {
    prepare: (asking) => prepare(parts, asking),
    answer: (realm, key) => answerTo(parts, realm, key),
  }
}

async function prepare(parts: Parts, asking: OutOfBandRequest): Promise<Prepared | { refusal: string }> {
  const { realm, personId, journey } = asking
  const person = await parts.readIdentity(realm.path, personId)
  // Locked passwords don't prevent the request, or an attacker could block it. The lock applies in the person's journey.
  if (person?.isActive !== true) return { refusal: 'the person may not sign in' }
  if (!(await isStartable(parts.revisions, realm, journey))) {
    return { refusal: `journey '${journey}' can't be started` }
  }
  if ((await parts.pausedUntil(realm, personId)) !== undefined) {
    return { refusal: 'the person recently reported "this is not me"' }
  }
  const delivery = await deliveryTo(realm, person, [realm.settings.oauth.ciba.emailTemplate], parts)
  if ('refusal' in delivery) return { refusal: `the link can't be emailed: ${delivery.refusal}` }
  // Counted last, so that refused requests don't count towards the limits.
  const excess = await countedIn(parts.limits, asking)
  if (excess !== undefined) return { refusal: excess }
  const opened = open(asking, person, parts.now())
  return {
    key: opened.transaction.idHash,
    ask: async (atEnd) => {
      const call =
        atEnd === undefined
          ? {}
          : { callAtEnd: parts.callOutbox.queued(realm.path, 'an application that waits', atEnd) }
      await parts.transactions.apply([{ kind: 'create', transaction: opened.transaction, ...call }])
      recordOpening(parts, asking, opened.transaction)
      await mail(parts, asking, opened, { person, ...delivery })
    },
  }
}

/** Counts a request towards the limits. @returns the reason if it exceeds one. */
async function countedIn(
  limits: Parts['limits'],
  { realm, personId, client }: OutOfBandRequest,
): Promise<string | undefined> {
  const { oauth, limits: maxima } = realm.settings
  const byClient = await limits.take(
    clientTransactionLimit(realm.path, client.id, maxima.transactionsPerClient),
  )
  if (byClient.kind === 'full') return 'the application sent too many requests in a short time'
  const ofPerson = await limits.take({
    key: `${realm.path} requests to ${personId}`,
    max: oauth.ciba.maxRequestsPerPerson,
    windowMs: 60 * 60_000,
  })
  return ofPerson.kind === 'full' ? 'the person received too many requests in a short time' : undefined
}

async function isStartable(revisions: Revisions, realm: Realm, journey: string): Promise<boolean> {
  try {
    await runWork(startable(revisions, realm, journey))
    return true
  } catch (error) {
    if (error instanceof RequestError) return false
    throw error
  }
}

function open(
  { realm, journey, client, message, lifeSeconds }: OutOfBandRequest,
  person: Identity,
  now: number,
): Opened {
  return newTransaction(
    {
      realm: realm.path,
      journey,
      // Only this person can complete it.
      subject: { kind: 'user', id: person.id, name: person.userName, displayName: displayNameOf(person) },
      data: {
        // Journeys find people by the attributes that an agent would enter.
        objectAttributes: { userName: person.userName, mail: person.attributes.mail ?? null },
        [applicationKey]: plainText(client.name, 120),
        ...defined({ action: message }),
      },
      allowRetry: true,
      trackingId: undefined,
      lifeSeconds,
      openedBy: { ...unknownOpener, client: client.id },
    },
    now,
  )
}

async function mail(
  { mailOutbox, transactions, now }: Parts,
  { realm, baseUrl, client }: OutOfBandRequest,
  { id, transaction }: Opened,
  to: { person: Identity; to: string; template: EmailTemplate },
): Promise<void> {
  const link = transactionLinks(realm, baseUrl, id).get
  const written = linkMail({ ...to, realm, transaction, link, now: now() }, { application: client.name })
  const queued = mailOutbox.queued(realm.path, written, now())
  await transactions.send(transaction.idHash, { to: maskedMail(to.to), queued })
  mailOutbox.wake()
}

function recordOpening(
  parts: Parts,
  { realm, client, journey }: OutOfBandRequest,
  transaction: Transaction,
): void {
  parts.audit(realm.path).record({
    eventName: 'AM-BACK-CHANNEL-INITIALIZE',
    result: 'SUCCESSFUL',
    who: { id: client.id, name: client.id, realm: realm.path },
    ...aboutTransaction(realm.path, transaction),
    what: { kind: 'transaction', operation: 'CREATE', name: journey },
    journey,
  })
}

async function answerTo({ transactions, now }: Parts, realm: string, key: string): Promise<OutOfBandAnswer> {
  return answerIn(await transactions.readIn(realm, { hash: key }), now())
}

/**
 * The person's decision at a time in epoch milliseconds. An approval always comes from the subject, because another person's journey
 * can't complete the transaction.
 */
function answerIn(transaction: Transaction | undefined, now: number): OutOfBandAnswer {
  if (transaction === undefined || transaction.isCancelled) return { kind: 'gone' }
  // "This is not me" after an approval also denies the tokens.
  if (transaction.result === 'DENIED' || transaction.rejectedAt !== undefined) return { kind: 'denied' }
  if (transaction.result === 'APPROVED') {
    const methods = transaction.sessionProperties[methodsProperty]?.split(' ') ?? []
    return { kind: 'approved', at: transaction.endedAt ?? now, methods }
  }
  return { kind: transaction.expiresAt <= now ? 'gone' : 'waiting' }
}

/**
 * The result in the words of Keycloak's authentication channel. "This is not me" cancels, and a journey that fails doesn't authorise.
 */
export function keycloakStatusOf(transaction: Transaction | undefined, now: number): string {
  const { kind } = answerIn(transaction, now)
  if (kind === 'approved') return 'SUCCEED'
  return kind === 'denied' && transaction?.rejectedAt === undefined ? 'UNAUTHORIZED' : 'CANCELLED'
}
