import { z } from 'zod'

function template(name: string, title: string, description: string) {
  return z
    .string()
    .max(120)
    .default(name)
    .meta({ title, description: `${description} Empty sends no mail.`, refers: { to: 'emailTemplate' } })
}

/** E-mail templates of the mails that tell people about security events of their account. */
export const noticesSchema = z.object({
  accountChanged: template(
    'accountChanged',
    'Template after a change of the account',
    'Sent to the old and the new mail address after a new password, factor, mail address or telephone number.',
  ),
  checkApproved: template(
    'checkApproved',
    'Template after an approved check',
    'Sent when the help desk has verified the person.',
  ),
  resultUsed: template(
    'resultUsed',
    'Template after the use of a result',
    'Sent when the help desk or one of its tools uses the result of a check of the person.',
  ),
})

/** A security event of which a person is notified. */
export type Notice = keyof z.infer<typeof noticesSchema>
