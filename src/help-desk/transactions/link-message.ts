import type { JsonObject } from '../../base/json.ts'
import { bestMatchingTag } from '../../base/locale.ts'
import { bodyOf, type EmailTemplate } from '../../outbox/email-template.ts'
import { renderTemplate } from '../../outbox/render-template.ts'
import { isSettled } from '../../people/change-times.ts'
import type { Identity } from '../../people/identity.ts'
import { preferredLocales } from '../../people/preferred-locales.ts'
import { internationalNumber, telephoneNumberOf } from '../../people/telephone-number.ts'
import type { TelephoneChannel } from '../../realms/messaging-settings.ts'
import type { Realm } from '../../realms/realm.ts'
import { type LinkAbout, wordsOf } from './link-mail.ts'
import { firstTemplate, linkTemplates } from './link-template.ts'
import type { Transaction } from './transaction.ts'

/** The reason why a link can't be sent to a telephone. */
export type LinkMessageRefusal = 'noGateway' | 'noNumber' | 'changedLately' | 'noTemplate'

type Delivery = {
  templateNamed(realm: string, name: string): Promise<EmailTemplate | undefined>
  /** When the person's number last changed, if known; epoch milliseconds. */
  numberChangedAt(realm: string, identityId: string): Promise<number | undefined>
  now(): number
}

/**
 * Number and template for the message with a link, or the reason why it can't be sent. Links go only to the number on file.
 */
export async function messageTo(
  { path, settings: { helpDesk, messaging } }: Realm,
  person: Identity,
  channel: TelephoneChannel,
  transaction: Transaction,
  { templateNamed, numberChangedAt, now }: Delivery,
): Promise<{ to: string; template: EmailTemplate } | { refusal: LinkMessageRefusal }> {
  if (messaging[channel] === null) return { refusal: 'noGateway' }
  const onFile = telephoneNumberOf(person)
  const to = onFile && (await internationalNumber(onFile, messaging.defaultCountry, messaging.countries))
  if (to === undefined || to === '') return { refusal: 'noNumber' }
  const changedAt = await numberChangedAt(path, person.id)
  // rule H11: otherwise a link goes to a telephone number that changed during the call
  if (!isSettled(changedAt, helpDesk.mailQuietHours, now())) return { refusal: 'changedLately' }
  const template = await firstTemplate(templateNamed, path, linkTemplates(helpDesk, channel, transaction))
  return template === undefined ? { refusal: 'noTemplate' } : { to, template }
}

/** Where the caller goes on: `link` for texts, address and code for calls. */
export type ShortWay = { link: string; address: string; code: string }

/** Renders the text of a message with a short link, in the person's language. */
export function linkMessage(
  template: EmailTemplate,
  about: LinkAbout,
  way: ShortWay,
): { text: string; locale: string } {
  const locales = preferredLocales(about.person)
  const object: JsonObject = { ...wordsOf(about), ...way, ...spoken(way) }
  const { body } = renderTemplate({ ...template, mimeType: 'text/plain' }, { to: '', object, locales })
  const locale = bestMatchingTag(bodyOf(template), [...locales, template.defaultLocale])
  return { text: body.trim(), locale: locale ?? template.defaultLocale }
}

/** For calls: an address without its scheme, and a code letter by letter, with pauses. */
function spoken({ address, code }: ShortWay): { spokenAddress: string; spokenCode: string } {
  const groups = code.split('-').map((group) => [...group].join(', '))
  return { spokenAddress: address.replace(/^https?:\/\//, ''), spokenCode: `${groups.join('. ')}.` }
}
