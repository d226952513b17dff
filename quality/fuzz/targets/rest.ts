import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { changed, oddJson, oddText, torn } from '../oddities.ts'
import type { Target } from '../target.ts'

const page = readFileSync(join(import.meta.dirname, '..', '..', '..', 'docs', 'rest.md'), 'utf8')

/** All routes of the REST reference. */
export const routes = [...page.matchAll(/^\| (GET|POST|PUT|PATCH|DELETE) \| `([^`]+)`/gm)].map(
  ([, method = '', path = '']) => ({ method, path }),
)

/** Valid documents of several kinds: a random body is one of these with a change. */
const samples = [
  { userName: 'fuzz', givenName: 'F', sn: 'Uzz', mail: 'fuzz@example.com', password: 'Fuzz-Pass-2026' },
  { _id: 'Fuzz', entryNodeId: 'x', nodes: { x: { nodeType: 'MessageNode', connections: { true: 'y' } } } },
  {
    name: 'fuzz',
    script: 'dmFyIGEgPSAx',
    context: 'AUTHENTICATION_TREE_DECISION_NODE',
    language: 'JAVASCRIPT',
  },
  {
    coreOAuth2ClientConfig: { clientName: ['fuzz'], scopes: ['a'], redirectionUris: ['https://a.example/'] },
  },
  { checks: [{ journey: 'HelpDesk', title: 'x' }], actions: ['a'], pauseMinutes: 1 },
  { goto: 'https://a.example/', tokenId: 'x', transaction: 'x', grant: 'x', action: 'a', subject: 's' },
  [{ operation: 'replace', field: '/mail', value: 'a@example.com' }],
]

const names = [
  'alex',
  'Login',
  'HelpDesk',
  'MessageNode',
  'PageNode',
  '1.0',
  'root',
  '/alpha',
  'L2JldGE',
  'user',
]

const actions = [
  'create',
  'validate',
  'schema',
  'getAllTypes',
  'nextdescendents',
  'import',
  'logout',
  'use',
  'x',
]

/** All routes of the reference, called by an administrator with random input. */
export const rest: Target = {
  name: 'rest',
  property: (world) =>
    fc.asyncProperty(
      fc.constantFrom(...routes),
      fc.array(
        fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...names) }, { weight: 1, arbitrary: oddText }),
        {
          minLength: 6,
          maxLength: 6,
        },
      ),
      fc
        .constantFrom(...samples)
        .chain((sample) =>
          fc.oneof(
            { weight: 5, arbitrary: changed(sample).map((json) => JSON.stringify(json)) },
            { weight: 1, arbitrary: torn(JSON.stringify(sample)) },
            { weight: 1, arbitrary: oddJson.map((json) => JSON.stringify(json)) },
          ),
        ),
      fc.dictionary(
        fc.constantFrom(
          '_action',
          '_queryFilter',
          '_fields',
          '_pageSize',
          '_pagedResultsCookie',
          '_sortKeys',
        ),
        fc.oneof(
          fc.constantFrom(...actions),
          fc.constantFrom('true', 'userName eq "alex"', '*', '10'),
          oddText,
        ),
        { maxKeys: 2 },
      ),
      async ({ method, path }, parts, body, query) => {
        const left = [...parts]
        const filled = path
          .replace('{realm}', '/realms/root/realms/alpha')
          .replace(/\{\w+\}/g, () => encoded(left.pop() ?? ''))
        const at = `${filled}${filled.includes('?') ? '&' : '?'}${new URLSearchParams(query)}`
        const headers = { iplanetdirectorypro: await world.administrator() }
        await world.ask({ method, path: at, headers, ...(method === 'GET' ? {} : { body }) })
      },
    ),
}

/** A lone surrogate can't be encoded in a URL. */
function encoded(part: string): string {
  return encodeURIComponent(part.toWellFormed())
}
