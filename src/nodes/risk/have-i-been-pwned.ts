import { z } from 'zod'
import { goTo } from '../../engine/action.ts'
import { defineNode, nowhere, secretSetting, setting, textSetting } from '../define-node.ts'

/**
 * Decides whether the collected password is known from breaches. Sources: "Have I Been Pwned node"; "Searching by range" of
 * the service.
 */
export const haveIBeenPwned = defineNode({
  type: 'hibpAuthNode',
  title: 'Have I Been Pwned',
  help: 'Decides whether the collected password is known from breaches. The service gets five digits of a hash, never the password.',
  tags: ['risk'],
  family: 'decide',
  config: () =>
    z.object({
      apiKey: secretSetting(
        'API Key',
        'Not needed, and never sent: the service tells about passwords without one.',
        z.string().nullish(),
        nowhere,
      ),
      userAgent: textSetting('User Agent', 'How the server names itself to the service.', 'ForgeRock'),
      threshold: setting(
        'Threshold',
        'How often a password may be in breaches. 0 allows no breach.',
        z.int().min(0).default(0),
      ),
      breaches: textSetting(
        'Breaches',
        'State key that gets the number of breaches. Empty: none.',
        'breaches',
        'stateKey',
      ),
    }),
  outcomes: {
    all: { Compromised: 'Compromised', 'Not Compromised': 'Not Compromised', Error: 'Error' },
  },
  reads: () => ['password'],
  writes: ({ breaches }) => (breaches === '' ? [] : [breaches]),
  errors: {
    warn: { 'the password could not be checked': 'The service didn’t answer. The log line says why.' },
  },
  needs: ['breaches'],
  reference: {
    outcomes: {
      Compromised: 'The password was in more breaches than the threshold, or no node collected one.',
      'Not Compromised': 'The password was in no more breaches than the threshold.',
      Error: 'The service didn’t answer.',
    },
    example:
      'After Platform Password in a registration. The realm’s password policy can do the same for all new passwords.',
  },
  async run({ config, state, breaches, log }) {
    const password = state.getText('password')
    if (!password) return goTo('Compromised')
    try {
      const count = await breaches.count(password, config.userAgent)
      if (config.breaches !== '') state.putShared(config.breaches, count)
      return goTo(count > config.threshold ? 'Compromised' : 'Not Compromised')
    } catch (error) {
      log.warn('the password could not be checked', error)
      return goTo('Error')
    }
  },
})
