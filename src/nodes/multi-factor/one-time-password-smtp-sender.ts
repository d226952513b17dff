import { z } from 'zod'
import { defined } from '../../base/defined.ts'
import { localise } from '../../base/locale.ts'
import { fail, goTo } from '../../engine/action.ts'
import { singleOutcome } from '../../engine/node-type.ts'
import { defineNode, localisedSetting, textSetting } from '../define-node.ts'
import { attributeInState, attributeOf, container } from '../identity-management/object-attributes.ts'
import { oneTimePassword } from './one-time-password.ts'
import { mailServerOf, mailServerSettings, textOf, usualTexts, withCode } from './one-time-password-mail.ts'

const address = 'emailAddress'

const config = () =>
  z.object({
    ...mailServerSettings({
      host: 'Host of the mail server. Empty: the server’s own settings.',
      from: 'Sender of the email. Empty: the server’s own settings.',
    }),
    emailAttribute: textSetting(
      'Email Attribute Name',
      'Attribute that holds the email address, if state has none.',
      'mail',
      'attribute',
    ),
    emailSubject: localisedSetting('The subject of the email', 'Text by locale.'),
    emailContent: localisedSetting(
      'The content of the email',
      'HTML by locale. `{{OTP}}` is replaced with the one-time password, which is otherwise added at the end.',
    ),
    smsGatewayImplementationClass: textSetting(
      'Gateway Implementation Class',
      'Not used: the server sends the email itself. Kept so that exports stay complete.',
      'com.sun.identity.authentication.modules.hotp.DefaultSMSGatewayImpl',
    ),
  })

/** Sends the one-time password from an earlier node by email. Source: "OTP Email Sender node". */
export const oneTimePasswordSmtpSender = defineNode({
  type: 'OneTimePasswordSmtpSenderNode',
  title: 'OTP Email Sender',
  help: 'Sends the one-time password by email, through its own mail server or the server’s.',
  tags: ['multi-factor authentication'],
  config,
  outcomes: singleOutcome,
  reads: ({ emailAttribute }) => [
    oneTimePassword.value,
    address,
    'username',
    emailAttribute || 'mail',
    container,
  ],
  writes: () => [address],
  errors: {
    fail: {
      'Identity lookup failed': 'State has neither an email address nor a known username.',
      'Email not found': 'The person has no email address.',
      oneTimePasswordNotFound: 'No earlier HOTP Generator node created a password.',
    },
  },
  needs: ['identities', 'mailer'],
  reference: { outputs: 'an email', keys: { [address]: 'Email address of the person.' } },
  async run({ config, state, identities, mailer, request, log }) {
    const attribute = config.emailAttribute || 'mail'
    let to = state.getText(address) ?? textOf(attributeInState(state, attribute))
    if (to === undefined) {
      const person = await identities.find(state.getText('username') ?? '')
      if (person === undefined) return fail('Identity lookup failed')
      to = textOf(attributeOf(person, attribute))
      if (to === undefined) return fail('Email not found')
      state.putShared(address, to)
    }
    const code = state.getText(oneTimePassword.value)
    if (code === undefined) return fail('oneTimePasswordNotFound')
    const server = mailServerOf(config)
    log.debug('sending one-time password by email')
    mailer.send({
      from: config.fromEmailAddress,
      to,
      subject: localise(config.emailSubject, request.messageLocales, usualTexts.subject),
      body: withCode(localise(config.emailContent, request.messageLocales, usualTexts.content), code),
      isHtml: true,
      ...defined({ server }),
    })
    return goTo('outcome')
  },
})
