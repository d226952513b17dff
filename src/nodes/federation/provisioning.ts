import { z } from 'zod'
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts'
import { type Action, fail, goTo } from '../../engine/action.ts'
import type { NodeContext } from '../../engine/node-type.ts'
import { setting } from '../define-node.ts'
import type { IdentityPort } from '../ports/ports.ts'
import { userInfo } from './federation-link.ts'

const unableToCreate = 'Unable to create user'
const noInformation = missing('No user information has been found in the shared state')
const noNames = missing("The user information doesn't contain the userNames")

/** Errors of the nodes that provision accounts. */
export const provisioningErrors = {
  warn: {
    [unableToCreate]: 'Policies reject the person, or the username is taken. The log line says which.',
  },
  fail: {
    [unableToCreate]: 'Policies reject the person, or the username is taken.',
    [noInformation]: 'No earlier node signed the person in with an identity provider.',
    [noNames]: 'The identity provider’s data has no names.',
    'Account provider class ‹accountProviderClass› is not available': 'The class is not the vendor’s.',
  },
} as const

const builtIn = 'org.forgerock.openam.authentication.modules.common.mapping.DefaultAccountProvider'

export const accountProviderClass = setting(
  'Account Provider Class',
  'The vendor’s class, which is built in. The node fails with any other class.',
  z.string().min(1).default(builtIn),
)

/** The attributes of a person from an identity provider's data, or the problem in AM's words. */
export type Profile = { object: JsonObject } | { problem: string }

type Provisioning = NodeContext<{ accountProviderClass: string }> & { identities: IdentityPort }

/** Reads the data that a social or SAML node left in state. Without a username, the provider's name is used. */
export function profileIn({ state, identities }: Provisioning): Profile {
  const info = state.get(userInfo)
  if (!isJsonObject(info)) return { problem: noInformation }
  if (!isJsonObject(info.userNames)) return { problem: noNames }
  const attributes = isJsonObject(info.attributes) ? listed(info.attributes) : {}
  const [userName] = Object.values(listed(info.userNames)).flat()
  return { object: { ...(userName && { userName }), ...identities.fromAmAttributes(attributes) } }
}

/** Creates the person with the step and identifies them. A rejection by policies fails the journey. */
export async function provision(
  { config, state, identities, log }: Provisioning,
  object: JsonObject,
): Promise<Action<'outcome'>> {
  const { accountProviderClass: provider } = config
  if (provider !== builtIn) return fail(`Account provider class ${provider} is not available`)
  try {
    const { _id, userName } = await identities.createWithStep({ ...object, accountStatus: 'active' })
    state.putShared('username', userName)
    return goTo('outcome', { identified: { kind: 'user', name: _id } })
  } catch (error) {
    if (!(error instanceof Error && error.name === 'RequestError')) throw error
    log.warn(unableToCreate, error)
    return fail(unableToCreate)
  }
}

function missing(what: string): string {
  return `${what}. You must call a node that sets this information first`
}

function listed(attributes: JsonObject): Record<string, string[]> {
  const texts = (value: Json): string[] => [value].flat().filter((each) => typeof each === 'string')
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, texts(value)]))
}
