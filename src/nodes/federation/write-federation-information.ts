import { isJsonObject, type Json } from '../../base/json.ts'
import { fail, goTo } from '../../engine/action.ts'
import { singleOutcome } from '../../engine/node-type.ts'
import { defineNode } from '../define-node.ts'
import { info, infoKey, userInfo } from './federation-link.ts'

const noAccount = 'No account to link: username is not in state, or no person has it'

/** Links the journey's account to the identity from a SAML provider. Source: "Write Federation Information node". */
export const writeFederationInformation = defineNode({
  type: 'product-WriteFederationInformationNode',
  title: 'Write Federation Information',
  help: 'Links the account to the identity that an identity provider has just confirmed.',
  tags: ['federation'],
  outcomes: singleOutcome,
  reads: () => ['username', userInfo],
  requires: () => ['username', userInfo],
  errors: { fail: { [noAccount]: 'An earlier node must find or create the account.' } },
  reference: {
    outputs: 'the person’s attributes `sun-fm-saml2-nameid-infokey` and `sun-fm-saml2-nameid-info`',
  },
  needs: ['identities'],
  async run({ state, identities }) {
    const username = state.getText('username')
    const person = username === undefined ? undefined : await identities.find(username)
    if (person === undefined) return fail(noAccount)
    const profile = state.get(userInfo)
    const attributes = isJsonObject(profile) && isJsonObject(profile.attributes) ? profile.attributes : {}
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
