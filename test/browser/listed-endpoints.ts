import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { changeDev, readDevPanel } from '../../contract/dev.ts'
import { pageAddresses } from '../../src/http/web-pages.ts'

export type Asked = { method: string; path: string }

const reference = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'rest.md'), 'utf8')

/** The rows of docs/rest.md, which is generated from the server's routes. */
const listed = [...reference.matchAll(/^\| ([A-Z]+) \| `([^`]+)` \|/gm)].map(
  ([, method = '', path = '']) => ({
    method,
    path: path.replace('{realm}', '/realms/root/realms/alpha'),
    pattern: patternOf(path),
  }),
)

/** Endpoints of the panel, which docs/dev.md describes: other servers lack them. */
const ofDevelopment = [readDevPanel, changeDev].map(({ method, path }) => ({
  method,
  path: `/am/json/${path}`,
  pattern: patternOf(`/am/json/${path}`),
}))

const endpoints: readonly { method: string; path: string; pattern: RegExp }[] = [...listed, ...ofDevelopment]

const pages = pageAddresses.map(([address]) => patternOf(address))
const assets = patternOf('/am/XUI/assets/*')

/** Whether a request is public: docs/rest.md lists it, or it gets a file of the pages. */
export function isListed({ method, path }: Asked): boolean {
  return (
    endpoints.some((endpoint) => endpoint.method === method && endpoint.pattern.test(path)) ||
    (method === 'GET' && (isPage(path) || assets.test(path)))
  )
}

/** Whether any value for the `{…}` in a path, which stand for values at run time, gives a listed request. */
export function canBeListed({ method, path }: Asked): boolean {
  const parts = path.split('{…}').map((part) => part.replaceAll('.', String.raw`\.`))
  const pattern = new RegExp(`^${parts.join('.+')}$`)
  return endpoints.some((endpoint) => endpoint.method === method && pattern.test(endpoint.path))
}

export function isPage(path: string): boolean {
  return pages.some((page) => page.test(path))
}

/** `{realm}` matches the form of a realm path that pages use, `{name}` one segment, `*` the rest. */
function patternOf(path: string): RegExp {
  const text = path
    .replaceAll('.', String.raw`\.`)
    .replace('{realm}', '(?:/realms/root(?:/realms/[^/]+)*)?')
    .replaceAll(/\{\w+\}/g, '[^/]+')
    .replace(/\*$/, '.*')
  return new RegExp(`^${text}$`)
}
