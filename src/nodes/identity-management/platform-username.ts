import { z } from 'zod'
import { type Action, goTo } from '../../engine/action.ts'
import { type NodeContext, singleOutcome } from '../../engine/node-type.ts'
import { autocompleteOutput } from '../answers.ts'
import { defineNode, flagSetting, setting, textSetting } from '../define-node.ts'
import type { Ports } from '../ports/ports.ts'
import { container, storeAttribute } from './object-attributes.ts'
import { policyErrors } from './policy-checks.ts'
import { askForCredential } from './validated-credential.ts'

const config = () =>
  z.object({
    validateInput: flagSetting(
      'Validate username',
      'Accepts only a username that the policies allow. It must be unique, for example.',
    ),
    usernameAttribute: textSetting(
      'Username Attribute',
      'Attribute that holds the username.',
      'userName',
      'attribute',
    ),
    autocompleteValues: setting(
      'Autocomplete Values',
      'Hints for the browser’s autocomplete, for example `username webauthn`.',
      z.array(z.string()).default([]),
    ),
  })

const configV2 = () =>
  config().extend({
    prepopulate: flagSetting('Prepopulate', 'Shows the username that state already has.'),
  })

/** Asks for a username, and optionally validates it. Source: "Platform Username node". */
export const platformUsername = defineNode({
  ...described('1.0', config),
  run: (context) => run(context, undefined),
})

/** Version 2.0 can show the username in shared state. Source: "Platform Username node", version 2.0. */
export const platformUsernameV2 = defineNode({
  ...described('2.0', configV2),
  reads: () => ['username', container],
  run: (context) => run(context, context.config.prepopulate ? context.state.getText('username') : undefined),
})

function described<Config>(version: string, config: () => z.ZodType<Config>) {
  return {
    type: 'ValidatedUsernameNode',
    version,
    title: 'Platform Username',
    help: 'Asks for the username and stores it in shared state, for signing in or creating a person. Can require a valid one.',
    tags: ['identity management'],
    family: 'collect',
    config,
    outcomes: singleOutcome,
    reads: () => [container],
    writes: () => ['username', container],
    callbacks: {
      NameCallback: 'The username.',
      ValidatedCreateUsernameCallback: 'The username, with **Validate username**.',
    },
    errors: policyErrors,
    needs: ['identities'],
  } as const
}

async function run(
  context: NodeContext<z.infer<ReturnType<typeof config>>> & Pick<Ports, 'identities'>,
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
      output: autocompleteOutput(config.autocompleteValues),
    },
    context,
  )
  if (typeof username !== 'string') return username
  // AM accepts an empty username and continues without one.
  if (username !== '') {
    storeAttribute(state, 'shared', config.usernameAttribute, username)
    state.putShared('username', username)
  }
  return goTo('outcome')
}
