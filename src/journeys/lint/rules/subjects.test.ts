import { expect, test } from 'vitest'
import { complaints, type SampleRealm } from '../../../../test/support/lint-realm.ts'
import type { JsonObject } from '../../../base/json.ts'
import { successId } from '../../../engine/journey.ts'

/** A realm whose journey has one node. */
const one = (type: string, config: JsonObject, more: Partial<SampleRealm> = {}): SampleRealm => ({
  journeys: { Main: { nodes: { n: { type, config, to: { outcome: successId } } } } },
  ...more,
})
const decision = (source: string, reports: SampleRealm['reports'] = {}) =>
  one('ScriptedDecisionNode', { script: 's', outcomes: ['outcome'] }, { scripts: { s: source }, reports })
const line = (key: 'problems' | 'incompatibilities') =>
  decision('x', { x: { [key]: [{ line: 7, message: 'no' }] } })

test.each<[rule: string, realm: SampleRealm, subject: object]>([
  ['no-entry', { journeys: { Main: { nodes: {} } } }, { setting: 'entryNodeId' }],
  [
    'self-connection',
    { journeys: { Main: { nodes: { n: { type: 'SetStateNode', to: { outcome: 'n' } } } } } },
    { outcome: 'outcome' },
  ],
  ['unknown-outcome', one('DataStoreDecisionNode', {}), { outcome: 'outcome' }],
  ['unconnected-outcome', one('DataStoreDecisionNode', {}), { outcome: 'true' }],
  ['invalid-settings', one('RetryLimitDecisionNode', { retryLimit: 'x' }), { setting: 'retryLimit' }],
  ['missing-script', one('ScriptedDecisionNode', { script: 's' }), { setting: 'script' }],
  ['missing-script', one('ScriptedDecisionNode', {}), { setting: 'script' }],
  ['missing-script', decision('require("lib")'), { scriptId: 's' }],
  ['missing-journey', one('InnerTreeEvaluatorNode', { tree: 'Other' }), { setting: 'tree' }],
  ['inner-journey-recursion', one('InnerTreeEvaluatorNode', { tree: 'Main' }), { setting: 'tree' }],
  [
    'missing-email-template',
    one('EmailSuspendNode', { emailTemplateName: 'a' }),
    { setting: 'emailTemplateName' },
  ],
  ['missing-theme', one('PageNode', { stage: '{"themeId":"a"}' }), { setting: 'stage' }],
  [
    'missing-identity-provider',
    one('SelectIdPNode', { filteredProviders: ['a'] }),
    { setting: 'filteredProviders' },
  ],
  ['no-app-allowed', one('DeviceBindingNode', {}), { setting: 'applicationIds' }],
  [
    'no-app-allowed',
    one('DeviceSigningVerifierNode', { applicationIds: [''] }),
    { setting: 'applicationIds' },
  ],
  ['missing-webhook', one('RegisterLogoutWebhookNode', { webhookName: 'a' }), { setting: 'webhookName' }],
  ['script-syntax', line('problems'), { scriptId: 's', line: 7 }],
  ['script-incompatible', line('incompatibilities'), { scriptId: 's', line: 7 }],
  ['plain-text-secret', decision('\n\nvar apiKey = "S3cret!!"'), { scriptId: 's', line: 3 }],
  ['plain-text-secret', one('SetStateNode', { password: 'S3cret!!' }), { setting: 'password' }],
  ['anonymous-transaction', one('BackChannelInitNode', {}), { setting: 'idType' }],
])('%s names the setting, outcome or line that it is about', (rule, realm, subject) => {
  const [finding] = complaints(rule, realm)
  const { setting, outcome, scriptId, line } = finding ?? {}
  expect({ setting, outcome, scriptId, line }).toEqual(subject)
})
