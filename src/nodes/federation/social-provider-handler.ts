import { z } from 'zod'
import { isJsonObject, type JsonObject } from '../../base/json.ts'
import { nothingChosen } from '../../base/nothing-chosen.ts'
import { type Action, fail, goTo, send } from '../../engine/action.ts'
import { callback } from '../../engine/callbacks.ts'
import type { NodeContext } from '../../engine/node-type.ts'
import { defineNode, flagSetting, setting, textSetting } from '../define-node.ts'
import { attributeInState, container, storeAttribute } from '../identity-management/object-attributes.ts'
import { selectedProvider } from '../identity-management/select-idp.ts'
import type { SocialProfile } from '../ports/outside-ports.ts'
import { type Ports, ScriptFailure } from '../ports/ports.ts'
import { firstOf, problemOf } from './social-answer.ts'
import { isNameless, isUnset, standardPerson, standardProfile } from './social-profile.ts'

const aliases = 'aliasList'
const tokensKey = 'socialOAuthData'
/** State key that ties the response to this node's request. */
const pendingKey = (id: string) => `${id}.pending`

/** Shared state key: whether the provider sent no name, as in the vendor's transformation. */
const namelessKey = 'nameEmptyOrNull'

const config = () =>
  z.object({
    script: textSetting(
      'Transformation Script',
      'Converts the normalized profile to a managed object. The vendor’s `Normalized Profile to Managed User` is built in.',
      nothingChosen,
      {
        to: 'script',
        contexts: [
          'SOCIAL_IDP_PROFILE_TRANSFORMATION',
          'SOCIAL_IDP_PROFILE_TRANSFORMATION_NEXT_GEN',
          'SOCIAL_PROVIDER_HANDLER_NODE',
        ],
      },
    ),
    usernameAttribute: textSetting(
      'Username Attribute',
      'Attribute that holds the username.',
      'userName',
      'attribute',
    ),
    clientType: setting(
      'Client Type',
      'Type of client that contacts the provider. The node fails with `NATIVE`.',
      z.enum(['BROWSER', 'NATIVE']).default('BROWSER'),
    ),
    storeTokens: flagSetting(
      'Store Tokens',
      `Stores the provider’s tokens in transient state as \`${tokensKey}\`.`,
    ),
    subjectAttribute: textSetting(
      'Subject Attribute',
      'Not used: people are found by their aliases. Kept so that exports stay complete.',
      'iplanet-am-user-alias-list',
    ),
  })

type Context = NodeContext<z.infer<ReturnType<typeof config>>> &
  Pick<Ports, 'identities' | 'social' | 'transformations'>

const untransformed = 'Profile transformation failed: '

const found = { ACCOUNT_EXISTS: 'Account exists', NO_ACCOUNT: 'No account exists' } as const
const interrupted = { SOCIAL_AUTH_INTERRUPTED: 'Social auth interrupted' } as const

type Found = keyof typeof found

const shared = {
  version: '1.0',
  help: 'Authenticates the person with an identity provider and looks up their account.',
  tags: ['social', 'federation', 'platform'],
  family: 'identity',
  reads: ({ usernameAttribute }: z.infer<ReturnType<typeof config>>, id: string) => [
    selectedProvider,
    usernameAttribute,
    container,
    pendingKey(id),
  ],
  writes: () => ['username', container, tokensKey, namelessKey],
  callbacks: { RedirectCallback: 'Redirects the browser to the provider.' },
  errors: {
    warn: {
      'the sign-in with an identity provider failed':
        'The provider’s response is invalid. The log line says why.',
    },
    fail: {
      'selectedIdp not found in state':
        'No Select Identity Provider node ran before, or no provider was selected.',
      'Selected provider does not exist.': 'The realm has no such provider, or it is disabled.',
      'Sign-in by native clients is not available': '**Client Type** is `NATIVE`.',
      [`${untransformed}‹why›`]:
        'A script of the provider or of this node is missing, failed, or is written in Groovy. The text names it.',
      'Failed to retrieve social profile data': 'The provider’s response is invalid.',
      'More than one account belongs to the social identity': 'Several people have the same alias.',
      'Account does not belong to user in share state.':
        'The provider identified another person than the one in state.',
    },
  },
  needs: ['identities', 'social', 'transformations'],
  reference: {
    inputs: 'the query parameters of the provider’s redirect',
    outputs: 'the identified person',
    keys: {
      [tokensKey]: 'Tokens from the provider, by its name.',
      [namelessKey]: 'Whether the provider sent no name.',
    },
    outcomes: {
      ACCOUNT_EXISTS: 'An account has the provider’s alias.',
      NO_ACCOUNT: 'No account has the alias.',
    },
  },
} as const

/** Authenticates with the selected provider. Source: "Legacy Social Provider Handler node". */
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
      'The identity provider did not sign the person in':
        'The person cancelled at the provider, or was rejected.',
    },
  },
  proves: { ACCOUNT_EXISTS: 'fed' },
  run: (context) => signIn(context, () => fail('The identity provider did not sign the person in')),
})

/**
 * Like {@link socialProviderHandler}, with an outcome for cancelled sign-ins. Source: "Social Provider Handler node".
 */
export const socialProviderHandlerV2 = defineNode({
  ...shared,
  type: 'SocialProviderHandlerNodeV2',
  title: 'Social Provider Handler Node',
  config: () =>
    config().extend({
      detectConnectionTimeOut: flagSetting(
        'Detect Connection Time Out',
        'Not used: the node fails if the provider doesn’t respond. Kept so that exports stay complete.',
      ),
    }),
  outcomes: { all: { ...found, ...interrupted } },
  proves: { ACCOUNT_EXISTS: 'fed' },
  reference: {
    ...shared.reference,
    outcomes: {
      ...shared.reference.outcomes,
      SOCIAL_AUTH_INTERRUPTED: 'The person cancelled at the provider, or was rejected.',
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
    if (error instanceof ScriptFailure) return fail(untransformed + error.message)
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

/** An account is found by its alias, which consists of the provider's name and the subject. */
async function recognise(context: Context, provider: string, profile: SocialProfile): Promise<Action<Found>> {
  const { config, state, identities } = context
  const { subject, tokens } = profile
  const { usernameAttribute } = config
  const alias = `${provider}-${subject}`
  const [person, another] = await identities.findByAttribute(aliases, alias)
  if (another !== undefined) return fail('More than one account belongs to the social identity')
  const { [usernameAttribute]: suggested, ...attributes } = await personFrom(context, provider, profile)
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null) storeAttribute(state, 'transient', name, value)
  }

  const before = attributeInState(state, usernameAttribute)
  const own = person?.[usernameAttribute]
  if (before !== null && person !== undefined && own !== before) {
    return fail('Account does not belong to user in share state.')
  }
  const name = before ?? own ?? suggested
  const linked = person ?? (typeof before === 'string' ? await identities.find(before) : undefined)
  const existing = Array.isArray(linked?.[aliases]) ? linked[aliases] : []
  storeAttribute(state, 'transient', aliases, [...new Set([alias, ...existing])])
  if (typeof name === 'string') {
    if (before === null) storeAttribute(state, 'shared', usernameAttribute, name)
    state.putShared('username', name)
  }
  if (config.storeTokens) state.putTransient(tokensKey, { [provider]: tokens })
  if (person === undefined) return goTo('NO_ACCOUNT')
  return goTo('ACCOUNT_EXISTS', { identified: { kind: 'user', name: person._id } })
}

/**
 * Converts the provider's profile to a person: the provider's script normalizes it, and the node's script maps it to
 * attributes.
 * @throws ScriptFailure that names the script
 */
async function personFrom(
  { config, state, transformations }: Context,
  selectedIdp: string,
  { claims: rawProfile, transform }: SocialProfile,
): Promise<JsonObject> {
  const run = async (script: string, profile: Parameters<typeof transformations.run>[1]) => {
    const made = await transformations.run(script, profile)
    if (made === undefined) throw new ScriptFailure(`the realm has no script '${script}'`)
    return made
  }
  const normalizedProfile = isUnset(transform)
    ? standardProfile(rawProfile)
    : await run(transform, { rawProfile, selectedIdp })
  if (!isUnset(config.script)) return run(config.script, { normalizedProfile, selectedIdp })
  state.putShared(namelessKey, isNameless(normalizedProfile))
  return standardPerson(normalizedProfile)
}
