import type { JsonObject } from '../../src/base/json.ts'
import { failureId, successId } from '../../src/engine/journey.ts'
import { differencesOf } from '../../src/journeys/compare/differences.ts'
import type { Bundle } from '../../src/journeys/exchange/bundle.ts'
import { customTypeOf, journeyBundle, scriptOf } from './small-bundle.ts'

/** A journey with a page, a decision by script, and a message. */
export function loginBundle(): Bundle {
  const bundle = journeyBundle(
    'Login',
    {
      page: {
        type: 'PageNode',
        config: {
          nodes: [
            { _id: 'user', nodeType: 'UsernameCollectorNode', displayName: 'Name' },
            { _id: 'word', nodeType: 'PasswordCollectorNode', displayName: 'Password' },
          ],
          pageHeader: { en: 'Sign in' },
          stage: '{"themeId":"dark","other":1}',
        },
      },
      decide: {
        type: 'ScriptedDecisionNode',
        config: { script: 'risk', outcomes: ['low', 'high'], inputs: ['*'], outputs: ['*'] },
      },
      say: { type: 'MessageNode', config: { message: { en: 'Not you' }, messageYes: {}, messageNo: {} } },
    },
    {
      scripts: [scriptOf('risk', 'Risk', 'one\ntwo\nthree\noutcome = "low"\n')],
      customNodeTypes: [customTypeOf('stamp', 'Stamp', 'action.goTo("done")')],
      documents: [
        {
          kind: 'theme',
          id: 'dark',
          document: { _id: 'dark', name: 'Dark', primaryColor: '#000', linkedTrees: ['Login'] },
        },
        {
          kind: 'emailTemplate',
          id: 'welcome',
          document: { html: { en: '<p>\nHello\n</p>' }, enabled: true },
        },
      ],
    },
  )
  const child = (id: string, type: string) => ({ id, type, version: '1.0', config: {} })
  bundle.nodes.push(child('user', 'UsernameCollectorNode'), child('word', 'PasswordCollectorNode'))
  const { nodes } = journeyOf(bundle)
  Object.assign(nodes.page ?? {}, { displayName: 'Page' })
  Object.assign(nodes.decide ?? {}, {
    displayName: 'Check risk',
    connections: { low: successId, high: 'say' },
  })
  Object.assign(nodes.say ?? {}, {
    displayName: 'Say no',
    connections: { true: failureId, false: failureId },
  })
  return bundle
}

export function journeyOf({ journeys: [journey] }: Bundle) {
  if (journey === undefined) throw new Error('no journey')
  return journey
}

function configOf({ nodes }: Bundle, named: string): JsonObject {
  return nodes.find(({ id }) => id === named)?.config ?? {}
}

function documentOf({ documents }: Bundle, named: string): JsonObject {
  return documents.find(({ id }) => id === named)?.document ?? {}
}

export type Change = (bundle: Bundle) => void

export function changed(...changes: Change[]): Bundle {
  const bundle = loginBundle()
  for (const change of changes) change(bundle)
  return bundle
}

/** Differences of two contents, without the items that contain them. */
export const wordsOf = (before: Bundle, after: Bundle) =>
  differencesOf(before, after).differences.map(({ words }) => words)
/** The differences that a change of the bundle makes. */
export const after = (change: Change) => wordsOf(loginBundle(), changed(change))

export const newMessage: Change = (bundle) => {
  journeyOf(bundle).nodes.wrong = {
    nodeType: 'MessageNode',
    displayName: 'Wrong',
    connections: { true: failureId },
    x: 0,
    y: 0,
  }
  bundle.nodes.push({ id: 'wrong', type: 'MessageNode', version: '1.0', config: {} })
}

export const connect =
  (node: string, outcome: string, target: string | undefined): Change =>
  (bundle) => {
    const connections = journeyOf(bundle).nodes[node]?.connections ?? {}
    if (target === undefined) delete connections[outcome]
    else connections[outcome] = target
  }

export const setNode =
  (id: string, members: object): Change =>
  (bundle) =>
    void Object.assign(journeyOf(bundle).nodes[id] ?? {}, members)
export const setConfig =
  (id: string, config: JsonObject): Change =>
  (bundle) =>
    void Object.assign(configOf(bundle, id), config)
export const setJourney =
  (members: object): Change =>
  (bundle) =>
    void Object.assign(journeyOf(bundle), members)
export const setDocument =
  (id: string, members: JsonObject): Change =>
  (bundle) =>
    void Object.assign(documentOf(bundle, id), members)
export const setScript =
  (members: object): Change =>
  ({ scripts }) =>
    void Object.assign(scripts[0] ?? {}, members)
export const setType =
  (members: object): Change =>
  ({ customNodeTypes }) =>
    void Object.assign(customNodeTypes[0] ?? {}, members)

export const children = (...named: [id: string, type: string, name: string][]) => ({
  nodes: named.map(([_id, nodeType, displayName]) => ({ _id, nodeType, displayName })),
})

/** The same bundle with new ids, as if its journeys, scripts, types and themes were created again. */
export function recreated(bundle: Bundle): Bundle {
  const ids = [
    ...bundle.nodes.map(({ id }) => id),
    ...bundle.scripts.map(({ id }) => id),
    ...bundle.customNodeTypes.map(({ serviceName }) => serviceName),
    ...bundle.documents.filter(({ kind }) => kind === 'theme').map(({ id }) => id),
  ]
  const json = ids.reduce(
    (text, id) => text.replaceAll(`"${id}"`, `"new-${id}"`).replaceAll(`\\"${id}\\"`, `\\"new-${id}\\"`),
    JSON.stringify(bundle),
  )
  return JSON.parse(json)
}
