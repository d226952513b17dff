import type { JsonObject } from '../../base/json.ts'
import type { EmailTemplate } from '../../outbox/email-template.ts'
import type { Mail } from '../../outbox/mail.ts'
import { renderTemplate } from '../../outbox/render-template.ts'
import { isSettled } from '../../people/change-times.ts'
import { displayNameOf } from '../../people/display-name.ts'
import type { Identity } from '../../people/identity.ts'
import { preferredLocales } from '../../people/preferred-locales.ts'
import { organisationOf, type Realm } from '../../realms/realm.ts'
import { actionForSubject, requestForSubject } from './action-for-reader.ts'
import { firstTemplate } from './link-template.ts'
import { agentNameOf, type Transaction } from './transaction.ts'

/** The reason why a link can't be emailed to a person. */
export type LinkMailRefusal = 'noMail' | 'changedLately' | 'noTemplate'

type Delivery = {
  templateNamed(realm: string, name: string): Promise<EmailTemplate | undefined>
  /** When the person's address last changed, if known; epoch milliseconds. */
  mailChangedAt(realm: string, identityId: string): Promise<number | undefined>
  now(): number
}

/**
 * Address and template for the email with a link, or the reason why it can't be sent. Links go only to the stored address.
 * @param templateNames the first that the realm has counts.
 */
export async function deliveryTo(
  { path, settings }: Realm,
  person: Identity,
  templateNames: readonly string[],
  { templateNamed, mailChangedAt, now }: Delivery,
): Promise<{ to: string; template: EmailTemplate } | { refusal: LinkMailRefusal }> {
  const to = addressOf(person)
  if (to === undefined) return { refusal: 'noMail' }
  const changedAt = await mailChangedAt(path, person.id)
  // rule H11: otherwise a link goes to an address that changed during the call
  if (!isSettled(changedAt, settings.helpDesk.mailQuietHours, now())) return { refusal: 'changedLately' }
  const template = await firstTemplate(templateNamed, path, templateNames)
  return template === undefined ? { refusal: 'noTemplate' } : { to, template }
}

/** A check whose link is sent to a person. */
export type LinkAbout = {
  realm: Realm
  transaction: Transaction
  person: Identity
  /** Epoch milliseconds. */
  now: number
}

type LinkMail = LinkAbout & { to: string; template: EmailTemplate; link: string }

/** Renders the email with a link. @param more further values for the template. */
export function linkMail({ to, template, link, ...about }: LinkMail, more: JsonObject = {}): Mail {
  const object = { ...wordsOf(about), ...more, link }
  const mail = renderTemplate(template, { to, object, locales: preferredLocales(about.person) })
  return { ...mail, transactionHash: about.transaction.idHash }
}

function addressOf({ attributes: { mail } }: Identity): string | undefined {
  return [mail].flat().find((value): value is string => typeof value === 'string' && value.includes('@'))
}

/** Values for the template. */
export function wordsOf({ realm, transaction, person, now }: LinkAbout): JsonObject {
  const { purpose, expiresAt, reference } = transaction
  const reader = { realm, locales: preferredLocales(person) }
  return {
    displayName: displayNameOf(person),
    givenName: person.attributes.givenName ?? displayNameOf(person),
    userName: person.userName,
    organisation: organisationOf(realm),
    agent: agentNameOf(transaction) ?? organisationOf(realm),
    action: requestForSubject(transaction, reader) ?? '',
    callersAction: actionForSubject(transaction, reader) ?? '',
    reason: purpose.reason ?? '',
    ticket: purpose.ticket ?? '',
    references: [reference, purpose.ticket].filter(Boolean).join(', '),
    vouchFor: purpose.vouchFor ?? '',
    reference,
    minutes: Math.max(1, Math.floor((expiresAt - now) / 60_000)),
  }
}
