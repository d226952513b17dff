import { z } from 'zod'
import { isJsonObject, type Json, jsonObjectSchema } from '../base/json.ts'
import { type HostCall, HostCallError } from '../sandbox/script-engine.ts'
import type { EmailTemplate } from './email-template.ts'
import type { Mail } from './mail.ts'
import { renderTemplate } from './render-template.ts'

/** How scripts send emails. */
export type ScriptMailer = {
  /** The languages of the person who signs in, best first. */
  locales: readonly string[]
  templateNamed(name: string): Promise<EmailTemplate | undefined>
  /** Queues an email, which is saved with the script's step. */
  send(mail: Mail): void
}

const resource = 'external/email'

/** Enough for a team; scripts must not send newsletters. */
const maxRecipients = 50
const maxBodyLength = 1_000_000

const address = z.string().regex(/^[^\s@,;<>]+@[^\s@,;<>]+$/, 'must be mail addresses')

/** One address, several separated by commas, or a list. */
const addresses = z
  .union([z.string().transform((text) => text.split(',')), z.array(z.string())])
  .transform((list) => list.map((one) => one.trim()).filter((one) => one !== ''))
  .pipe(z.array(address).max(maxRecipients, `must not be more than ${maxRecipients}`))

const line = z.string().transform((text) => text.replace(/[\r\n]+/g, ' '))

const envelope = {
  from: line.default(''),
  to: addresses.refine((list) => list.length > 0, 'must be a mail address'),
  cc: addresses.default([]),
  bcc: addresses.default([]),
}

const mailSchema = z.object({
  ...envelope,
  subject: line.default(''),
  body: z.string().max(maxBodyLength).default(''),
  type: z.enum(['text/plain', 'text/html'], 'must be text/plain or text/html').default('text/plain'),
})

const templateMailSchema = z.object({
  ...envelope,
  templateName: z.string('must be the name of a template').min(1),
  object: jsonObjectSchema.default({}),
  _locale: z.string().optional(),
})

/**
 * Answers `openidm.action("external/email", …)`: `send` and `sendTemplate`, as the vendor's identity management does. The
 * email is saved with the step and sent afterwards. Source: "Send email" of the vendor's identity management.
 *
 * @returns undefined for other calls.
 * @throws HostCallError for errors that the script can catch.
 */
export async function answerMailCall(
  { op, args }: HostCall,
  mailer: ScriptMailer,
): Promise<Json | undefined> {
  const [target, action, content, params] = args
  if (op !== 'openidm.action' || target !== resource) return undefined
  const given = { ...(isJsonObject(params) ? params : {}), ...(isJsonObject(content) ? content : {}) }
  if (action === 'sendTemplate') await sendTemplate(given, mailer)
  else if (action === 'send' || action === 'sendEmail') sendMail(given, mailer)
  else throw new HostCallError(`Action ${String(action)} of ${resource} is not supported`, 501)
  return { status: 'OK', message: 'Email sent' }
}

function sendMail(given: unknown, { send }: ScriptMailer): void {
  const { type, ...mail } = parsed(mailSchema, given)
  send({ ...mail, isHtml: type === 'text/html' })
}

async function sendTemplate(given: unknown, { templateNamed, send, locales }: ScriptMailer): Promise<void> {
  const { templateName, object, _locale, from, ...recipients } = parsed(templateMailSchema, given)
  const template = await templateNamed(templateName)
  if (template?.enabled !== true) {
    throw new HostCallError(`Email template '${templateName}' does not exist or is not enabled`, 404)
  }
  const requested = _locale === undefined ? locales : [_locale, ...locales]
  const mail = renderTemplate(template, { to: recipients.to, object, locales: requested })
  send({ ...mail, ...recipients, from: from || mail.from })
}

/** Error messages name the invalid member but not its value, which can contain a password. */
function parsed<Schema extends z.ZodType>(schema: Schema, given: unknown): z.output<Schema> {
  const read = schema.safeParse(given)
  if (read.success) return read.data
  const [issue] = read.error.issues
  throw new HostCallError(`The mail cannot be sent: ${String(issue?.path[0])}: ${issue?.message}`, 400)
}
