import { expect, test } from 'vitest'
import {
  customTypeOf,
  decision,
  inner,
  joined,
  journeyBundle,
  realmWith,
  scriptOf,
} from '../../../test/support/small-bundle.ts'
import { closureOf } from './closure.ts'
import { planImport } from './plan.ts'
import { readBundle } from './read-bundle.ts'
import { parseExport } from './safe-json.ts'
import { multiFile, singleFiles } from './write-export.ts'

const library = { context: 'LIBRARY' }
const front = journeyBundle(
  'Front',
  {
    page: {
      type: 'PageNode',
      config: { nodes: [{ _id: 'onPage', nodeType: 'ScriptedDecisionNode' }], stage: '{"themeId":"Dark"}' },
    },
    enter: inner('Inner'),
    open: { type: 'BackChannelInitNode', config: { tree: 'Back' } },
    stamp: { type: 'designer-stamp' },
    mail: { type: 'EmailSuspendNode', config: { emailTemplateName: 'welcome' } },
    social: { type: 'SelectIdPNode', config: {} },
  },
  {
    scripts: [
      scriptOf('s-1', 'Decide', 'require("Lib one"); systemEnv.getProperty("esv.my.url")'),
      scriptOf('l-1', 'Lib one', 'exports.x = require("Lib two")', library),
      scriptOf(
        'l-2',
        'Lib two',
        'var template = "told"; openidm.action("external/email", "sendTemplate", {})',
        library,
      ),
      scriptOf('l-3', 'Lib three', 'exports.z = 1; // require("Never")', library),
      scriptOf('l-4', 'Lib four', 'exports.z = 1', library),
      scriptOf('l-5', 'Lib five', 'exports.z = 1', library),
      scriptOf('s-2', 'Transform', 'profile'),
      scriptOf('s-3', 'Of another journey', ''),
    ],
    customNodeTypes: [
      customTypeOf('stamp', 'Stamp', 'require("Lib three"); var name = "Lib four"; require(name)'),
      customTypeOf('other', 'Other'),
    ],
    documents: [
      { kind: 'emailTemplate', id: 'welcome', document: { subject: { en: 'Hello' } } },
      { kind: 'emailTemplate', id: 'other', document: {} },
      { kind: 'emailTemplate', id: 'told', document: {} },
      { kind: 'theme', id: 'theme-1', document: { name: 'Dark' } },
      { kind: 'theme', id: 'theme-2', document: { name: 'Bright', linkedTrees: ['Deeper'] } },
      {
        kind: 'theme',
        id: 'theme-3',
        document: { name: 'Plain', linkedTrees: ['Unrelated'], isDefault: true },
      },
      { kind: 'socialIdentityProvider', id: 'google', document: { transform: 's-2' } },
      { kind: 'variable', id: 'esv-my-url', document: { description: '' } },
    ],
  },
)
const onPage = { id: 'onPage', version: '1.0', ...decision('s-1') }
const realm = realmWith(
  joined(
    { ...front, nodes: [...front.nodes, onPage] },
    journeyBundle('Inner', { deeper: inner('Deeper') }),
    journeyBundle('Deeper', { last: inner('Front') }),
    journeyBundle('Back', { ask: { type: 'MessageNode' } }),
    journeyBundle('Unrelated', { alone: decision('s-3') }),
  ),
)

const closure = closureOf(['Front'], realm, 'inner journeys')

test('includes everything that a journey refers to, and nothing else', () => {
  expect(closure.journeys.map(({ _id }) => _id)).toEqual(['Front', 'Inner', 'Deeper', 'Back'])
  expect(closure.nodes.map(({ id }) => id)).not.toContain('alone')
  expect(closure.scripts.map(({ id }) => id)).toEqual(['s-1', 'l-1', 'l-2', 'l-3', 'l-4', 's-2'])
  expect(closure.customNodeTypes.map(({ serviceName }) => serviceName)).toEqual(['stamp'])
  expect(closure.documents.map(({ id }) => id)).toEqual([
    'welcome',
    'told',
    'theme-1',
    'theme-2',
    'google',
    'esv-my-url',
  ])
})

test('is complete: after the import, an empty realm lacks only the secret of the identity provider', () => {
  const options = { dependencies: true, existing: 'replace' } as const
  const missing = (bundle: typeof closure) =>
    planImport(bundle, realmWith(), options).plan.findings.filter(({ kind }) => kind === 'missing')
  const secret = {
    kind: 'missing',
    message: "Identity provider 'google' has no client secret",
    about: { kind: 'socialIdentityProvider', id: 'google' },
  }
  expect(closure.findings).toEqual([])
  expect(missing(closure)).toEqual([secret])
  expect(missing(readBundle(parseExport(multiFile(closure)), { realm: '/alpha' }))).toEqual([secret])
  for (const { id } of closure.scripts.slice(0, 4)) {
    const less = { ...closure, scripts: closure.scripts.filter((script) => script.id !== id) }
    expect(missing(less).length, id).toBeGreaterThan(1)
  }
})

test('reports things that are missing in the realm', () => {
  const broken = realmWith(journeyBundle('Broken', { a: decision('gone') }))
  expect(closureOf(['Broken'], broken, 'inner journeys').findings).toMatchObject([{ kind: 'missing' }])
})

test('exports the canvas only in the layout', () => {
  const files = singleFiles(closure)
  expect(files.map(({ name }) => name)).toEqual(
    ['Front', 'Inner', 'Deeper', 'Back'].flatMap((name) => [`${name}.journey.json`, `${name}.layout.json`]),
  )
  const moved = {
    ...closure,
    journeys: closure.journeys.map((journey) => ({
      ...journey,
      uiConfig: { annotations: '{"x":1}' },
      staticNodes: { startNode: { x: 9, y: 9 } },
      nodes: Object.fromEntries(
        Object.entries(journey.nodes).map(([id, node]) => [id, { ...node, x: 7, y: 7 }]),
      ),
    })),
  }
  const changed = singleFiles(moved).filter(({ text }, i) => text !== files[i]?.text)
  expect(changed.map(({ name }) => name)).toEqual(
    files.map(({ name }) => name).filter((name) => /layout/.test(name)),
  )
})

test('keeps tags with the journey, even without its layout', () => {
  const tagged = (categories: string) => ({
    ...closure,
    journeys: closure.journeys.map((journey) => ({
      ...journey,
      uiConfig: { categories, annotations: '{"x":1}' },
    })),
  })
  const [file] = singleFiles(tagged('["new"]'))
  const alone = readBundle(parseExport(file?.text ?? ''), { realm: '/alpha' })
  expect(alone.journeys).toMatchObject([{ uiConfig: { categories: '["new"]' } }])
  const options = { dependencies: true, existing: 'replace' } as const
  const { change } = planImport(alone, realmWith(tagged('["old"]')), options)
  expect(change.journeys).toMatchObject([
    { uiConfig: { categories: '["new"]', annotations: '{"x":1}' }, nodes: { enter: { x: 100 } } },
  ])
})

test('does not depend on the order of storage', () => {
  const turned = {
    ...closure,
    journeys: closure.journeys.toReversed(),
    nodes: closure.nodes.toReversed().map((node) => ({
      ...node,
      config: Object.fromEntries(Object.entries(node.config).toReversed()),
    })),
    scripts: closure.scripts.toReversed(),
  }
  expect(multiFile(turned)).toBe(multiFile(closure))
})

test('writes a separate, safe file name for each journey', () => {
  const names = [
    'a:b',
    'a%3ab',
    '..',
    'C\\d',
    'Ünï 旅',
    '../../up',
    '/root',
    'CON',
    'nul.x',
    'Console',
    'End. ',
  ].map((name) => journeyBundle(name, {}))
  const files = singleFiles(joined(...names)).filter(({ name }) => name.endsWith('.journey.json'))
  expect(files.map(({ name }) => name.replace('.journey.json', ''))).toEqual([
    'a%3ab',
    'a%253ab',
    '%2e%2e',
    'C%5cd',
    'Ünï 旅',
    '%2e.%2f..%2fup',
    '%2froot',
    '%43ON',
    '%6eul.x',
    'Console',
    'End.%20',
  ])
})
