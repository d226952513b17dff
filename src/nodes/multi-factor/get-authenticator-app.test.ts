import { expect, test } from 'vitest'
import { answer, callbacksOf, outcomeOf, runNode } from '../../../test/support/run-node.ts'
import { getAuthenticatorApp } from './get-authenticator-app.ts'

const links = { appleLink: 'https://apple.example.com', googleLink: 'https://google.example.com/?$&' }

async function shown(config = {}, locales = ['en']) {
  const { action } = await runNode(getAuthenticatorApp, {
    config: { ...links, ...config },
    request: { locales },
  })
  const [script, buttons] = callbacksOf(action)
  return { message: String(script?.output.message), level: script?.output.messageType, buttons }
}

test('shows a text with links to both stores, and a button', async () => {
  const { message, level, buttons } = await shown()
  expect(level).toBe('4')
  expect(message).toBe(
    'document.getElementById("callback_0").innerHTML = "<center>Get the app from the ' +
      "<a target='_blank' href='https://apple.example.com'>Apple App Store</a> or on " +
      "<a target='_blank' href='https://google.example.com/?$&'>Google Play Store</a></center>\";",
  )
  expect(buttons).toMatchObject({ type: 'ConfirmationCallback', output: { options: ['Continue'] } })
})

test('replaces links with bare URLs beside store names', async () => {
  const config = { message: { en: "<a href='{{appleLink}}'>{{appleLabel}}</a>, {{googleLabel}}" } }
  expect((await shown(config)).message).toContain(
    "<a href='https://apple.example.com'>Apple App Store</a>, Google Play Store",
  )
})

test('uses the request’s locale and escapes quotes in the script', async () => {
  const config = { message: { fr: 'Prenez "l’app"' }, continueLabel: { fr: 'Continuer' } }
  const { message, buttons } = await shown(config, ['fr'])
  expect(() => new Function(message)).not.toThrow()
  expect(message).toContain('Prenez \\"l’app\\"')
  expect(buttons?.output.options).toEqual(['Continuer'])
})

test('continues on the button', async () => {
  const answers = [answer('ConfirmationCallback', 0)]
  expect(outcomeOf((await runNode(getAuthenticatorApp, { answers })).action)).toBe('outcome')
})
