import { z } from 'zod'
import { localise } from '../../base/locale.ts'
import { fail, goTo, send } from '../../engine/action.ts'
import { callback, textOutput } from '../../engine/callbacks.ts'
import { chosenIndex } from '../answers.ts'
import { defineNode, flagSetting, localisedSetting } from '../define-node.ts'
import { mfaMethod } from './multi-factor.ts'

const label = (title: string) => localisedSetting(title, 'Label of the button by locale.')

const config = () =>
  z.object({
    mandatory: flagSetting(
      "Remove 'skip' option",
      'Requires registration: people can neither skip it nor opt out.',
    ),
    getApp: flagSetting(
      'Display Get Authenticator App',
      'Shows a button that leads to the authenticator app.',
      true,
    ),
    message: localisedSetting('Message', 'Text by locale.'),
    registerDeviceLabel: label('Register Device'),
    getAppLabel: label('Get Authenticator App'),
    skipStepLabel: label('Skip this Step'),
    optOutLabel: label('Opt-out'),
  })

type Config = z.infer<ReturnType<typeof config>>

/** Lets a person without a second factor register one or continue without. Source: "MFA Registration Options node". */
export const multiFactorRegistrationOptions = defineNode({
  type: 'MultiFactorRegistrationOptionsNode',
  title: 'MFA Registration Options',
  help: 'Offers to register a second factor, get the app, skip registration, or opt out.',
  tags: ['multi-factor authentication'],
  config,
  outcomes: {
    all: {
      registerOutcome: 'Register',
      getAppOutcome: 'Get App',
      skipOutcome: 'Skip',
      optOutOutcome: 'Opt-out',
    },
    offered: (config) => buttonsOf(config).map(([outcome]) => outcome),
  },
  reads: () => ['username', mfaMethod],
  callbacks: { TextOutputCallback: 'The text.', ConfirmationCallback: 'A button for each outcome.' },
  errors: {
    fail: {
      'Expected username to be set.': 'State has no username.',
      'Expected multi-factor authentication method to be set.':
        'No earlier node set the kind of second factor.',
      'Unrecognized option: ‹number›': 'The client pressed an unknown button.',
    },
  },
  reference: {
    keys: { [mfaMethod]: 'Kind of second factor: `oath`, `push` or `webauthn`.' },
    outcomes: {
      registerOutcome: 'The person registers now.',
      getAppOutcome: 'The person gets the app first.',
      skipOutcome: 'The person skips registration this time.',
      optOutOutcome: 'The person does not want to be asked again.',
    },
  },
  run({ config, state, answers, request: { locales } }) {
    const buttons = buttonsOf(config)
    const chosen = chosenIndex(answers, 'ConfirmationCallback')
    if (chosen !== undefined) {
      const button = buttons[chosen]
      return button === undefined ? fail(`Unrecognized option: ${chosen}`) : goTo(button[0])
    }
    if (!state.getText('username')) return fail('Expected username to be set.')
    if (!state.getText(mfaMethod)) return fail('Expected multi-factor authentication method to be set.')
    return send([
      textOutput(localise(config.message, locales, defaultMessage)),
      callback('ConfirmationCallback', {
        prompt: '',
        messageType: 0,
        options: buttons.map(([, text, fallback]) => localise(text, locales, fallback)),
        optionType: -1,
        defaultOption: 0,
      }),
    ])
  },
})

/** The buttons in order: outcome, label by locale, and default label. */
function buttonsOf(config: Config) {
  return [
    ['registerOutcome', config.registerDeviceLabel, 'Register Device'] as const,
    ...(config.getApp ? [['getAppOutcome', config.getAppLabel, 'Get the App'] as const] : []),
    ...(config.mandatory
      ? []
      : [
          ['skipOutcome', config.skipStepLabel, 'Skip this step'] as const,
          ['optOutOutcome', config.optOutLabel, 'Opt-out'] as const,
        ]),
  ]
}

const defaultMessage =
  'You can protect your account with a second factor. Register one now, or skip this step and be asked again the next ' +
  'time you sign in. If you opt out, you are not asked again, which is not recommended.'
