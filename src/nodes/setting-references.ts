import type { AnyNodeType } from '../engine/node-type.ts'
import { secretSettingsOf } from './secret-settings.ts'

/** What the value of a setting stands for, or each value of a list or map: a form offers what there is. */
export type SettingReference =
  | { to: 'script'; contexts: readonly string[] }
  | { to: 'nodeType'; imitable: boolean }
  | { to: 'stateKey'; hasWildcard: boolean }
  | {
      to:
        | 'journey'
        | 'emailTemplate'
        | 'identityProvider'
        | 'nodes'
        | 'outcomes'
        | 'localisedText'
        | 'attribute'
        | 'sessionProperty'
        | 'secret'
        | 'secretLabel'
    }

const script = (...contexts: string[]): SettingReference => ({ to: 'script', contexts })
const stateKey: SettingReference = { to: 'stateKey', hasWildcard: false }
const stateKeys: SettingReference = { to: 'stateKey', hasWildcard: true }
const attribute: SettingReference = { to: 'attribute' }
const localisedText: SettingReference = { to: 'localisedText' }
const secret: SettingReference = { to: 'secret' }
const secretLabel: SettingReference = { to: 'secretLabel' }
const decisionContexts = ['AUTHENTICATION_TREE_DECISION_NODE', 'SCRIPTED_DECISION_NODE']
const profileContexts = ['SOCIAL_IDP_PROFILE_TRANSFORMATION', 'SOCIAL_PROVIDER_HANDLER_NODE']
const configContexts = ['CONFIG_PROVIDER_NODE', 'CONFIG_PROVIDER_NODE_NEXT_GEN']

/** Settings that mean the same wherever they are, by name. */
const everywhere: Readonly<Record<string, SettingReference>> = {
  tree: { to: 'journey' },
  emailTemplateName: { to: 'emailTemplate' },
  filteredProviders: { to: 'identityProvider' },
  identityAttribute: attribute,
  emailAttribute: attribute,
  passwordAttribute: attribute,
  usernameAttribute: attribute,
  attributesToCollect: attribute,
  presentAttribute: attribute,
  comparisonAttribute: attribute,
  kbaInfoAttribute: attribute,
  ignoredFields: attribute,
  clientErrorOutcomes: { to: 'outcomes' },
  usernameKey: stateKey,
  dataKey: stateKey,
  transactionDataKey: stateKey,
  sharedStateKey: stateKey,
  sharedStateAttribute: stateKey,
  displayNameSharedState: stateKey,
  startTimeProperty: stateKey,
  stateField: stateKey,
  allowedHeaders: stateKey,
  allowedQueryParameters: stateKey,
  propertyNames: { to: 'sessionProperty' },
  sessionDataKey: { to: 'sessionProperty' },
  secretLabelIdentifier: secretLabel,
  hmacSigningKeySecretLabelIdentifier: secretLabel,
  mtlsSecretLabel: secretLabel,
  pageHeader: localisedText,
  pageDescription: localisedText,
  waitingMessage: localisedText,
  exitMessage: localisedText,
  emailSuspendMessage: localisedText,
  emailSubject: localisedText,
  emailContent: localisedText,
  scanQRCodeMessage: localisedText,
  messageYes: localisedText,
  messageNo: localisedText,
  message: localisedText,
  errorMessage: localisedText,
  failureMessage: localisedText,
  continueLabel: localisedText,
  registerDeviceLabel: localisedText,
  getAppLabel: localisedText,
  skipStepLabel: localisedText,
  optOutLabel: localisedText,
}

const prompt = { title: localisedText, subtitle: localisedText, description: localisedText }

/** Those whose names say too little, by type. */
const byType: Readonly<Record<string, Readonly<Record<string, SettingReference>>>> = {
  ConfigProviderNode: {
    nodeType: { to: 'nodeType', imitable: true },
    script: script(...configContexts),
    scriptInputs: stateKeys,
  },
  DeviceBindingNode: prompt,
  DeviceMatchNode: { script: script('DEVICE_MATCH_NODE', ...decisionContexts) },
  DeviceSaveNode: { variableName: stateKey },
  DeviceSigningVerifierNode: prompt,
  DisplayUserNameNode: { userName: attribute },
  IdentifyExistingUserNode: { identifier: attribute },
  IotRegistrationNode: { claimToAttributeMapping: attribute },
  MetadataNode: { attributes: stateKey },
  PageNode: { nodes: { to: 'nodes' } },
  ScriptedDecisionNode: {
    script: script(...decisionContexts),
    outcomes: { to: 'outcomes' },
    inputs: stateKeys,
    outputs: stateKeys,
  },
  SetSuccessDetailsNode: { sessionProperties: { to: 'sessionProperty' } },
  SocialProviderHandlerNode: { script: script(...profileContexts) },
  SocialProviderHandlerNodeV2: { script: script(...profileContexts) },
}

/** The settings of a node type that stand for something, by name. Those of custom types stand for nothing known. */
export function referencesIn(nodeType: AnyNodeType): Readonly<Record<string, SettingReference>> {
  const { type, config } = nodeType
  if (type.startsWith('designer-')) return {}
  const names = Object.keys(config.shape ?? {})
  const own = Object.hasOwn(byType, type) ? (byType[type] ?? {}) : {}
  const secrets = new Set(secretSettingsOf(nodeType))
  const found = names.flatMap((name) => {
    if (secrets.has(name)) return [[name, secret] as const]
    const reference = own[name] ?? (Object.hasOwn(everywhere, name) ? everywhere[name] : undefined)
    return reference === undefined ? [] : [[name, reference] as const]
  })
  return Object.fromEntries(found)
}

/** Every name that the tables have, with its type where it has one: none may be stale. */
export const knownReferences: readonly { type?: string; name: string }[] = [
  ...Object.keys(everywhere).map((name) => ({ name })),
  ...Object.entries(byType).flatMap(([type, names]) => Object.keys(names).map((name) => ({ type, name }))),
]
