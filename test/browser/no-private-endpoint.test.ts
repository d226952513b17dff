import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { canBeListed, isListed } from './listed-endpoints.ts'
import { wireCalls } from './wire-calls.ts'

// Pages only send requests that docs/rest.md lists. This test reads the sources; TestBrowser checks the requests that
// browser tests really send.

const web = join(import.meta.dirname, '..', '..', 'web')
const sources = globSync('{sign-in,desk,console,check-model,design,api}/**/*.{ts,tsx}', { cwd: web })
  .filter((name) => !name.endsWith('.test.ts'))
  .map((name) => ({ name, text: readFileSync(join(web, name), 'utf8') }))

const namesOf = (found: typeof sources) => found.map(({ name }) => name)

describe('requests of the pages', () => {
  const calls = wireCalls()

  it('are found in the sources', () => {
    expect(calls.length).toBeGreaterThan(40)
    expect(calls).toContainEqual(
      expect.objectContaining({ method: 'PUT', path: '/am/json/realms/root/realms/alpha/journeys/{…}' }),
    )
  })

  it.each(calls)('$method $path of $place is listed in docs/rest.md', (call) => {
    expect(isListed(call) || canBeListed(call)).toBe(true)
  })

  it('are all in web/api, in two files', () => {
    const reaches = /\bfetch\(|\bnew (EventSource|XMLHttpRequest|WebSocket|Worker)\b|\bsendBeacon\b/
    expect(namesOf(sources.filter(({ text }) => reaches.test(withoutComments(text))))).toEqual([
      'api/request.ts',
      'api/server-sent-events.ts',
    ])
    const spells =
      /\/am\/json|\/openidm|import \{[^}]*\b(request|requestWithRevision|sendRequest|serverEvents)\b[^}]*\} from '[^']*\/api\//
    expect(
      namesOf(sources.filter(({ name, text }) => !name.startsWith('api/') && spells.test(text))),
    ).toEqual([])
  })
})

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')
}
