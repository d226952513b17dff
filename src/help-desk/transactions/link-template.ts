import type { EmailTemplate } from '../../outbox/email-template.ts'
import type { RealmSettings } from '../../realms/realm.ts'
import type { Transaction } from './transaction.ts'

type HelpDeskSettings = RealmSettings['helpDesk']

const settingsOf = {
  email: ['emailTemplate', 'vouchEmailTemplate'],
  sms: ['messageTemplate', 'vouchMessageTemplate'],
  voice: ['callTemplate', 'vouchCallTemplate'],
} as const satisfies Record<string, readonly (keyof HelpDeskSettings)[]>

/** Names of the templates for the link of a transaction, best first. A vouch has its own in realms that have one. */
export function linkTemplates(
  settings: HelpDeskSettings,
  channel: keyof typeof settingsOf,
  { purpose }: Pick<Transaction, 'purpose'>,
): string[] {
  const [usual, ofVouches] = settingsOf[channel]
  return [...(purpose.vouchFor === undefined ? [] : [settings[ofVouches]]), settings[usual]]
}

/** The first of these templates that the realm has and uses. */
export async function firstTemplate(
  templateNamed: (realm: string, name: string) => Promise<EmailTemplate | undefined>,
  realm: string,
  names: readonly string[],
): Promise<EmailTemplate | undefined> {
  for (const name of names) {
    const template = await templateNamed(realm, name)
    if (template?.enabled === true) return template
  }
  return undefined
}
