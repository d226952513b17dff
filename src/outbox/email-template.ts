import { z } from 'zod'
import { stringMapSchema } from '../engine/json.ts'
import type { LocalisedText } from '../engine/locale.ts'
import type { DocumentStore } from '../realms/document-store.ts'

/** The kind under which a realm keeps its templates. */
export const emailTemplateKind = 'emailTemplate'

/**
 * What of a template is read to send it. Other members (`styles`, `displayName`, …) are the editors' business and stay as
 * they are. Source: "Email templates" of the vendor's identity management.
 */
export const emailTemplateSchema = z.looseObject({
  enabled: z.boolean().default(true),
  /** Empty means the sender of the server's settings. */
  from: z.string().default(''),
  subject: stringMapSchema.default({}),
  /** The complete page. Newer exports keep the part between the body tags under `html` too. */
  message: stringMapSchema.default({}),
  html: stringMapSchema.exactOptional(),
  mimeType: z.string().default('text/html'),
  defaultLocale: z.string().default('en'),
})

export type EmailTemplate = z.infer<typeof emailTemplateSchema>

/** The text of the body by locale: templates that were never opened in the newer editor have only the one or the other. */
export function bodyOf({ message, html }: EmailTemplate): LocalisedText {
  return Object.keys(message).length > 0 ? message : (html ?? {})
}

/** A template by name; one that cannot be read counts as missing. */
export async function templateNamed(
  documents: Pick<DocumentStore, 'read'>,
  realm: string,
  name: string,
): Promise<EmailTemplate | undefined> {
  const found = await documents.read(realm, emailTemplateKind, name)
  return found && emailTemplateSchema.safeParse(found.document).data
}
