import { z } from 'zod'

function template(name: string, title: string, description: string) {
  return z
    .string()
    .max(120)
    .default(name)
    .meta({
      title,
      description: `${description} If empty, no email is sent.`,
      refers: { to: 'emailTemplate' },
    })
}

/** Templates of the emails that notify people about security events of their account. */
export const noticesSchema = z.object({
  accountChanged: template(
    'accountChanged',
    'Template for account changes',
    'Sent to the old and the new email address after a change of password, second factor, email address or phone number.',
  ),
  checkApproved: template(
    'checkApproved',
    'Template for approved checks',
    'Sent when the help desk has verified the person.',
  ),
  vouchApproved: template(
    'vouchApproved',
    'Template for vouches',
    'Sent to the person vouched for when their manager has vouched at the help desk.',
  ),
  resultUsed: template(
    'resultUsed',
    'Template for used results',
    'Sent when the help desk or one of its tools uses the result of a check.',
  ),
})

/** A security event of which a person is notified. */
export type Notice = keyof z.infer<typeof noticesSchema>
