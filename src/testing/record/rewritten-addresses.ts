import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http'

/** The addresses of a server and of the proxy in front of it: scheme, host and port. */
export type Addresses = { server: string; proxy: string }

/** Headers that belong to one connection. */
const ofConnection: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'content-length',
])

/** Headers of a response that would bind the browser to the server's own address. */
const bound: ReadonlySet<string> = new Set(['strict-transport-security', 'alt-svc'])

/** Replaces an address in a text, also where it is part of a URL's query or escaped in JSON. */
export function replaceAddress(text: string, from: string, to: string): string {
  const forms: ((address: string) => string)[] = [
    (address) => address,
    (address) => address.replaceAll('/', String.raw`\/`),
    encodeURIComponent,
    (address) => encodeURIComponent(address).toLowerCase(),
  ]
  return forms.reduce((shown, form) => replaceWhole(shown, form(from), form(to)), text)
}

/** `https://am.example` is not part of `https://am.example.com`. */
function replaceWhole(text: string, from: string, to: string): string {
  return text.split(from).reduce((before, after) => {
    const isLonger = /^[\w-]|^\.\w|^:\d/.test(after)
    return `${before}${isLonger ? from : to}${after}`
  })
}

/** Headers for the server: they name its address, so that it accepts them as from its own pages. */
export function forwardedHeaders(
  headers: IncomingHttpHeaders,
  { server, proxy }: Addresses,
): OutgoingHttpHeaders {
  const kept = Object.entries(headers).filter(([name]) => !ofConnection.has(name))
  const rewritten = kept.map(([name, value]) => [
    name,
    typeof value === 'string' && /^(origin|referer)$/.test(name)
      ? replaceAddress(value, proxy, server)
      : value,
  ])
  // Compressed responses could not be read.
  return { ...Object.fromEntries(rewritten), host: new URL(server).host, 'accept-encoding': 'identity' }
}

/** Headers for the browser: they name the proxy. */
export function returnedHeaders(
  headers: IncomingHttpHeaders,
  { server, proxy }: Addresses,
): OutgoingHttpHeaders {
  const kept = Object.entries(headers).filter(([name]) => !ofConnection.has(name) && !bound.has(name))
  return Object.fromEntries(
    kept.map(([name, value]) => {
      if (name === 'set-cookie') return [name, (headers['set-cookie'] ?? []).map(cookieForProxy)]
      return [name, typeof value === 'string' ? replaceAddress(value, server, proxy) : value]
    }),
  )
}

/** A cookie that browsers accept from the proxy, which has another host and no TLS. */
function cookieForProxy(cookie: string): string {
  const [pair = '', ...attributes] = cookie.split(';').map((part) => part.trim())
  // Browsers accept these names only together with Secure, which they allow on this machine.
  if (/^__(Host|Secure)-/.test(pair)) return cookie
  const kept = attributes.filter((each) => !/^(domain=|secure$|partitioned$|samesite=none$)/i.test(each))
  return [pair, ...kept].join('; ')
}
