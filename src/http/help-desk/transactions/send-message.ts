import type { AuditTrail } from '../../../audit/audit-trail.ts'
import { tooManyRequests } from '../../../base/errors.ts'
import { maskedNumber } from '../../../base/masked.ts'
import { openerKind } from '../../../help-desk/checks/opening-rules.ts'
import {
  type LinkMessageRefusal,
  linkMessage,
  messageTo,
} from '../../../help-desk/transactions/link-message.ts'
import type { Transaction } from '../../../help-desk/transactions/transaction.ts'
import { mailIntervalMs, type Transactions } from '../../../help-desk/transactions/transactions.ts'
import type { Limits } from '../../../limits/limits.ts'
import type { EmailTemplate } from '../../../outbox/email-template.ts'
import { alarmsAboutMessages, messagesOfRealm } from '../../../outbox/message-limits.ts'
import type { MessageOutbox } from '../../../outbox/message-outbox.ts'
import type { Identity } from '../../../people/identity.ts'
import { linkBaseOf } from '../../../realms/links.ts'
import type { TelephoneChannel } from '../../../realms/messaging-settings.ts'
import type { Answer, Call } from '../../route.ts'
import { type ShortLinkSources, shortLinkOf } from '../short-codes/short-link.ts'
import { refused, sendProblem, tooEarly } from './send-problems.ts'
import type { AccessibleTransaction } from './transaction-access.ts'

export type MessageDependencies = Omit<ShortLinkSources, 'transactions'> & {
  transactions: Pick<Transactions, 'read' | 'messagePause' | 'sendMessage'>
  messageOutbox: Pick<MessageOutbox, 'queued' | 'wake'>
  limits: Pick<Limits, 'take' | 'giveBack'>
  templateNamed(realm: string, name: string): Promise<EmailTemplate | undefined>
  numberChangedAt(realm: string, identityId: string): Promise<number | undefined>
  audit(call: Call): AuditTrail
}

/** Sends the link to the telephone number on file: as a text, or as a call that reads address and code aloud. */
export async function sendMessage(
  from: MessageDependencies,
  call: Call,
  access: AccessibleTransaction,
  person: Identity,
  channel: TelephoneChannel,
): Promise<Answer> {
  const { transaction } = access
  const delivery = await messageTo(call.realm, person, channel, transaction, from)
  if ('refusal' in delivery) throw refused(delivery.refusal, refusalMessages[delivery.refusal])
  return withTurn(from, transaction, async () => {
    await countMessage(from, call, access, person)
    // rule R12: otherwise agents send any number of links
    await countForRealm(from, call)
    return queueMessage(from, call, access, person, { ...delivery, channel })
  })
}

async function queueMessage(
  from: MessageDependencies,
  call: Call,
  access: AccessibleTransaction,
  person: Identity,
  { to, template, channel }: { to: string; template: EmailTemplate; channel: TelephoneChannel },
): Promise<Answer> {
  const { realm } = call
  const { transaction } = access
  const way = await shortLinkOf(from, call, access, channel === 'sms' ? 'message' : 'call')
  const { text, locale } = linkMessage(template, { realm, transaction, person, now: from.now() }, way)
  const queued = from.messageOutbox.queued({
    realm: realm.path,
    channel,
    to,
    text,
    locale,
    baseUrl: linkBaseOf(realm.settings) ?? call.callersUrl,
    transactionHash: transaction.idHash,
    expiresAt: transaction.expiresAt,
  })
  const sentTo = maskedNumber(to)
  if (!(await from.transactions.sendMessage(transaction.idHash, { to: sentTo, channel, queued }))) {
    throw await sendProblem(from, transaction, (current) =>
      tooEarly(from.transactions.messagePause(current), 'A message'),
    )
  }
  from.messageOutbox.wake()
  return { body: { sentTo, at: (await from.transactions.read(transaction.idHash))?.messagedAt ?? null } }
}

/**
 * Gives a turn to one of the requests for one check, before its short code replaces that of a message which is on its way.
 * @throws RequestError 429.
 */
async function withTurn<Result>(
  { limits, transactions }: MessageDependencies,
  transaction: Transaction,
  send: () => Promise<Result>,
): Promise<Result> {
  const pause = transactions.messagePause(transaction)
  if (pause > 0) throw tooEarly(pause, 'A message')
  const { realm, reference } = transaction
  const turn = { key: `${realm} messages of ${reference}`, max: 1, windowMs: mailIntervalMs }
  const taken = await limits.take(turn)
  if (taken.kind === 'full') throw tooEarly(taken.waitMs, 'A message')
  try {
    return await send()
  } catch (error) {
    await limits.giveBack(turn)
    throw error
  }
}

/**
 * Limits the messages to one person across all transactions, texts and calls together. Those of agents and of clients count
 * separately, so that a client cannot use up the agents' limit.
 * @throws RequestError 429.
 */
async function countMessage(
  { limits }: MessageDependencies,
  { realm }: Call,
  { transaction }: AccessibleTransaction,
  person: Identity,
): Promise<void> {
  const taken = await limits.take({
    key: `${realm.path} links messaged to ${person.id} by ${openerKind(transaction.openedBy)}`,
    max: realm.settings.helpDesk.maxLinkMessagesPerPerson,
    windowMs: 60 * 60_000,
  })
  if (taken.kind === 'taken') return
  throw tooManyRequests({
    problem: 'tooManyMessages',
    message: 'Too many links were sent to the telephone of this person in a short time',
    waitMs: taken.waitMs,
  })
}

/** @throws RequestError 429, with an alarm once an hour. */
async function countForRealm({ limits, audit }: MessageDependencies, call: Call): Promise<void> {
  const { path, settings } = call.realm
  const taken = await limits.take(messagesOfRealm(path, settings.messaging.maxMessagesPerRealm))
  if (taken.kind === 'taken') return
  if ((await limits.take(alarmsAboutMessages(path))).kind === 'taken') {
    audit(call).record({ eventName: 'SIDEGATE-MESSAGES-EXHAUSTED', result: 'FAILED' })
  }
  throw tooManyRequests({
    problem: 'tooManyMessagesOfRealm',
    message: 'Too many messages were sent to telephones in a short time',
    waitMs: taken.waitMs,
  })
}

const refusalMessages: Readonly<Record<LinkMessageRefusal, string>> = {
  noGateway: 'The realm has no gateway for this channel',
  noNumber: 'There is no telephone number on file that can be used',
  changedLately: 'The telephone number was changed recently',
  noTemplate: 'The template is missing or disabled',
}
