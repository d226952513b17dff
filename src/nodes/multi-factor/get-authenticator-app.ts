import { z } from 'zod'
import { localise } from '../../base/locale.ts'
import { goTo, send } from '../../engine/action.ts'
import { callback, textOutput } from '../../engine/callbacks.ts'
import { singleOutcome } from '../../engine/node-type.ts'
import { chosenIndex } from '../answers.ts'
import { defineNode, localisedSetting, textSetting } from '../define-node.ts'

const config = () =>
  z.object({
    message: localisedSetting(
      'Get App Authenticator Message',
      'HTML by locale. `{{appleLink}}` and `{{googleLink}}` are replaced with links, or with bare URLs if the text also contains `{{appleLabel}}` or `{{googleLabel}}`, the names of the stores.',
    ),
    continueLabel: localisedSetting('Continue Label', 'Label of the button by locale.'),
    appleLink: textSetting(
      'Apple App Store URL',
      'URL of the app for iOS.',
      'https://apps.apple.com/app/pingid/id891247102',
    ),
    googleLink: textSetting(
      'Google Play URL',
      'URL of the app for Android.',
      'https://play.google.com/store/apps/details?id=prod.com.pingidentity.pingid',
    ),
  })

const shops = { apple: 'Apple App Store', google: 'Google Play Store' } as const

/** Shows where to get the authenticator app. Source: "Get Authenticator App node". */
export const getAuthenticatorApp = defineNode({
  type: 'GetAuthenticatorAppNode',
  title: 'Get Authenticator App',
  help: 'Shows links to an authenticator app.',
  tags: ['multi-factor authentication'],
  config,
  outcomes: singleOutcome,
  callbacks: {
    TextOutputCallback: 'A script that shows text and links.',
    ConfirmationCallback: 'A button to continue.',
  },
  run({ config, answers, request: { locales } }) {
    if (chosenIndex(answers, 'ConfirmationCallback') !== undefined) return goTo('outcome')
    const text = localise(config.message, locales, 'Get the app from the {{appleLink}} or on {{googleLink}}')
    const html = withLinks(text, config)
    const script = `document.getElementById("callback_0").innerHTML = ${JSON.stringify(`<center>${html}</center>`)};`
    return send([
      textOutput(script, '4'),
      callback('ConfirmationCallback', {
        prompt: '',
        messageType: 0,
        options: [localise(config.continueLabel, locales, 'Continue')],
        optionType: -1,
        defaultOption: 0,
      }),
    ])
  },
})

function withLinks(text: string, { appleLink, googleLink }: z.infer<ReturnType<typeof config>>): string {
  const isBare = text.includes('{{appleLabel}}') || text.includes('{{googleLabel}}')
  const link = (url: string, shop: string) => (isBare ? url : `<a target='_blank' href='${url}'>${shop}</a>`)
  return text
    .replaceAll('{{appleLabel}}', shops.apple)
    .replaceAll('{{googleLabel}}', shops.google)
    .replaceAll('{{appleLink}}', () => link(appleLink, shops.apple))
    .replaceAll('{{googleLink}}', () => link(googleLink, shops.google))
}
