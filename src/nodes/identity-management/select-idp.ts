import { z } from 'zod'
import type { JsonObject } from '../../base/json.ts'
import { fail, goTo, send } from '../../engine/action.ts'
import { callback } from '../../engine/callbacks.ts'
import type { NodeContext } from '../../engine/node-type.ts'
import { textAnswer } from '../answers.ts'
import { defineNode, flagSetting, setting, textSetting } from '../define-node.ts'
import type { SocialPort } from '../ports/outside-ports.ts'
import type { IdentityPort } from '../ports/ports.ts'
import { findPerson, identityAttribute, personReads } from './person-of-journey.ts'

/** State key of the selected identity provider. */
export const selectedProvider = 'selectedIdp'

const social = 'socialAuthentication'
const local = 'localAuthentication'

const config = () =>
  z.object({
    includeLocalAuthentication: flagSetting(
      'Include local authentication',
      'Offers signing in locally.',
      true,
    ),
    offerOnlyExisting: flagSetting(
      'Offer only existing providers',
      'Offers only providers that the person has signed in with before.',
    ),
    passwordAttribute: textSetting(
      'Password attribute',
      'Attribute that people have who can sign in locally.',
      'password',
      'attribute',
    ),
    identityAttribute: identityAttribute('mail'),
    filteredProviders: setting(
      'Filter Enabled Providers',
      'Names of the providers to offer. Empty: all enabled providers.',
      z.array(z.string()).default([]),
      'identityProvider',
    ),
  })

type Context = NodeContext<z.infer<ReturnType<typeof config>>> & {
  identities: IdentityPort
  social: SocialPort
}

type Offer = { provider: string; uiConfig?: JsonObject }

/**
 * Lets the person select how to sign in. A single choice is taken automatically. Source: "Select Identity Provider
 * node".
 */
export const selectIdp = defineNode({
  type: 'SelectIdPNode',
  title: 'Select Identity Provider',
  help: 'Lets the person select an identity provider or sign in locally. A single choice is taken automatically.',
  tags: ['identity management'],
  family: 'collect',
  config,
  outcomes: {
    all: { [social]: 'Social Authentication', [local]: 'Local Authentication' },
    offered: ({ includeLocalAuthentication }) => (includeLocalAuthentication ? [social, local] : [social]),
  },
  reads: ({ identityAttribute }) => personReads(identityAttribute),
  writes: () => [selectedProvider],
  callbacks: { SelectIdPCallback: 'The identity providers to choose from.' },
  errors: {
    fail: {
      'No identity stored in state': 'Only providers used before are offered, and the person is unknown.',
      'No available authentication providers': 'No provider can be offered.',
      'Selected provider is unknown': 'The client selected a provider that was not offered.',
    },
  },
  standalone: { isOptional: false, handsOver: [local] },
  needs: ['identities', 'social'],
  reference: {
    keys: { [selectedProvider]: 'Name of the selected identity provider, or `localAuthentication`.' },
    outcomes: {
      socialAuthentication: 'The person selected an identity provider.',
      localAuthentication: 'The person signs in locally.',
    },
  },
  async run(context) {
    const { state, answers } = context
    const offers = await offersFor(context)
    if (offers === undefined) return fail('No identity stored in state')
    const [only, another] = offers
    if (only === undefined) return fail('No available authentication providers')
    const chosen = another === undefined ? only.provider : textAnswer(answers, 'SelectIdPCallback')
    // Clients answer a page with another of its nodes, such as a passkey, without a choice.
    if (!chosen) return send([callback('SelectIdPCallback', { providers: [...offers], value: '' })])
    if (!offers.some(({ provider }) => provider === chosen)) return fail('Selected provider is unknown')
    state.putShared(selectedProvider, chosen)
    return goTo(chosen === local ? local : social)
  },
})

/** undefined if only providers used before are offered and the person is unknown. */
async function offersFor(context: Context): Promise<readonly Offer[] | undefined> {
  const { includeLocalAuthentication, offerOnlyExisting, filteredProviders } = context.config
  const locally: Offer[] = includeLocalAuthentication ? [{ provider: local }] : []
  const all: readonly Offer[] = [...(await context.social.offered()), ...locally]
  const known = offerOnlyExisting ? await knownTo(context, all) : all
  if (known === undefined || filteredProviders.length === 0) return known
  const allowed = known.filter(({ provider }) => filteredProviders.includes(provider))
  return [...allowed, ...locally]
}

/** The providers that the person has used: their alias begins with the provider's name. */
async function knownTo(context: Context, offers: readonly Offer[]): Promise<readonly Offer[] | undefined> {
  const { passwordAttribute, identityAttribute } = context.config
  const person = await findPerson(context, identityAttribute)
  if (person === undefined) return undefined
  const aliases = Array.isArray(person.aliasList) ? person.aliasList.map(String) : []
  const hasPassword = await context.identities.hasAttribute(person._id, passwordAttribute)
  return offers.filter(({ provider }) =>
    provider === local ? hasPassword : aliases.some((alias) => alias.startsWith(`${provider}-`)),
  )
}
