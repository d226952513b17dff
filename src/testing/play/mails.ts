import type { ExpectedMail } from '../walk-file.ts'
import type { SentMail } from '../world/mailbox.ts'
import { matchesText, regexOf } from './expected.ts'
import { Mismatch } from './mismatch.ts'

/** A mail as a line of text. Never its content, which can be a secret. */
export function mailText({ to, subject }: SentMail): string {
  return `to ${to.join(', ')} "${subject}"`
}

/** The texts of a mail in which a walk can search. Links are readable in both forms. */
export function mailTexts({ subject, body }: SentMail): string[] {
  return [body.replaceAll('&amp;', '&'), subject]
}

/**
 * The first email that fits and that no step has mentioned.
 * @returns its index. @throws Mismatch if there is none.
 */
export function takeMail(
  all: readonly SentMail[],
  mentioned: ReadonlySet<number>,
  expected: Omit<ExpectedMail, 'keep'>,
): number {
  const index = all.findIndex((mail, place) => !mentioned.has(place) && fits(mail, expected))
  if (index >= 0) return index
  const others = all.filter((_, place) => !mentioned.has(place)).map(mailText)
  throw new Mismatch('mail', `an email ${describe(expected)}`, others.join('; ') || 'none')
}

function fits(mail: SentMail, { to, from, subject, text }: Omit<ExpectedMail, 'keep'>): boolean {
  return (
    (to === undefined || mail.to.some((address) => matchesText(to, address))) &&
    (from === undefined || matchesText(from, mail.from)) &&
    (subject === undefined || matchesText(subject, mail.subject)) &&
    (text === undefined || mailTexts(mail).some((each) => holds(each, text)))
  )
}

function holds(content: string, text: string): boolean {
  return regexOf(text)?.test(content) ?? content.includes(text)
}

function describe(expected: Omit<ExpectedMail, 'keep'>): string {
  const members = Object.entries(expected).filter(([, value]) => value !== undefined)
  return members.length === 0
    ? 'of any kind'
    : members.map(([name, value]) => `${name} "${value}"`).join(', ')
}
