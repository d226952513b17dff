import type { JsonObject } from '../../src/base/json.ts'
import { failureId, successId } from '../../src/engine/journey.ts'

// Two journeys and a script as the vendor's tool exports them.

export type ExportedNode = JsonObject & { _id: string; _type: JsonObject & { _id: string } }
type Place = {
  nodeType: string
  displayName: string
  connections: Record<string, string>
  x: number
  y: number
  version?: string
}
export type ExportedTree = JsonObject & { _id: string; nodes: Record<string, Place> }
export type ExportedScript = JsonObject & { _id: string; name: string; script: string[] | string }

export type ExportedJourney = {
  tree: ExportedTree
  nodes: Record<string, ExportedNode>
  innerNodes: Record<string, ExportedNode>
  scripts: Record<string, ExportedScript>
}
export type ExportedJourneys = { trees: Record<string, ExportedJourney> }

const idOf = (number: number) => `f20d0000-0000-4000-8000-${String(number).padStart(12, '0')}`

/** @param outcomes display names; the ids are the same in lower case */
function nodeOf(number: number, type: string, name: string, outcomes: string[], config: JsonObject = {}) {
  const _outcomes = outcomes.map((displayName) => ({ id: displayName.toLowerCase(), displayName }))
  const node = { _id: idOf(number), ...config, _type: { _id: type, name, collection: true }, _outcomes }
  return node satisfies ExportedNode
}

const place = (
  nodeType: string,
  displayName: string,
  x: number,
  connections: Record<string, string>,
): Place => ({
  nodeType,
  displayName,
  connections,
  x,
  y: 120,
})

function treeOf(
  name: string,
  description: string,
  entry: number,
  nodes: Record<string, Place>,
): ExportedTree {
  return {
    _id: name,
    description,
    enabled: true,
    entryNodeId: idOf(entry),
    // The tool writes this value, whatever the file says, if the server has no identity management.
    identityResource: 'managed/user',
    innerTreeOnly: false,
    mustRun: false,
    noSession: false,
    uiConfig: {
      categories: '["Reception","Fröhlich"]',
      sidegateNotes: JSON.stringify({
        [idOf(70)]: {
          text: 'Ask „legal“\n<b>first</b>',
          x: 40,
          y: 300,
          width: 240,
          height: 144,
          colour: 'blue',
        },
      }),
    },
    nodes,
    staticNodes: {
      startNode: { x: 50, y: 120 },
      [successId]: { x: 800, y: 60 },
      [failureId]: { x: 800, y: 240 },
    },
  }
}

const byId = <Item extends { _id: string }>(...items: Item[]): Record<string, Item> =>
  Object.fromEntries(items.map((item) => [item._id, item]))

export const script: ExportedScript = {
  _id: idOf(90),
  name: 'Is It Open',
  description: 'Lets in when the shop is open – “always”.',
  script: ['// «open»', 'action.goTo("open");'],
  default: false,
  language: 'JAVASCRIPT',
  context: 'AUTHENTICATION_TREE_DECISION_NODE',
  evaluatorVersion: '2.0',
}

const page = nodeOf(1, 'PageNode', 'Page Node', ['Outcome'], {
  nodes: [
    { _id: idOf(11), nodeType: 'UsernameCollectorNode', displayName: 'Name' },
    { _id: idOf(12), nodeType: 'PasswordCollectorNode', displayName: 'Password' },
  ],
  pageHeader: { en: 'Front door', de: 'Haustür' },
  pageDescription: { en: 'Who is there?' },
  stage: 'front-door',
})

const frontDoor: ExportedJourney = {
  tree: treeOf('Front Door', 'Asks who it is.', 1, {
    [idOf(1)]: place('PageNode', 'Page', 200, { outcome: idOf(2) }),
    [idOf(2)]: place('DataStoreDecisionNode', 'Known?', 400, { true: idOf(3), false: failureId }),
    [idOf(3)]: place('ModifyAuthLevelNode', 'Raise', 600, { outcome: successId }),
  }),
  nodes: byId<ExportedNode>(
    page,
    nodeOf(2, 'DataStoreDecisionNode', 'Data Store Decision', ['True', 'False']),
    nodeOf(3, 'ModifyAuthLevelNode', 'Modify Auth Level', ['Outcome'], { authLevelIncrement: 7 }),
  ),
  innerNodes: byId<ExportedNode>(
    nodeOf(11, 'UsernameCollectorNode', 'Username Collector', ['Outcome']),
    nodeOf(12, 'PasswordCollectorNode', 'Password Collector', ['Outcome']),
  ),
  scripts: {},
}

const shop: ExportedJourney = {
  tree: treeOf('Shop', 'Asks a script, then who it is.', 4, {
    [idOf(4)]: place('ScriptedDecisionNode', 'Open?', 200, { open: idOf(5), closed: failureId }),
    [idOf(5)]: place('InnerTreeEvaluatorNode', 'Front door', 400, { true: successId, false: failureId }),
  }),
  nodes: byId<ExportedNode>(
    nodeOf(4, 'ScriptedDecisionNode', 'Scripted Decision', ['open', 'closed'], {
      script: script._id,
      outcomes: ['open', 'closed'],
      inputs: ['*'],
      outputs: ['*'],
    }),
    nodeOf(5, 'InnerTreeEvaluatorNode', 'Inner Tree Evaluator', ['True', 'False'], { tree: 'Front Door' }),
  ),
  innerNodes: {},
  scripts: byId(script),
}

export const journeys: ExportedJourneys = { trees: { 'Front Door': frontDoor, Shop: shop } }

/** The journey *Front Door* with two more nodes: a valid one and one of an unknown type. */
export function withUnknownType(): ExportedJourneys {
  const fine = nodeOf(7, 'ModifyAuthLevelNode', 'Modify Auth Level', ['Outcome'], { authLevelIncrement: 1 })
  const unknown = nodeOf(8, 'MoonPhaseNode', 'Moon Phase', ['Outcome'])
  const { tree, nodes } = frontDoor
  const more = {
    [fine._id]: place('ModifyAuthLevelNode', 'Raise more', 700, { outcome: unknown._id }),
    [unknown._id]: place('MoonPhaseNode', 'Moon', 750, { outcome: successId }),
  }
  const changed: ExportedJourney = {
    ...frontDoor,
    tree: { ...tree, description: 'Asks the moon.', nodes: { ...tree.nodes, ...more } },
    nodes: { ...nodes, ...byId<ExportedNode>(fine, unknown) },
  }
  return { trees: { 'Front Door': changed } }
}

/** The front door as a newer server exports it, with an additional page setting. */
export function ofNewerServer(): ExportedJourneys {
  const newer = { ...page, pageMood: 'calm' }
  const nodes = { ...frontDoor.nodes, [page._id]: newer }
  return { trees: { 'Front Door': { ...frontDoor, nodes } } }
}

/** A journey whose nodes refer to AM's default scripts, which exports don't contain. */
export const withDefaultScripts: ExportedJourney = {
  tree: treeOf('Social', 'Signs in with an identity provider.', 21, {
    [idOf(21)]: place('SocialProviderHandlerNode', 'Provider', 200, {
      ACCOUNT_EXISTS: idOf(22),
      NO_ACCOUNT: failureId,
    }),
    [idOf(22)]: place('DeviceMatchNode', 'Device', 400, {
      true: successId,
      false: failureId,
      unknownDevice: failureId,
    }),
  }),
  nodes: byId<ExportedNode>(
    nodeOf(21, 'SocialProviderHandlerNode', 'Social Provider Handler', [], {
      script: '58c824ae-84ed-4724-82cd-db128fc3f6c',
      usernameAttribute: 'userName',
    }),
    nodeOf(22, 'DeviceMatchNode', 'Device Match', ['True', 'False'], {
      script: '01e1a3c0-038b-4c16-956a-6c9d89328cff',
      useScript: false,
    }),
  ),
  innerNodes: {},
  scripts: {},
}

/** A page in version 2.0 with a setting that is unknown here. */
export const withSecondVersion: ExportedJourney = {
  tree: treeOf('Second', 'Shows a page of the second version.', 23, {
    [idOf(23)]: { ...place('PageNode', 'Page', 200, { outcome: successId }), version: '2.0' },
  }),
  nodes: byId<ExportedNode>({
    ...nodeOf(23, 'PageNode', 'Page Node', ['Outcome'], {
      nodes: [],
      pageHeader: { en: 'Second' },
      pageDescription: {},
      pageMood: 'calm',
    }),
    _type: { _id: 'PageNode', name: 'Page Node', collection: true, version: '2.0' },
  }),
  innerNodes: {},
  scripts: {},
}

/** A passkey node in an unsupported version. */
export const withUnknownVersion: ExportedJourney = {
  ...withSecondVersion,
  tree: treeOf('Third', 'Asks for a passkey.', 24, {
    [idOf(24)]: place('WebAuthnAuthenticationNode', 'Passkey', 200, { success: successId }),
  }),
  nodes: byId<ExportedNode>({
    ...nodeOf(24, 'WebAuthnAuthenticationNode', 'WebAuthn Authentication', ['success'], { mediation: 'x' }),
    _type: { _id: 'WebAuthnAuthenticationNode', name: 'WebAuthn', collection: true, version: '9.0' },
  }),
}

/** Members with author and time, which differ after every import. */
const stamps = new Set(['_rev', 'createdBy', 'creationDate', 'lastModifiedBy', 'lastModifiedDate'])

/** An export without these members, at any depth. */
export function unstamped<Content>(content: Content): Content {
  return JSON.parse(JSON.stringify(content, (key, value) => (stamps.has(key) ? undefined : value)))
}
