import { collection } from '../crest/collection.ts'
import { badRequest, notFound } from '../errors.ts'
import type { JsonObject } from '../journey/json.ts'
import { type Call, param, type Route } from './route.ts'

/** Names that a script sees, and the kind of value behind each. */
type Bindings = Readonly<Record<string, 'Object' | 'String' | 'Boolean' | 'Map'>>

const everyScript: Bindings = {
  existingSession: 'Map',
  httpClient: 'Object',
  idRepository: 'Object',
  logger: 'Object',
  nodeState: 'Object',
  realm: 'String',
  requestHeaders: 'Map',
  requestParameters: 'Map',
  resumedFromSuspend: 'Boolean',
  scriptName: 'String',
  systemEnv: 'Object',
}

const nextGeneration: Bindings = {
  ...everyScript,
  cookieName: 'String',
  journey: 'Object',
  locales: 'Object',
  openidm: 'Object',
  requestCookies: 'Map',
  utils: 'Object',
}

const nextGenerationDecision: Bindings = {
  ...nextGeneration,
  action: 'Object',
  callbacks: 'Object',
  callbacksBuilder: 'Object',
}

const legacyDecision: Bindings = {
  ...everyScript,
  callbacks: 'Object',
  sharedState: 'Map',
  transientState: 'Map',
}

const social: Bindings = { selectedIdp: 'String', rawProfile: 'Object', normalizedProfile: 'Object' }

type Context = { bindings: Bindings; evaluatorVersions: readonly string[]; isHidden?: boolean }

/** The contexts whose scripts run here, with what the sandbox gives them. Source: "Scripting". Scripts of others are kept and never run. */
const contexts: Readonly<Record<string, Context>> = {
  AUTHENTICATION_TREE_DECISION_NODE: {
    bindings: legacyDecision,
    evaluatorVersions: ['1.0', '2.0'],
  },
  SCRIPTED_DECISION_NODE: { bindings: nextGenerationDecision, evaluatorVersions: ['2.0'] },
  CONFIG_PROVIDER_NODE: { bindings: everyScript, evaluatorVersions: ['1.0'] },
  CONFIG_PROVIDER_NODE_NEXT_GEN: { bindings: nextGeneration, evaluatorVersions: ['2.0'] },
  DEVICE_MATCH_NODE: {
    bindings: { ...nextGenerationDecision, deviceProfilesDao: 'Object' },
    evaluatorVersions: ['2.0'],
  },
  LIBRARY: { bindings: { logger: 'Object', exports: 'Object' }, evaluatorVersions: ['2.0'] },
  SOCIAL_IDP_PROFILE_TRANSFORMATION: {
    bindings: { ...everyScript, ...social, sharedState: 'Map', transientState: 'Map' },
    evaluatorVersions: ['1.0', '2.0'],
  },
  SOCIAL_PROVIDER_HANDLER_NODE: { bindings: { ...nextGeneration, ...social }, evaluatorVersions: ['2.0'] },
  NODE_DESIGNER: {
    bindings: { ...nextGenerationDecision, properties: 'Map' },
    evaluatorVersions: ['2.0'],
    isHidden: true,
  },
}

const access = 'administrator'

/** What scripts may be written for, and what each sees. */
export function contextRoutes(): Route[] {
  return [
    {
      method: 'GET',
      path: 'contexts',
      access,
      summary: 'Is refused: contexts are listed among the global services.',
      handle() {
        throw badRequest('Query is not supported for this resource')
      },
    },
    {
      method: 'GET',
      path: 'contexts/:id',
      access,
      summary: 'Describes a script context: its bindings and the versions of the engine.',
      handle: (call) => ({ body: contextOf(call) }),
    },
    {
      method: 'GET',
      path: 'global-config/services/scripting/contexts',
      access,
      summary: 'Lists the script contexts.',
      handle: ({ query }) => ({ body: collection(Object.entries(contexts).map(listed), query) }),
    },
  ]
}

function contextOf(call: Call): JsonObject {
  const id = param(call, 'id')
  const context = Object.hasOwn(contexts, id) ? contexts[id] : undefined
  if (context === undefined) throw notFound()
  return {
    _id: id,
    bindings: Object.entries(context.bindings).map(([name, javaScriptType]) => ({
      name,
      javaScriptType,
      elements: [],
    })),
    evaluatorVersions: { JAVASCRIPT: [...context.evaluatorVersions] },
    allowLists: [],
  }
}

function listed([id, { isHidden = false }]: [string, Context]): JsonObject {
  return {
    _id: id,
    isHidden,
    languages: ['JAVASCRIPT'],
    defaultScript: '[Empty]',
    _type: { _id: 'contexts', name: 'scriptContext', collection: true },
  }
}
