import { fail, goTo } from '../../engine/action.ts'
import { isJsonObject, type Json } from '../../engine/json.ts'
import { singleOutcome } from '../../engine/node-type.ts'
import { defineNode, noSettings } from '../define-node.ts'
import { info, infoKey, userInfo } from './federation-link.ts'

const nobody = 'No account to link: username is not in state, or nobody has it'

/** Links the account of the journey to the SAML identity that it met. Source: "Write Federation Information node". */
export const writeFederationInformation = defineNode({
  type: 'product-WriteFederationInformationNode',
  version: '1.0',
  title: 'Write Federation Information',
  help: 'Links the account to the identity that an identity provider has just vouched for.',
  tags: ['federation'],
  config: noSettings,
  outcomes: singleOutcome,
  reads: () => ['username', userInfo],
  requires: () => ['username', userInfo],
  errors: { fail: { [nobody]: 'An earlier node has to find or create the account.' } },
  reference: {
    outputs: 'the attributes `sun-fm-saml2-nameid-infokey` and `sun-fm-saml2-nameid-info` of the person',
  },
  needs: ['identities'],
  async run({ state, identities }) {
    const username = state.getText('username')
    const person = username === undefined ? undefined : await identities.find(username)
    if (person === undefined) return fail(nobody)
    const told = state.get(userInfo)
    const attributes = isJsonObject(told) && isJsonObject(told.attributes) ? told.attributes : {}
    const changes = [infoKey.name, info].flatMap((name): [string, Json][] => {
      const added = textsOf(attributes[name])
      return added.length === 0 ? [] : [[name, [...new Set([...textsOf(person[name]), ...added])]]]
    })
    if (changes.length > 0) await identities.patch(person._id, Object.fromEntries(changes))
    return goTo('outcome')
  },
})

function textsOf(value: Json | undefined): string[] {
  const values = Array.isArray(value) ? value : [value]
  return values.filter((each) => typeof each === 'string')
}
