import type { Logger } from 'pino'
import type { JsonObject } from '../../base/json.ts'
import { bestMatch } from '../../base/locale.ts'
import { serverText } from '../../base/server-texts.ts'
import { translatedAction } from '../../help-desk/transactions/action-for-reader.ts'
import { agentNameOf, type Transaction } from '../../help-desk/transactions/transaction.ts'
import { type EmailTemplate, emailTemplateSchema } from '../../outbox/email-template.ts'
import type { QueuedMail } from '../../outbox/mail.ts'
import type { MailOutbox } from '../../outbox/mail-outbox.ts'
import { renderTemplate } from '../../outbox/render-template.ts'
import type { AccountPart } from '../../people/account-changes/account-change.ts'
import { displayNameOf } from '../../people/display-name.ts'
import type { Identity } from '../../people/identity.ts'
import { preferredLocales } from '../../people/preferred-locales.ts'
import { type Notice, noticesSchema } from '../../realms/notice-settings.ts'
import { organisationOf, type Realm } from '../../realms/realm.ts'

type Account = Pick<Identity, 'userName' | 'attributes'>

/** A security event of an account, of which its owner is notified. */
export type NoticeEvent = {
  notice: Notice
  realm: string
  /** The first gives the person's name and language; notices go to the addresses of all. */
  accounts: readonly [Account, ...Account[]]
  parts?: readonly AccountPart[]
  /** The check that it is about. Its action is shown only if the realm offers it. */
  check?: Pick<Transaction, 'purpose' | 'openedBy' | 'assignee' | 'reference'>
}

type Parts = {
  findRealm(path: string): Promise<Realm | undefined>
  templateNamed(realm: string, name: string): Promise<EmailTemplate | undefined>
  mailOutbox: Pick<MailOutbox, 'queued'>
  now(): number
  log: Pick<Logger, 'warn'>
}

/** The texts of the notices by language. */
const noticeTexts = serverText('notices')

/** Maximum number of addresses of one account that get a notice. */
const maxAddresses = 10

/**
 * Writes the emails that notify a person, one for each address on file. A missing template is logged but doesn't block the
 * change.
 */
export function noticeMails(parts: Parts): (event: NoticeEvent) => Promise<QueuedMail[]> {
  return async (event) => {
    const realm = await parts.findRealm(event.realm)
    const name = realm?.settings.notices[event.notice]
    if (realm === undefined || name === undefined || name === '') return []
    const addresses = addressesOf(event.accounts)
    // rule S13: otherwise people get no notices of changes of their account
    if (addresses.length === 0) return []
    const template = (await parts.templateNamed(realm.path, name)) ?? builtInTemplate(name)
    if (template?.enabled !== true) {
      parts.log.warn(
        { realm: realm.path, template: name },
        'notice not sent: the template is missing or disabled',
      )
      return []
    }
    const now = parts.now()
    const [person] = event.accounts
    const locales = [...preferredLocales(person), realm.settings.locales.default]
    const object = wordsOf(event, realm, [...locales, template.defaultLocale], now)
    return addresses.map((to) =>
      parts.mailOutbox.queued(realm.path, renderTemplate(template, { to, object, locales }), now),
    )
  }
}

function addressesOf(accounts: NoticeEvent['accounts']): string[] {
  const byAddress = new Map<string, string>()
  for (const { attributes } of accounts) {
    for (const value of [attributes.mail ?? []].flat().slice(0, maxAddresses)) {
      if (typeof value !== 'string' || !value.includes('@')) continue
      byAddress.set(value.trim().toLowerCase(), value.trim())
    }
  }
  return [...byAddress.values()]
}

/** Values for the template. They must not contain a secret or a link. */
function wordsOf(
  { accounts: [person], parts = [], check }: NoticeEvent,
  realm: Realm,
  locales: readonly string[],
  now: number,
): JsonObject {
  const languages = Object.fromEntries(Object.keys(noticeTexts).map((name) => [name, name]))
  const language = bestMatch(languages, locales) ?? 'en'
  const words = noticeTexts[language]?.parts
  const action = check?.purpose.action ?? ''
  return {
    displayName: displayNameOf(person),
    givenName: person.attributes.givenName ?? displayNameOf(person),
    userName: person.userName,
    organisation: organisationOf(realm),
    changes: parts.map((part) => words?.[part] ?? part).join(', '),
    action: realm.settings.helpDesk.actions.includes(action)
      ? translatedAction(action, { realm, locales })
      : '—',
    agent: (check && agentNameOf(check)) ?? '—',
    reference: check?.reference ?? '—',
    at: timeFor(person, language, now),
  }
}

/** The time in the person's zone, with its name; UTC if the account names none. Source: OpenID Connect Core, `zoneinfo`. */
function timeFor({ attributes: { zoneinfo } }: Account, language: string, now: number): string {
  const write = (timeZone: string) => {
    const parts = { dateStyle: 'long', timeStyle: 'short', timeZone } as const
    return `${new Intl.DateTimeFormat(language, parts).format(now)} ${timeZone.replaceAll('_', ' ')}`
  }
  try {
    return write(typeof zoneinfo === 'string' && zoneinfo !== '' ? zoneinfo : 'UTC')
  } catch {
    // An unknown zone.
    return write('UTC')
  }
}

const notices = noticesSchema.keyof().options

/** The template that a realm uses for a notice until it saves its own under this name. */
function builtInTemplate(name: string): EmailTemplate | undefined {
  const notice = notices.find((each) => each === name)
  return notice && emailTemplateSchema.parse({ subject: subjectsOf(notice), message: messagesOf(notice) })
}

function subjectsOf(notice: Notice): Record<string, string> {
  return mapped(([language, words]) => [language, words[notice].subject])
}

function messagesOf(notice: Notice): Record<string, string> {
  return mapped(([language, words]) => {
    const paragraphs = words[notice].paragraphs.map((text) => `<p>${text}</p>`).join('')
    return [language, `<html lang="${language}" dir="${words.direction}"><body>${paragraphs}</body></html>`]
  })
}

type Entry = [language: string, words: (typeof noticeTexts)[string]]

function mapped(to: (entry: Entry) => [string, string]): Record<string, string> {
  return Object.fromEntries(Object.entries(noticeTexts).map(to))
}
