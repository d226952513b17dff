import { escapeXml } from '../../base/markup.ts'
import type { SmsGateway } from '../../realms/messaging-settings.ts'
import { acceptedWith, failure, type GatewayMessage, isSuccess, jsonOf, type Provider } from './gateway.ts'

type Settings = Extract<SmsGateway, { provider: 'http' }>

/** Escapes a value for the place where it is filled in. */
type Escape = (value: string) => string

const escapes: Readonly<Record<Settings['contentType'], Escape>> = {
  'application/json': (value) => JSON.stringify(value).slice(1, -1),
  'application/x-www-form-urlencoded': encode,
  'application/xml': escapeXml,
  'text/plain': (value) => value,
}

/** Any other service with an HTTP interface. */
export const http: Provider<Settings> = {
  requestOf(settings, message) {
    const { url, method, headers, contentType, body } = settings
    const values = valuesOf(settings, message)
    const own = Object.entries(headers).map(([name, value]) => [
      name.toLowerCase(),
      filledIn(value, values, (each) => each.replaceAll(/[^\x20-\x7e]/g, '')),
    ])
    const type = method === 'GET' ? {} : { 'content-type': `${contentType}; charset=utf-8` }
    const filled = filledIn(url, values, encode)
    // rule S58: otherwise the token of a device changes the path of a gateway
    if (hasDots(filled)) throw new Error('a value changes the path of the gateway')
    return {
      url: filled,
      method,
      headers: { ...type, ...Object.fromEntries(own) },
      ...(method === 'GET' ? {} : { body: filledIn(body, values, escapes[contentType]) }),
    }
  },
  resultOf(answer, { acceptedStatuses, acceptedPointer, acceptedValue, idPointer }) {
    const { status } = answer
    const isAccepted = acceptedStatuses.length === 0 ? isSuccess(answer) : acceptedStatuses.includes(status)
    if (!isAccepted) return failure(answer)
    const content = jsonOf(answer)
    if (acceptedPointer !== '' && textAt(content, acceptedPointer) !== acceptedValue) {
      return { kind: 'rejected', code: `${status} not accepted` }
    }
    if (idPointer === '') return { kind: 'accepted', providerId: undefined }
    return acceptedWith(valueAt(content, idPointer))
  },
  isRecognised({ url, method, headers, body }) {
    const texts = [url, ...Object.values(headers), ...(method === 'GET' ? [] : [body])]
    return texts.some((text) => text.includes('{{id}}'))
  },
}

/** A text, number, boolean or null as text. */
function textAt(json: unknown, pointer: string): string | undefined {
  const value = valueAt(json, pointer)
  return value === undefined || (typeof value === 'object' && value !== null) ? undefined : String(value)
}

function valuesOf(
  { from, secret }: Settings,
  { to, text, id, statusUrl = '', locale }: GatewayMessage,
): Readonly<Record<string, string>> {
  return { to, text, from, id, statusUrl, locale, secret: secret ?? '' }
}

/** Filled-in values are not searched for placeholders again. */
function filledIn(template: string, values: Readonly<Record<string, string>>, escaped: Escape): string {
  return template.replaceAll(/\{\{(\w+)\}\}/g, (_all, name: string) =>
    escaped(Object.hasOwn(values, name) ? (values[name] ?? '') : ''),
  )
}

/** Lone surrogates, which can't be encoded, become replacement characters. */
function encode(value: string): string {
  return encodeURIComponent(value.toWellFormed())
}

/** Clients leave parents out of a path, also encoded ones, so that a value could choose another path. */
function hasDots(url: string): boolean {
  const [path = ''] = url.split(/[?#]/)
  return path.split('/').some((part) => /^(\.|%2e){1,2}$/i.test(part))
}

/** Source: RFC 6901, "JavaScript Object Notation (JSON) Pointer". */
function valueAt(json: unknown, pointer: string): unknown {
  const names = pointer
    .split('/')
    .slice(1)
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'))
  return names.reduce<unknown>(
    (at, name) =>
      typeof at === 'object' && at !== null && Object.hasOwn(at, name) ? Reflect.get(at, name) : undefined,
    json,
  )
}
