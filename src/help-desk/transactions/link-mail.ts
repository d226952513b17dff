import type { JsonObject } from '../../engine/json.ts'
import type { EmailTemplate } from '../../outbox/email-template.ts'
import type { Mail } from '../../outbox/mail.ts'
import { renderTemplate } from '../../outbox/render-template.ts'
import { displayNameOf } from '../../people/display-name.ts'
import type { Identity } from '../../people/identity.ts'
import { preferredLocales } from '../../people/preferred-locales.ts'
import { organisationOf, type Realm } from '../../realms/realm.ts'
import { isSettled } from './delivery.ts'
import { requestOf } from './purpose.ts'
import { calledName, type Transaction } from './transaction.ts'

/** Why a link cannot be mailed to somebody. */
export type MailHindrance = 'noMail' | 'changedLately' | 'noTemplate'

type Delivery = {
  templateNamed(realm: string, name: string): Promise<EmailTemplate | undefined>
  /** When somebody's address was changed last, where that is known; epoch milliseconds. */
  mailChangedAt(realm: string, identityId: string): Promise<number | undefined>
  now(): number
}

/** Where a link may go, and how it is written; or why it may not. To the address on file, and to no other. */
export async function deliveryTo(
  { path, settings }: Realm,
  person: Identity,
  templateName: string,
  { templateNamed, mailChangedAt, now }: Delivery,
): Promise<{ to: string; template: EmailTemplate } | { hindrance: MailHindrance }> {
  const to = addressOf(person)
  if (to === undefined) return { hindrance: 'noMail' }
  const changedAt = await mailChangedAt(path, person.id)
  if (!isSettled(changedAt, settings.helpDesk.mailQuietHours, now())) return { hindrance: 'changedLately' }
  const template = await templateNamed(path, templateName)
  return template?.enabled === true ? { to, template } : { hindrance: 'noTemplate' }
}

/** What a mail with a link is made of. */
type LinkMail = {
  realm: Realm
  transaction: Transaction
  person: Identity
  to: string
  template: EmailTemplate
  link: string
  /** Epoch milliseconds. */
  now: number
}

/** The mail that brings somebody the link. @param more that the template may say. */
export function linkMail({ to, template, link, ...about }: LinkMail, more: JsonObject = {}): Mail {
  const object = { ...wordsOf(about), ...more, link }
  const mail = renderTemplate(template, { to, object, locales: preferredLocales(about.person) })
  return { ...mail, transactionHash: about.transaction.idHash }
}

function addressOf({ attributes: { mail } }: Identity): string | undefined {
  return [mail].flat().find((value): value is string => typeof value === 'string' && value.includes('@'))
}

/** What the template may say. */
function wordsOf({
  realm,
  transaction,
  person,
  now,
}: Omit<LinkMail, 'to' | 'template' | 'link'>): JsonObject {
  const { purpose, openedBy, expiresAt, reference } = transaction
  return {
    displayName: displayNameOf(person),
    givenName: person.attributes.givenName ?? displayNameOf(person),
    userName: person.userName,
    organisation: organisationOf(realm),
    agent: openedBy.agent === undefined ? organisationOf(realm) : calledName(openedBy.agent),
    action: requestOf(purpose) ?? '',
    reason: purpose.reason ?? '',
    ticket: purpose.ticket ?? '',
    reference,
    minutes: Math.max(1, Math.floor((expiresAt - now) / 60_000)),
  }
}
