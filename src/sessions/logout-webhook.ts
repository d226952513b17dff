import { z } from 'zod'
import type { OutgoingCall } from '../outbox/call.ts'
import type { DocumentStore } from '../realms/document-store.ts'

export const logoutWebhookKind = 'webhook'

const headerName = z.string().regex(/^[\w!#$%&'*+.^`|~-]{1,100}$/, 'must be the name of a header')
const headerValue = z.string().regex(/^[^\r\n\0]*$/, 'must not have line breaks')

/**
 * The call to make when a session ends. URL, headers and body can contain session properties, such as `${UserId}`. Source:
 * "Configure webhooks".
 */
export const logoutWebhookSchema = z.object({
  /** Without a URL, no call is made. */
  url: z.string().default(''),
  headers: z.record(headerName, headerValue).default({ accept: '*/*' }),
  body: z.string().default(''),
})

export type LogoutWebhook = z.infer<typeof logoutWebhookSchema>

/** The reason for the end of a session. Source: "Configure webhooks", values of `WebhookEventType`. */
export type SessionEnd = 'LOGOUT' | 'UPGRADE' | 'DESTROY' | 'MAX_TIMEOUT' | 'IDLE_TIMEOUT'

/** A logout webhook by name. An invalid one counts as missing. */
export async function logoutWebhookNamed(
  documents: Pick<DocumentStore, 'read'>,
  realm: string,
  name: string,
): Promise<LogoutWebhook | undefined> {
  const found = await documents.read(realm, logoutWebhookKind, name)
  return found && logoutWebhookSchema.safeParse(found.document).data
}

/**
 * The call of a logout webhook, with session properties filled in. Missing properties become empty. Values are escaped, so
 * that they can't add a part to the URL, a header, or a member to the body.
 * @returns undefined without a valid URL.
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

/** Escapes values for a body of this type. */
function writerFor(contentType: string): (value: string) => string {
  if (/\bjson\b/i.test(contentType)) return (value) => JSON.stringify(value).slice(1, -1)
  if (/x-www-form-urlencoded/i.test(contentType)) return encodeURIComponent
  return (value) => value
}

/** Headers allow no line breaks and no characters outside Latin-1. */
function asHeader(value: string): string {
  return value.replaceAll(/[\r\n\0]/g, ' ').replaceAll(/[^\t\x20-\x7e\xa0-\xff]/g, '?')
}
