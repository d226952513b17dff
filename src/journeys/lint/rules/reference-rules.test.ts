import { describe, expect, test } from 'vitest'
import { complaints, type SampleRealm } from '../../../../test/support/lint-realm.ts'
import { successId } from '../../../engine/journey.ts'

const to = { outcome: successId }
const messages = (rule: string, realm: SampleRealm) => complaints(rule, realm).map(({ message }) => message)

describe('a missing reference', () => {
  test.each<
    [
      rule: string,
      type: string,
      config: SampleRealm['journeys'][string]['nodes'][string]['config'],
      message: string,
    ]
  >([
    [
      'missing-script',
      'ScriptedDecisionNode',
      { script: 's1' },
      "'Node n' runs script s1, which does not exist.",
    ],
    ['missing-script', 'ScriptedDecisionNode', {}, "'Node n' has no script."],
    [
      'missing-journey',
      'InnerTreeEvaluatorNode',
      { tree: 'Inner' },
      "'Node n' starts journey 'Inner', which does not exist.",
    ],
    [
      'missing-journey',
      'BackChannelInitNode',
      { tree: 'Inner' },
      "'Node n' starts journey 'Inner', which does not exist.",
    ],
    [
      'missing-custom-node-type',
      'designer-abc',
      {},
      "'Node n' is of custom node type abc, which does not exist.",
    ],
    [
      'missing-email-template',
      'EmailTemplateNode',
      { emailTemplateName: 'ourWelcome' },
      "'Node n' sends email template 'ourWelcome', which does not exist.",
    ],
    [
      'missing-webhook',
      'RegisterLogoutWebhookNode',
      { webhookName: 'crm' },
      "'Node n' registers webhook 'crm', which does not exist.",
    ],
    [
      'missing-theme',
      'PageNode',
      { stage: '{"themeId":"dark"}' },
      "'Node n' has theme 'dark', which does not exist.",
    ],
    [
      'missing-identity-provider',
      'SelectIdPNode',
      { filteredProviders: ['acme'] },
      "'Node n' offers identity provider 'acme', which does not exist.",
    ],
  ])('is reported: %s of %s with %j', (rule, type, config, message) => {
    const n = { type, ...(config && { config }), to }
    expect(messages(rule, { journeys: { Main: { nodes: { n } } } })).toEqual([message])
  })

  test.each<[rule: string, type: string, config: SampleRealm['journeys'][string]['nodes'][string]['config']]>(
    [
      ['missing-script', 'ScriptedDecisionNode', { script: 's1' }],
      ['missing-journey', 'InnerTreeEvaluatorNode', { tree: 'Inner' }],
      ['missing-custom-node-type', 'designer-abc', {}],
      ['missing-email-template', 'EmailTemplateNode', { emailTemplateName: 'ourWelcome' }],
      ['missing-webhook', 'RegisterLogoutWebhookNode', { webhookName: 'crm' }],
      ['missing-webhook', 'RegisterLogoutWebhookNode', {}],
      ['missing-theme', 'PageNode', { stage: '{"themeId":"dark"}' }],
      ['missing-theme', 'PageNode', { stage: '{"themeId":"The dark"}' }],
      ['missing-theme', 'PageNode', { stage: 'dark' }],
      ['missing-identity-provider', 'SelectIdPNode', { filteredProviders: ['acme'] }],
    ],
  )('is found where it is there: %s of %s', (rule, type, config) => {
    const n = { type, ...(config && { config }), to }
    const realm: SampleRealm = {
      journeys: { Main: { nodes: { n } }, Inner: { nodes: {} } },
      scripts: { s1: 'outcome = "x"' },
      customNodeTypes: [{ serviceName: 'abc' }],
      documents: {
        emailTemplate: ['ourWelcome'],
        webhook: ['crm'],
        theme: ['dark'],
        socialIdentityProvider: ['acme'],
      },
    }
    expect(messages(rule, realm)).toEqual([])
  })

  test('is reported on a page, and when a Configuration Provider imitates the node', () => {
    const page = { type: 'PageNode', children: { c: { type: 'designer-abc' } }, to: { next: 'imitates' } }
    const imitates = { type: 'ConfigProviderNode', config: { nodeType: 'designer-abc', script: 's1' } }
    const realm = { journeys: { Main: { nodes: { page, imitates } } } }
    expect(complaints('missing-custom-node-type', realm).map(({ nodeId }) => nodeId)).toEqual([
      'c',
      'imitates',
    ])
  })
})

test('reports a missing library script', () => {
  const main = { nodes: { n: { type: 'ScriptedDecisionNode', config: { script: 's1' }, to } } }
  const s1 = 'var a = require("libA")'
  const libA = 'var b = require("libB")'
  expect(messages('missing-script', { journeys: { Main: main }, scripts: { s1, libA } })).toEqual([
    "Script 'libA' requires library script 'libB', which does not exist.",
  ])
  expect(messages('missing-script', { journeys: { Main: main }, scripts: { s1, libA, libB: '' } })).toEqual(
    [],
  )
})
