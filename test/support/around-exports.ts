import type { JsonObject } from '../../src/base/json.ts'
import { failureId, successId } from '../../src/engine/journey.ts'
import { type Bundle, emptyBundle } from '../../src/journeys/exchange/bundle.ts'
import { journeyDocumentSchema } from '../../src/journeys/journey-document.ts'
import { joined, scriptOf } from './small-bundle.ts'

type SmallNode = { type: string; config?: JsonObject; to: Record<string, string> }

/** A journey whose first node is its entry; `success` and `failure` are its ends. */
function journey(name: string, nodes: Record<string, SmallNode>): Bundle {
  const ends: Readonly<Record<string, string>> = { success: successId, failure: failureId }
  const idOf = (node: string) => ends[node] ?? `${name}-${node}`
  const [entry = 'success'] = Object.keys(nodes)
  const places = Object.entries(nodes).map(([node, { type, to }]) => [
    idOf(node),
    {
      nodeType: type,
      displayName: node,
      connections: Object.fromEntries(Object.entries(to).map(([outcome, target]) => [outcome, idOf(target)])),
    },
  ])
  return {
    ...emptyBundle(),
    journeys: [
      journeyDocumentSchema.parse({
        _id: name,
        entryNodeId: idOf(entry),
        identityResource: 'managed/alpha_user',
        nodes: Object.fromEntries(places),
      }),
    ],
    nodes: Object.entries(nodes).map(([node, { type, config = {} }]) => ({
      id: idOf(node),
      type,
      version: '1.0',
      config,
    })),
  }
}

const asked = (next: string): SmallNode => ({ type: 'UsernameCollectorNode', to: { outcome: next } })

/**
 * A page asks for the username and then enters the exported journey.
 * @param state further shared state.
 */
function before(tree: string, name: string, state: JsonObject = {}): Bundle {
  return journey(name, {
    ask: asked('find'),
    find: {
      type: 'IdentifyExistingUserNode',
      config: { identifier: 'userName', identityAttribute: 'userName' },
      to: { true: 'remember', false: 'failure' },
    },
    remember: { type: 'SetStateNode', config: { attributes: state }, to: { outcome: 'inner' } },
    inner: { type: 'InnerTreeEvaluatorNode', config: { tree }, to: { true: 'success', false: 'failure' } },
  })
}

const longPassword = `
exports.evaluatePassword = function (scope, policy, password) {
  var passed = password.length >= policy.minPasswordLength + 10
  return { valid: passed, evaluation: [{ policy: 'As long as it takes', passed: passed }] }
}`

/** Dependencies that exports lack, and journeys around scripts with which no exported journey starts. */
export const aroundExports: Bundle = joined(
  // The names of these journeys decide what the inner journey does. Its scripts expect the code in shared state, where
  // older versions of the generator node put it. Ours keeps it in transient state.
  before('CHMultiFactorGeneric', 'CHWebFiling-Login', { oneTimePassword: '271828' }),
  before('CHMultiFactorGeneric', 'CHOnboarding', { oneTimePassword: '314159' }),
  before('CHManageEmailConsent', 'ManageConsent'),
  before('UniversalSingleLogout', 'EndSessions'),
  before('Pt 2_Terminate Session with API Call', 'EndElsewhere'),
  journey('CheckSession', {
    check: {
      type: 'ScriptedDecisionNode',
      config: {
        script: 'c4001e02-469c-4cc4-bf95-9f43d7e46568',
        outcomes: ['hasSession', 'noSession'],
        inputs: ['*'],
        outputs: ['*'],
      },
      to: { hasSession: 'success', noSession: 'failure' },
    },
  }),
  journey('TokenForPartner', {
    ask: asked('sign'),
    sign: {
      type: 'designer-e5ad0110c8ee4dafaae983003cd05d4a',
      config: { audience: 'partner', issuer: 'us', validity: 5, signingkey: 'esv.signing.key' },
      to: { True: 'success', False: 'failure', 'Script Error': 'failure' },
    },
  }),
  journey('FrodoTestJourney1', { ask: asked('success') }),
  {
    ...emptyBundle(),
    scripts: [scriptOf('long-password', 'library_passwordPolicy', longPassword, { context: 'LIBRARY' })],
    documents: [
      {
        kind: 'emailTemplate',
        id: 'globalRegistration',
        document: {
          enabled: true,
          from: 'desk@example.com',
          defaultLocale: 'en',
          subject: { en: 'Are you still there?' },
          message: { en: '<a href="{{object.resumeURI}}">Yes</a>' },
        },
      },
    ],
  },
)
