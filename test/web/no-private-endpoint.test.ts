import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { canBeListed, isListed } from './listed-endpoints.ts'
import { wireCalls } from './wire-calls.ts'

// Whatever a page does, anybody's program can do: it asks for nothing that docs/rest.md does not list. Here by its
// sources; every browser test looks at what was really asked for, see TestBrowser.

const web = join(import.meta.dirname, '..', '..', 'web')
const sources = globSync('{sign-in,desk,console,look,wire}/**/*.{ts,tsx}', { cwd: web })
  .filter((name) => !name.endsWith('.test.ts'))
  .map((name) => ({ name, text: readFileSync(join(web, name), 'utf8') }))

const namesOf = (found: typeof sources) => found.map(({ name }) => name)

describe('what pages ask the server for', () => {
  const calls = wireCalls()

  it('is read out of the sources', () => {
    expect(calls.length).toBeGreaterThan(40)
    expect(calls).toContainEqual(
      expect.objectContaining({ method: 'PUT', path: '/am/json/realms/root/realms/alpha/journeys/{…}' }),
    )
  })

  it.each(calls)('$method $path of $place is listed in docs/rest.md', (call) => {
    expect(isListed(call) || canBeListed(call)).toBe(true)
  })

  it('stands in web/wire, and goes through two functions there', () => {
    const reaches = /\bfetch\(|\bnew (EventSource|XMLHttpRequest|WebSocket|Worker)\b|\bsendBeacon\b/
    expect(namesOf(sources.filter(({ text }) => reaches.test(withoutComments(text))))).toEqual([
      'wire/events.ts',
      'wire/request.ts',
    ])
    const spells =
      /\/am\/json|\/openidm|import \{[^}]*\b(request|ask|serverEvents)\b[^}]*\} from '[^']*\/wire\//
    expect(
      namesOf(sources.filter(({ name, text }) => !name.startsWith('wire/') && spells.test(text))),
    ).toEqual([])
  })
})

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')
}
