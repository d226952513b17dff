import type { AnyNodeType } from '../engine/node-type.ts'

/** What node types are for, as palettes group them and pictures colour them. */
export const nodeFamilies = {
  backchannel: 'Backchannel',
  collect: 'Ask',
  identity: 'Look up and save',
  decide: 'Decide',
  device: 'Devices',
  flow: 'Flow and wait',
  custom: 'Custom nodes',
} as const

export type NodeFamily = keyof typeof nodeFamilies

const families: Readonly<Record<'collect' | 'identity' | 'decide', readonly string[]>> = {
  collect: [
    'AcceptTermsAndConditionsNode',
    'AttributeCollectorNode',
    'ChoiceCollectorNode',
    'ConsentNode',
    'DisplayUserNameNode',
    'KbaCreateNode',
    'KbaVerifyNode',
    'MessageNode',
    'PageNode',
    'PasswordCollectorNode',
    'SelectIdPNode',
    'UsernameCollectorNode',
    'ValidatedPasswordNode',
    'ValidatedUsernameNode',
    'ZeroPageLoginNode',
    'product-CaptchaEnterpriseNode',
    'product-CaptchaNode',
    'product-ReCaptchaNode',
  ],
  identity: [
    'AccountLockoutNode',
    'AgentDataStoreDecisionNode',
    'AnonymousUserNode',
    'CreateObjectNode',
    'DataStoreDecisionNode',
    'IdentifyExistingUserNode',
    'IdentityStoreDecisionNode',
    'IncrementLoginCountNode',
    'LdapDecisionNode',
    'PatchObjectNode',
    'SocialProviderHandlerNode',
    'SocialProviderHandlerNodeV2',
  ],
  decide: ['FlowControlNode'],
}

const familyByType: ReadonlyMap<string, NodeFamily> = new Map(
  (['collect', 'identity', 'decide'] as const).flatMap((family) =>
    families[family].map((type): [string, NodeFamily] => [type, family]),
  ),
)

/** The family of a node type; of one that does not run here, as far as its name tells. */
export function familyOf(type: string, known: Pick<AnyNodeType, 'tags'> | undefined): NodeFamily {
  if (type.startsWith('designer-')) return 'custom'
  const named = familyByType.get(type)
  if (named !== undefined) return named
  const tags = known?.tags ?? []
  if (tags.includes('backchannel')) return 'backchannel'
  if (tags.includes('multi-factor authentication') || type.startsWith('Device')) return 'device'
  return /Decision(Node)?(V\d)?$/.test(type) ? 'decide' : 'flow'
}
