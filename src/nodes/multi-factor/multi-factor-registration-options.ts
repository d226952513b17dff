import { z } from 'zod'
import { fail, goTo, send } from '../../engine/action.ts'
import { callback, textOutput } from '../../engine/callbacks.ts'
import { localise, localisedTextSchema } from '../../engine/locale.ts'
import { chosenIndex } from '../answers.ts'
import { defineNode, setting } from '../define-node.ts'
import { mfaMethod } from './multi-factor.ts'

const label = (title: string) =>
  setting(title, 'The button by locale.', localisedTextSchema.default({}), 'localisedText')

const config = z.object({
  mandatory: setting(
    "Remove 'skip' option",
    'Whether people must register: they may neither skip it nor opt out.',
    z.boolean().default(false),
  ),
  getApp: setting(
    'Display Get Authenticator App',
    'Whether a button leads to where the app can be had.',
    z.boolean().default(true),
  ),
  message: setting('Message', 'The text by locale.', localisedTextSchema.default({}), 'localisedText'),
  registerDeviceLabel: label('Register Device'),
  getAppLabel: label('Get Authenticator App'),
  skipStepLabel: label('Skip this Step'),
  optOutLabel: label('Opt-out'),
})

type Config = z.infer<typeof config>

/** Lets somebody without a second factor register one, or go on without. Source: "MFA Registration Options node". */
export const multiFactorRegistrationOptions = defineNode({
  type: 'MultiFactorRegistrationOptionsNode',
  version: '1.0',
  title: 'MFA Registration Options',
  help: 'Asks whether to register a second factor now, to get the app first, to skip it, or never to be asked again.',
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
      'Expected username to be set.': 'State has no user name.',
      'Expected multi-factor authentication method to be set.':
        'No node before told which second factor it is about.',
      'Unrecognized option: ‹number›': 'The client pressed a button that is not there.',
    },
  },
  needs: [],
  reference: {
    keys: { [mfaMethod]: 'Second factor that the journey is about: `oath`, `push` or `webauthn`.' },
    outcomes: {
      registerOutcome: 'The person wants to register now.',
      getAppOutcome: 'The person wants the app first.',
      skipOutcome: 'The person wants to be asked the next time.',
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

/** What may be chosen, in order: outcome, text by locale, and text without one. */
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
