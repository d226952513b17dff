import { z } from 'zod'
import { stringMapSchema } from '../base/json.ts'
import type { LocalisedText } from '../base/locale.ts'
import type { DocumentStore } from '../realms/document-store.ts'

export const emailTemplateKind = 'emailTemplate'

/**
 * The members of a template that sending needs. Other members (`styles`, `displayName`, …) belong to editors and are kept
 * unchanged. Source: "Email templates" of the vendor's identity management.
 */
export const emailTemplateSchema = z.looseObject({
  enabled: z.boolean().default(true),
  /** Empty means the configured sender. */
  from: z.string().default(''),
  subject: stringMapSchema.default({}),
  /** The complete page. Newer exports also keep the content of its body tags in `html`. */
  message: stringMapSchema.default({}),
  html: stringMapSchema.exactOptional(),
  mimeType: z.string().default('text/html'),
  defaultLocale: z.string().default('en'),
})

export type EmailTemplate = z.infer<typeof emailTemplateSchema>

/** The body by locale. Depending on the editor, templates have `message`, `html` or both. */
export function bodyOf({ message, html }: EmailTemplate): LocalisedText {
  return Object.keys(message).length > 0 ? message : (html ?? {})
}

/** A template by name. An invalid template counts as missing. */
export async function templateNamed(
  documents: Pick<DocumentStore, 'read'>,
  realm: string,
  name: string,
): Promise<EmailTemplate | undefined> {
  const found = await documents.read(realm, emailTemplateKind, name)
  return found && emailTemplateSchema.safeParse(found.document).data
}
