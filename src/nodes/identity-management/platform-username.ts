import { z } from 'zod'
import { type Action, goTo } from '../../engine/action.ts'
import { type NodeContext, singleOutcome } from '../../engine/node-type.ts'
import { defineNode, setting } from '../define-node.ts'
import type { Ports } from '../ports/ports.ts'
import { container, storeAttribute } from './object-attributes.ts'
import { policyErrors } from './policy-checks.ts'
import { askForCredential } from './validated-credential.ts'

const config = z.object({
  validateInput: setting(
    'Validate username',
    'Accept only a user name that the policies allow, for example one that is free.',
    z.boolean().default(false),
  ),
  usernameAttribute: setting(
    'Username Attribute',
    'Attribute that holds the user name.',
    z.string().default('userName'),
    'attribute',
  ),
  autocompleteValues: setting(
    'Autocomplete Values',
    'Hints to the browser about what may be filled in, for example `username webauthn`.',
    z.array(z.string()).default([]),
  ),
})

const configV2 = config.extend({
  prepopulate: setting(
    'Prepopulate',
    'Show the user name that the journey knows already.',
    z.boolean().default(false),
  ),
})

/** Asks for a user name, checked against the realm's policies if wanted. Source: "Platform Username node". */
export const platformUsername = defineNode({
  ...described('1.0', config),
  run: (context) => run(context, undefined),
})

/** The same, and it can show the name that is in shared state. Source: "Platform Username node", version 2.0. */
export const platformUsernameV2 = defineNode({
  ...described('2.0', configV2),
  reads: () => ['username', container],
  run: (context) => run(context, context.config.prepopulate ? context.state.getText('username') : undefined),
})

function described<Config>(version: string, settings: z.ZodType<Config>) {
  return {
    type: 'ValidatedUsernameNode',
    version,
    title: 'Platform Username',
    help: 'Asks for the user name and keeps it for signing in and for creating a person. Can insist on one that policies allow.',
    tags: ['identity management'],
    family: 'collect',
    config: settings,
    outcomes: singleOutcome,
    reads: () => [container],
    writes: () => ['username', container],
    callbacks: {
      NameCallback: 'The user name.',
      ValidatedCreateUsernameCallback: 'The same, with **Validate username**.',
    },
    errors: policyErrors,
    needs: ['identities'],
  } as const
}

async function run(
  context: NodeContext<z.infer<typeof config>> & Pick<Ports, 'identities'>,
  preset: string | undefined,
): Promise<Action<'outcome'>> {
  const { config, state } = context
  const username = await askForCredential(
    {
      attribute: config.usernameAttribute,
      prompt: 'User Name',
      isValidated: config.validateInput,
      plain: 'NameCallback',
      validated: 'ValidatedCreateUsernameCallback',
      preset,
    },
    context,
  )
  if (typeof username !== 'string') return username
  // AM accepts an empty name and goes on without one.
  if (username !== '') {
    storeAttribute(state, 'shared', config.usernameAttribute, username)
    state.putShared('username', username)
  }
  return goTo('outcome')
}
