import { sendLink } from '../../../../contract/backchannel.ts'
import type { AuditTrail } from '../../../audit/audit-trail.ts'
import { RequestError, tooManyRequests } from '../../../base/errors.ts'
import { maskedMail } from '../../../base/masked.ts'
import { openerKind } from '../../../help-desk/checks/opening-rules.ts'
import { deliveryTo, type LinkMailRefusal, linkMail } from '../../../help-desk/transactions/link-mail.ts'
import { linkTemplates } from '../../../help-desk/transactions/link-template.ts'
import type { Transaction } from '../../../help-desk/transactions/transaction.ts'
import type { Limits } from '../../../limits/limits.ts'
import type { EmailTemplate } from '../../../outbox/email-template.ts'
import type { MailOutbox } from '../../../outbox/mail-outbox.ts'
import type { Identity } from '../../../people/identity.ts'
import { parseBody } from '../../body.ts'
import type { Answer, Call, Route } from '../../route.ts'
import { type MessageDependencies, sendMessage } from './send-message.ts'
import { completed, refused, sendProblem, tooEarly } from './send-problems.ts'
import {
  type AccessibleTransaction,
  accessibleTransaction,
  type TransactionAccess,
} from './transaction-access.ts'
import { recordAction } from './transaction-audit.ts'
import { type LinkSources, linkOf } from './transaction-link.ts'

type SendDependencies = TransactionAccess &
  LinkSources &
  MessageDependencies & {
    mailOutbox: Pick<MailOutbox, 'queued' | 'wake'>
    limits: Pick<Limits, 'take'>
    identities: { findById(realm: string, id: string): Promise<Identity | undefined> }
    templateNamed(realm: string, name: string): Promise<EmailTemplate | undefined>
    /** When the person's address last changed, in epoch milliseconds; undefined if unknown. */
    mailChangedAt(realm: string, identityId: string): Promise<number | undefined>
    audit(call: Call): AuditTrail
  }

/** Sends the link, only to the address or telephone number on file. */
export function backchannelSendRoutes(from: SendDependencies): Route[] {
  return [
    {
      ...sendLink,
      // The handler checks the transaction, as for the live feed.
      access: 'everyone',
      side: 'both',
      summary:
        'Sends the link to the address or telephone number on file of the person whom a transaction is about.',
      handle: (call) => send(from, call),
    },
  ]
}

async function send(from: SendDependencies, call: Call): Promise<Answer> {
  const { channel, ...named } = parseBody(sendLink.body(), call)
  const access = await accessibleTransaction(from, call, named)
  // Administrators can watch and cancel transactions, but not participate in them.
  if (access.by === 'administrator') throw new RequestError(403)
  const { transaction } = access
  if (transaction.state === 'COMPLETED') throw completed()
  const person = await subjectOf(from, transaction)
  const sent =
    channel === 'email'
      ? await sendMail(from, call, access, person)
      : await sendMessage(from, call, access, person, channel)
  // rule H18: otherwise an emailed link is not audited
  await recordAction(from, call, 'SIDEGATE-TRANSACTION-LINK-SENT', transaction, { channel })
  return sent
}

/** Emails the link, only to the address on file. */
async function sendMail(
  from: SendDependencies,
  call: Call,
  access: AccessibleTransaction,
  person: Identity,
): Promise<Answer> {
  const { realm } = call
  const { transaction } = access
  const templates = linkTemplates(realm.settings.helpDesk, 'email', transaction)
  const delivery = await deliveryTo(realm, person, templates, from)
  if ('refusal' in delivery) throw refused(delivery.refusal, refusalMessages[delivery.refusal])
  const { to } = delivery
  const link = await linkOf(from, call, access)
  const mail = linkMail({ ...delivery, realm, transaction, person, link, now: from.now() })
  const sentTo = maskedMail(to)
  // rule S02: otherwise a person gets one email after another, each of another transaction
  await countMail(from, call, transaction, person)
  const queued = from.mailOutbox.queued(call.realm.path, mail, from.now())
  if (!(await from.transactions.send(transaction.idHash, { to: sentTo, queued }))) {
    throw await sendProblem(from, transaction, (current) =>
      tooEarly(from.transactions.mailPause(current), 'An email'),
    )
  }
  from.mailOutbox.wake()
  return { body: { sentTo, at: (await from.transactions.read(transaction.idHash))?.sentAt ?? null } }
}

/**
 * Limits the emails to one person across all transactions. Emails of agents and of clients count separately, so that a client
 * cannot use up the agents' limit.
 * @throws RequestError 429.
 */
async function countMail(
  { limits, transactions }: SendDependencies,
  { realm }: Call,
  transaction: Transaction,
  person: Identity,
): Promise<void> {
  const pause = transactions.mailPause(transaction)
  if (pause > 0) throw tooEarly(pause, 'An email')
  const taken = await limits.take({
    key: `${realm.path} links emailed to ${person.id} by ${openerKind(transaction.openedBy)}`,
    max: realm.settings.helpDesk.maxLinkMailsPerPerson,
    windowMs: 60 * 60_000,
  })
  if (taken.kind === 'taken') return
  throw tooManyRequests({
    problem: 'tooManyMails',
    message: 'Too many links were emailed to this person in a short time',
    waitMs: taken.waitMs,
  })
}

async function subjectOf(
  { identities }: SendDependencies,
  { realm, subject }: Transaction,
): Promise<Identity> {
  const person = subject === undefined ? undefined : await identities.findById(realm, subject.id)
  if (person === undefined) throw refused('noSubject', 'The transaction has no subject')
  return person
}

const refusalMessages: Readonly<Record<LinkMailRefusal, string>> = {
  noMail: 'There is no email address on file',
  changedLately: 'The email address was changed recently',
  noTemplate: 'The email template is missing or disabled',
}
