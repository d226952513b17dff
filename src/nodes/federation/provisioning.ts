import { z } from 'zod'
import { type Action, fail, goTo } from '../../engine/action.ts'
import { isJsonObject, type Json, type JsonObject } from '../../engine/json.ts'
import type { NodeContext } from '../../engine/node-type.ts'
import { setting } from '../define-node.ts'
import type { IdentityPort } from '../ports/ports.ts'
import { userInfo } from './federation-link.ts'

const unableToCreate = 'Unable to create user'
const noInformation = missing('No user information has been found in the shared state')
const noNames = missing("The user information doesn't contain the userNames")

/** What the nodes that provision tell of what goes wrong. */
export const provisioningErrors = {
  warn: {
    [unableToCreate]: 'Policies do not allow the person, or the user name is taken; the log says which.',
  },
  fail: {
    [unableToCreate]: 'Policies do not allow the person, or the user name is taken.',
    [noInformation]: 'No node before has an identity provider tell of somebody.',
    [noNames]: 'What an identity provider told has no names.',
    'Account provider class ‹accountProviderClass› is not available': 'It is a class of somebody else.',
  },
} as const

const builtIn = 'org.forgerock.openam.authentication.modules.common.mapping.DefaultAccountProvider'

/** The setting of all nodes that provision accounts. */
export const accountProviderClass = setting(
  'Account Provider Class',
  'The vendor’s own, which is built in. The node fails with another class.',
  z.string().min(1).default(builtIn),
)

/** What a provider told of somebody, as the attributes of a person; or in AM's words what is missing. */
export type Told = { object: JsonObject } | { problem: string }

type Provisioning = NodeContext<{ accountProviderClass: string }> & { identities: IdentityPort }

/** What a social or SAML node left for the nodes that provision; somebody without a user name has the provider's. */
export function toldBy({ state, identities }: Provisioning): Told {
  const info = state.get(userInfo)
  if (!isJsonObject(info)) return { problem: noInformation }
  if (!isJsonObject(info.userNames)) return { problem: noNames }
  const attributes = isJsonObject(info.attributes) ? listed(info.attributes) : {}
  const [userName] = Object.values(listed(info.userNames)).flat()
  return { object: { ...(userName && { userName }), ...identities.fromAmAttributes(attributes) } }
}

/** Creates the person with the step, and goes on as them. What policies do not allow ends the journey. */
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
