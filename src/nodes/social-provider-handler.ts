import { z } from 'zod'
import { type Action, fail, goTo, send } from '../journey/action.ts'
import { callback } from '../journey/callbacks.ts'
import { isJsonObject, type JsonObject } from '../journey/json.ts'
import type { NodeContext } from '../journey/node-type.ts'
import { defineNode, setting } from './define-node.ts'
import { attributeInState, container, storeAttribute } from './object-attributes.ts'
import type { SocialPort, SocialProfile } from './outside-ports.ts'
import type { IdentityPort } from './ports.ts'
import { selectedProvider } from './select-idp.ts'
import { personFromClaims } from './social-profile.ts'

const aliases = 'aliasList'
const tokensKey = 'socialOAuthData'
/** State key: what proves that an answer belongs to the start that this node made. */
const pendingKey = (id: string) => `${id}.pending`

/** Ids of the vendor's own scripts that say what this node says without one. */
const builtInScripts: readonly string[] = ['', '[Empty]', '58c824ae-84ed-4724-82cd-db128fc3f6c']

const config = z.object({
  script: setting(
    'Transformation Script',
    'The vendor’s `Normalized Profile to Managed User`, which is built in. The node fails with another script.',
    z.string().default('[Empty]'),
  ),
  usernameAttribute: setting(
    'Username Attribute',
    'Attribute of the person that holds the user name.',
    z.string().default('userName'),
  ),
  clientType: setting(
    'Client Type',
    'Who goes to the provider. The node fails with `NATIVE`.',
    z.enum(['BROWSER', 'NATIVE']).default('BROWSER'),
  ),
  storeTokens: setting(
    'Store Tokens',
    `Whether the provider’s tokens are kept in transient state, as \`${tokensKey}\`.`,
    z.boolean().default(false),
  ),
  subjectAttribute: setting(
    'Subject Attribute',
    'Kept for exports; people are found by their aliases.',
    z.string().default('iplanet-am-user-alias-list'),
  ),
})

type Context = NodeContext<z.infer<typeof config>> & { identities: IdentityPort; social: SocialPort }

const found = { ACCOUNT_EXISTS: 'Account exists', NO_ACCOUNT: 'No account exists' } as const
const interrupted = { SOCIAL_AUTH_INTERRUPTED: 'Social auth interrupted' } as const

type Found = keyof typeof found

const shared = {
  version: '1.0',
  help: 'Has an identity provider say who the person is, and finds out whether they are known here.',
  tags: ['social', 'federation', 'platform'],
  reads: ({ usernameAttribute }: z.infer<typeof config>, id: string) => [
    selectedProvider,
    usernameAttribute,
    container,
    pendingKey(id),
  ],
  writes: () => ['username', container, tokensKey],
  callbacks: { RedirectCallback: 'Sends the browser to the provider.' },
  errors: {
    warn: {
      'the sign-in with an identity provider failed':
        'What the provider answered does not hold; the line says why.',
    },
    fail: {
      'selectedIdp not found in state': 'No Select Identity Provider node before, or nothing was chosen.',
      'Selected provider does not exist.': 'The realm has no such provider, or it is switched off.',
      'Sign-in by native clients is not available': '**Client Type** is `NATIVE`.',
      'Transformation scripts are not available': '**Transformation Script** is one of your own.',
      'Failed to retrieve social profile data': 'What the provider answered does not hold.',
      'More than one account belongs to the social identity': 'Several people have the same alias.',
      'Account does not belong to user in share state.':
        'The provider vouches for somebody else than the journey is about.',
    },
  },
  needs: ['identities', 'social'],
  reference: {
    inputs: 'the query parameters that the provider sends back',
    outputs: 'who the person is',
    keys: { [tokensKey]: 'Tokens of the provider, by its name.' },
    outcomes: {
      ACCOUNT_EXISTS: 'Somebody here has the alias that the provider vouches for.',
      NO_ACCOUNT: 'Nobody has.',
    },
  },
} as const

/** Signs in with the chosen provider. Source: "Legacy Social Provider Handler node". */
export const socialProviderHandler = defineNode({
  ...shared,
  type: 'SocialProviderHandlerNode',
  title: 'Legacy Social Provider Handler Node',
  config,
  outcomes: { all: found },
  errors: {
    ...shared.errors,
    fail: {
      ...shared.errors.fail,
      'The identity provider did not sign the person in': 'The person gave up there, or was refused.',
    },
  },
  proves: ['ACCOUNT_EXISTS'],
  run: (context) => signIn(context, () => fail('The identity provider did not sign the person in')),
})

/** As {@link socialProviderHandler}, with an outcome for who comes back without. Source: "Social Provider Handler node". */
export const socialProviderHandlerV2 = defineNode({
  ...shared,
  type: 'SocialProviderHandlerNodeV2',
  title: 'Social Provider Handler Node',
  config: config.extend({
    detectConnectionTimeOut: setting(
      'Detect Connection Time Out',
      'Kept for exports; an answer that does not come fails the node.',
      z.boolean().default(false),
    ),
  }),
  outcomes: { all: { ...found, ...interrupted } },
  proves: ['ACCOUNT_EXISTS'],
  reference: {
    ...shared.reference,
    outcomes: {
      ...shared.reference.outcomes,
      SOCIAL_AUTH_INTERRUPTED: 'The person gave up at the provider, or was refused there.',
    },
  },
  run: (context) => signIn(context, () => goTo('SOCIAL_AUTH_INTERRUPTED')),
})

async function signIn<Outcome extends string>(
  context: Context,
  giveUp: () => Action<Outcome>,
): Promise<Action<Outcome | Found>> {
  const { id, config, state, request, social, log } = context
  const provider = state.getText(selectedProvider)
  if (provider === undefined) return fail(`${selectedProvider} not found in state`)
  if (config.clientType === 'NATIVE') return fail('Sign-in by native clients is not available')
  if (!builtInScripts.includes(config.script)) return fail('Transformation scripts are not available')
  const pending = state.get(pendingKey(id))
  try {
    if (!isJsonObject(pending)) return await redirect(context, provider)
    const parameters = firstOf(request.parameters, ['code', 'state', 'iss', 'error', 'error_description'])
    if (parameters.code === undefined) {
      state.remove(pendingKey(id))
      return giveUp()
    }
    const profile = await social.finish(provider, pending, parameters)
    state.remove(pendingKey(id))
    return await recognise(context, provider, profile)
  } catch (error) {
    log.warn('the sign-in with an identity provider failed', problemOf(error))
    return fail('Failed to retrieve social profile data')
  }
}

async function redirect({ id, state, social }: Context, provider: string): Promise<Action<never>> {
  const start = await social.begin(provider)
  if (start === undefined) return fail('Selected provider does not exist.')
  state.putTransient(pendingKey(id), start.pending)
  const output = { redirectUrl: start.url, redirectMethod: 'GET', trackingCookie: true }
  return send([callback('RedirectCallback', output)])
}

/** The provider's name and its subject make an alias; who has it is known. */
async function recognise(
  { config, state, identities }: Context,
  provider: string,
  { subject, claims, tokens }: SocialProfile,
): Promise<Action<Found>> {
  const { usernameAttribute } = config
  const alias = `${provider}-${subject}`
  const [person, another] = await identities.findByAttribute(aliases, alias)
  if (another !== undefined) return fail('More than one account belongs to the social identity')
  const { [usernameAttribute]: told, ...attributes } = personFromClaims(claims)
  for (const [name, value] of Object.entries(attributes)) storeAttribute(state, 'transient', name, value)

  const before = attributeInState(state, usernameAttribute)
  const own = person?.[usernameAttribute]
  if (before !== null && person !== undefined && own !== before) {
    return fail('Account does not belong to user in share state.')
  }
  const name = before ?? own ?? told
  const linked = person ?? (typeof before === 'string' ? await identities.find(before) : undefined)
  const held = Array.isArray(linked?.[aliases]) ? linked[aliases] : []
  storeAttribute(state, 'transient', aliases, [...new Set([alias, ...held])])
  if (typeof name === 'string') {
    if (before === null) storeAttribute(state, 'shared', usernameAttribute, name)
    state.putShared('username', name)
  }
  if (config.storeTokens) state.putTransient(tokensKey, { [provider]: tokens })
  if (person === undefined) return goTo('NO_ACCOUNT')
  return goTo('ACCOUNT_EXISTS', { identified: { kind: 'user', name: person._id } })
}

function firstOf(
  parameters: Readonly<Record<string, string[]>>,
  names: readonly string[],
): Record<string, string> {
  const given = names.flatMap((name): [string, string][] => {
    const value = parameters[name]?.[0]
    return value === undefined ? [] : [[name, value]]
  })
  return Object.fromEntries(given)
}

/** What the library says of an error may hold answers with tokens in them: its text alone is for the log. */
function problemOf(error: unknown): JsonObject {
  return { message: error instanceof Error ? error.message : 'unknown' }
}
