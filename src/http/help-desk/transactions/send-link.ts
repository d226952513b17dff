import { sendLink } from '../../../../contract/backchannel.ts'
import type { AuditTrail } from '../../../audit/audit-trail.ts'
import { RequestError, tooMany } from '../../../errors.ts'
import { openerKind } from '../../../help-desk/checks/opening-rules.ts'
import { deliveryTo, linkMail, type MailHindrance } from '../../../help-desk/transactions/link-mail.ts'
import { transactionLinks } from '../../../help-desk/transactions/links.ts'
import { isGone, type Transaction } from '../../../help-desk/transactions/transaction.ts'
import type { Limits } from '../../../limits/limits.ts'
import type { EmailTemplate } from '../../../outbox/email-template.ts'
import type { MailOutbox } from '../../../outbox/mail-outbox.ts'
import type { Identity } from '../../../people/identity.ts'
import { maskedMail } from '../../../people/masked.ts'
import type { Authentication } from '../../../runtime/authenticate.ts'
import { digest } from '../../../secrets/digest.ts'
import { parseBody } from '../../body.ts'
import type { Answer, Call, Route } from '../../route.ts'
import { type Held, heldTransaction, type TransactionAccess, unreadable } from './transaction-access.ts'
import { recordOf } from './transaction-audit.ts'

type SendDependencies = TransactionAccess & {
  authentication: Pick<Authentication, 'watched' | 'madeBy'>
  mailOutbox: Pick<MailOutbox, 'queued' | 'wake'>
  limits: Pick<Limits, 'take'>
  identities: { findById(realm: string, id: string): Promise<Identity | undefined> }
  templateNamed(realm: string, name: string): Promise<EmailTemplate | undefined>
  /** When somebody's address was changed last, where that is known; epoch milliseconds. */
  mailChangedAt(realm: string, identityId: string): Promise<number | undefined>
  audit(call: Call): AuditTrail
}

/** The link by mail, to the address on file and to no other. */
export function backchannelSendRoutes(from: SendDependencies): Route[] {
  return [
    {
      ...sendLink,
      // Decided per transaction, as for the live feed.
      access: 'everyone',
      summary: 'Mails the link to the address on file of the person whom a transaction is about.',
      handle: (call) => send(from, call),
    },
  ]
}

async function send(from: SendDependencies, call: Call): Promise<Answer> {
  const held = await heldTransaction(from, call, parseBody(sendLink.body, call))
  // Administrators look after transactions of others, and have no part in them.
  if (held.by === 'administrator') throw new RequestError(403)
  const { transaction } = held
  if (transaction.state === 'COMPLETED') throw completed()
  const person = await subjectOf(from, transaction)
  const { realm } = call
  const templateName = realm.settings.helpDesk.emailTemplate
  const delivery = await deliveryTo(realm, person, templateName, from)
  if ('hindrance' in delivery) throw refused(delivery.hindrance, hindrances[delivery.hindrance])
  const { to } = delivery
  const link = await linkOf(from, call, held)
  const mail = linkMail({ ...delivery, realm, transaction, person, link, now: from.now() })
  const sentTo = maskedMail(to)
  await countMail(from, call, transaction, person)
  const queued = from.mailOutbox.queued(call.realm.path, mail, from.now())
  if (!(await from.transactions.send(transaction.idHash, { to: sentTo, queued }))) {
    throw await whyNot(from, transaction)
  }
  from.mailOutbox.wake()
  await recordOf(from, call, 'SIDEGATE-TRANSACTION-LINK-SENT', transaction)
  return { body: { sentTo, at: (await from.transactions.read(transaction.idHash))?.sentAt ?? null } }
}

/**
 * Counts a mail to a person, whichever transaction it is for. What agents send is counted apart from what others send, so
 * that nobody keeps an agent from mailing a link.
 * @throws RequestError 429.
 */
async function countMail(
  { limits, transactions }: SendDependencies,
  { realm }: Call,
  transaction: Transaction,
  person: Identity,
): Promise<void> {
  const pause = transactions.mailPause(transaction)
  if (pause > 0) throw tooEarly(pause)
  const taken = await limits.take({
    key: `${realm.path} links mailed to ${person.id} by ${openerKind(transaction.openedBy)}`,
    most: realm.settings.helpDesk.maxLinkMailsPerPerson,
    windowMs: 60 * 60_000,
  })
  if (taken.kind === 'taken') return
  throw tooMany({
    problem: 'tooManyMails',
    message: 'Too many links were mailed to this person in a short time',
    waitMs: taken.waitMs,
  })
}

/** Whoever was faster: another mail, the caller, or the end of the time. */
async function whyNot(
  { transactions, now }: SendDependencies,
  { idHash }: Transaction,
): Promise<RequestError> {
  const held = await transactions.read(idHash)
  if (held === undefined || isGone(held, now())) return unreadable()
  return held.state === 'COMPLETED' ? completed() : tooEarly(transactions.mailPause(held))
}

async function subjectOf(
  { identities }: SendDependencies,
  { realm, subject }: Transaction,
): Promise<Identity> {
  const person = subject === undefined ? undefined : await identities.findById(realm, subject.id)
  if (person === undefined) throw refused('noSubject', 'Nobody in particular is asked')
  return person
}

/** Storage has but the hash of the id: the request knows it, or the journey that made the link. */
async function linkOf(from: SendDependencies, call: Call, { transaction, ...held }: Held): Promise<string> {
  const { journeySession } = transaction.openedBy
  const made =
    held.redirectUri === undefined && journeySession !== undefined
      ? await from.authentication.madeBy(journeySession)
      : undefined
  const isSame = made?.transaction !== undefined && digest(made.transaction) === transaction.idHash
  const id = held.id ?? (isSame ? made.transaction : undefined)
  if (id === undefined) throw refused('linkUnknown', 'The link is known to nobody any more')
  const links = transactionLinks(call.realm, call.baseUrl, id)
  const page = held.redirectUri ?? (isSame ? made.redirectUri : undefined)
  // A link to the endpoint is for programs.
  return page === undefined || page === links.post ? links.get : page
}

const hindrances: Readonly<Record<MailHindrance, string>> = {
  noMail: 'There is no mail address on file',
  changedLately: 'The mail address was changed a short time ago',
  noTemplate: 'There is no e-mail template for it, or it is switched off',
}

function completed(): RequestError {
  return refused('completed', 'The transaction has a result already')
}

function refused(problem: string, message: string): RequestError {
  return new RequestError(409, message, { problem })
}

function tooEarly(milliseconds: number): RequestError {
  const retryAfterSeconds = Math.ceil(milliseconds / 1000)
  return new RequestError(429, 'A mail was sent a moment ago', { retryAfterSeconds })
}
