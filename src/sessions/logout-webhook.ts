import { z } from 'zod'
import type { OutgoingCall } from '../outbox/call.ts'
import type { DocumentStore } from '../realms/document-store.ts'

/** The kind under which a realm keeps its webhooks. */
export const logoutWebhookKind = 'webhook'

const headerName = z.string().regex(/^[\w!#$%&'*+.^`|~-]{1,100}$/, 'must be the name of a header')
const headerValue = z.string().regex(/^[^\r\n\0]*$/, 'must not have line breaks')

/**
 * Whom to call when a session ends, and with what. Address, headers and body may name properties of the session, as
 * `${UserId}`. Source: "Configure webhooks".
 */
export const logoutWebhookSchema = z.object({
  /** Without one nobody is called. */
  url: z.string().default(''),
  headers: z.record(headerName, headerValue).default({ accept: '*/*' }),
  body: z.string().default(''),
})

export type LogoutWebhook = z.infer<typeof logoutWebhookSchema>

/** How a session came to its end. Source: "Configure webhooks", values of `WebhookEventType`. */
export type SessionEnd = 'LOGOUT' | 'UPGRADE' | 'DESTROY' | 'MAX_TIMEOUT' | 'IDLE_TIMEOUT'

/** A webhook by name; one that cannot be read counts as missing. */
export async function logoutWebhookNamed(
  documents: Pick<DocumentStore, 'read'>,
  realm: string,
  name: string,
): Promise<LogoutWebhook | undefined> {
  const found = await documents.read(realm, logoutWebhookKind, name)
  return found && logoutWebhookSchema.safeParse(found.document).data
}

/**
 * The call of a webhook, its places filled in; what the session does not have is left empty. A value stays a value
 * wherever it stands: it cannot become a part of an address, a further header, or a further member of the body.
 * @returns undefined when there is no address that could be called.
 */
export function callOf(
  webhook: LogoutWebhook,
  properties: Readonly<Record<string, string>>,
  why: SessionEnd,
): OutgoingCall | undefined {
  const values = { ...properties, WebhookEventType: why }
  const url = filledIn(webhook.url, values, encodeURIComponent)
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) return undefined
  const headers = Object.entries(webhook.headers).map(([name, value]): [string, string] => [
    name,
    filledIn(value, values, asHeader),
  ])
  const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? ''
  return {
    url,
    method: 'POST',
    headers: Object.fromEntries(headers),
    body: filledIn(webhook.body, values, writerFor(type)),
  }
}

function filledIn(
  text: string,
  values: Readonly<Record<string, string>>,
  write: (value: string) => string,
): string {
  return text.replaceAll(/\$\{([^{}]+)\}/g, (_all, name: string) =>
    write(Object.hasOwn(values, name) ? (values[name] ?? '') : ''),
  )
}

/** How a value is written into a body of this type. */
function writerFor(contentType: string): (value: string) => string {
  if (/\bjson\b/i.test(contentType)) return (value) => JSON.stringify(value).slice(1, -1)
  if (/x-www-form-urlencoded/i.test(contentType)) return encodeURIComponent
  return (value) => value
}

/** Headers carry no line breaks, and no letters beyond those of Western Europe. */
function asHeader(value: string): string {
  return value.replaceAll(/[\r\n\0]/g, ' ').replaceAll(/[^\t\x20-\x7e\xa0-\xff]/g, '?')
}
