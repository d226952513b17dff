import { z } from 'zod'
import { localise } from '../../base/locale.ts'
import { fail, goTo } from '../../engine/action.ts'
import { singleOutcome } from '../../engine/node-type.ts'
import { defineNode, localisedSetting, setting, textSetting } from '../define-node.ts'
import { attributeInState, attributeOf, container } from '../identity-management/object-attributes.ts'
import { oneTimePassword } from './one-time-password.ts'
import {
  mailServerOf,
  mailServerSettings,
  textOf,
  usualMessages,
  usualTexts,
  withCode,
} from './one-time-password-mail.ts'

const config = () =>
  z.object({
    ...mailServerSettings({
      host: 'Host of the mail server of an email-to-SMS service. Empty: the realm’s gateway for text messages.',
      from: 'Sender of the email. Empty: the server’s own settings. Not used with the realm’s gateway.',
    }),
    mobilePhoneAttributeName: textSetting(
      'Mobile Phone Number Attribute Name',
      'Attribute that holds the telephone number.',
      'telephoneNumber',
      'attribute',
    ),
    mobileCarrierAttributeName: setting(
      'Mobile Carrier Attribute Name',
      'Attribute that holds the domain of the email-to-SMS service. Needed with a mail server.',
      z.string().nullish(),
      'attribute',
    ),
    smsSubject: localisedSetting(
      'The subject of the message',
      'Text by locale, for the email. Not used with the realm’s gateway.',
    ),
    smsContent: localisedSetting(
      'The content of the message',
      'Text by locale. `{{OTP}}` is replaced with the one-time password, which is otherwise added at the end.',
    ),
    smsGatewayImplementationClass: textSetting(
      'Gateway Implementation Class',
      'Not used: the server sends the message itself. Kept so that exports stay complete.',
      'com.sun.identity.authentication.modules.hotp.DefaultSMSGatewayImpl',
    ),
  })

/**
 * Sends the one-time password from an earlier node as a text message: through the realm's gateway, or by email to an
 * email-to-SMS service. Source: "OTP SMS Sender node".
 */
export const oneTimePasswordSmsSender = defineNode({
  type: 'OneTimePasswordSmsSenderNode',
  title: 'OTP SMS Sender',
  help: 'Sends the one-time password as a text message, through the realm’s gateway or by email to an email-to-SMS service.',
  tags: ['multi-factor authentication'],
  config,
  outcomes: singleOutcome,
  reads: ({ mobilePhoneAttributeName, mobileCarrierAttributeName }) => [
    oneTimePassword.value,
    'username',
    mobilePhoneAttributeName || 'telephoneNumber',
    ...(mobileCarrierAttributeName ? [mobileCarrierAttributeName] : []),
    container,
  ],
  errors: {
    fail: {
      'Identity lookup failed': 'State has neither a telephone number nor a known username.',
      'Phone number not found': 'The person has no telephone number, or it can’t be used.',
      'Mobile carrier not found':
        'A mail server is set, and the person has no domain of an email-to-SMS service.',
      noSmsGateway: 'No mail server is set, and the realm has no gateway for text messages.',
      tooManyMessages:
        'The person, the client’s address or the whole realm got too many messages in an hour.',
      oneTimePasswordNotFound: 'No earlier HOTP Generator node created a password.',
    },
  },
  needs: ['identities', 'mailer', 'messenger'],
  reference: {
    outputs: 'a text message',
    example: 'After HOTP Generator; OTP Collector Decision then checks the password that the person types.',
  },
  async run({ config, state, identities, mailer, messenger, request, log }) {
    const code = state.getText(oneTimePassword.value)
    if (code === undefined) return fail('oneTimePasswordNotFound')
    const username = state.getText('username')
    const person = username === undefined ? undefined : await identities.find(username)
    const read = (name: string) =>
      textOf(attributeInState(state, name)) ?? (person && textOf(attributeOf(person, name)))
    const number = read(config.mobilePhoneAttributeName || 'telephoneNumber')
    if (number === undefined)
      return fail(person === undefined ? 'Identity lookup failed' : 'Phone number not found')
    const usual = localise(usualMessages, request.messageLocales, usualTexts.content)
    const content = withCode(localise(config.smsContent, request.messageLocales, usual), code)
    log.debug('sending one-time password by text message')
    const server = mailServerOf(config)
    if (server === undefined) {
      const problem = await messenger.sendText(number, content)
      return problem === undefined ? goTo('outcome') : fail(problems[problem])
    }
    const carrier = config.mobileCarrierAttributeName ? read(config.mobileCarrierAttributeName) : undefined
    // AM falls back to the domain of one American carrier, which would then get the passwords of others' customers.
    if (carrier === undefined) return fail('Mobile carrier not found')
    const to = mailAddressOf(number, carrier)
    if (to === undefined) return fail('Phone number not found')
    const subject = localise(config.smsSubject, request.messageLocales, usualTexts.subject)
    mailer.send({ from: config.fromEmailAddress, to, subject, body: content, isHtml: false, server })
    return goTo('outcome')
  },
})

const problems = {
  noGateway: 'noSmsGateway',
  noNumber: 'Phone number not found',
  tooMany: 'tooManyMessages',
} as const

/** An address such as `+4930123456@sms.example.com`; undefined if one of the two parts can't be in it. */
function mailAddressOf(number: string, carrier: string): string | undefined {
  const digits = number.replaceAll(/[\s().\-/]/g, '')
  const domain = carrier.trim().replace(/^@/, '')
  return /^\+?\d{3,20}$/.test(digits) && /^[\w-]+(\.[\w-]+)+$/.test(domain)
    ? `${digits}@${domain}`
    : undefined
}
