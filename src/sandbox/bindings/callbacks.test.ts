import { afterAll, describe, expect, test } from 'vitest'
import { callbackTypes, encodeCallbacks } from '../../engine/callbacks.ts'
import { createScriptEngine } from '../create-script-engine.ts'
import { answer, evaluate, run } from '../fixtures/script-job.ts'

const engine = createScriptEngine({ workers: 1 })
afterAll(() => engine.close())

describe('the answers of the client', () => {
  const callbacks = [
    answer('NameCallback', { '': 'ann' }),
    answer('NameCallback', { '': 'bob' }),
    answer('ChoiceCallback', { '': 2 }),
    answer('ConfirmationCallback', { '': 1 }),
    answer('HiddenValueCallback', { '': 'v' }, { id: 'h', value: '' }),
    answer('LanguageCallback', { Language: 'en', Country: 'US' }),
    answer('KbaCreateCallback', { question: 'Q', answer: 'A' }),
    answer('ValidatedCreateUsernameCallback', { '': 'u', validateOnly: true }),
    answer('BooleanAttributeInputCallback', { '': false, validateOnly: false }),
    answer('NumberAttributeInputCallback', { '': 3, validateOnly: false }),
    answer(
      'IdPCallback',
      { token: 't', token_type: 'id_token' },
      {
        provider: 'google',
        clientId: 'client',
        redirectUri: 'https://app.example/back',
        scopes: ['openid'],
        nonce: 'n',
        acrValues: ['high'],
        request: 'r',
        requestUri: 'u',
        acceptsJSON: true,
      },
    ),
  ]

  test.each([
    ['callbacks.isEmpty()', false],
    ['callbacks.getNameCallbacks().get(1)', 'bob'],
    ['callbacks.getNameCallbacks()[0] + callbacks.getNameCallbacks().length', 'ann2'],
    ['callbacks.getNameCallbacks().size()', 2],
    ['callbacks.getPasswordCallbacks().isEmpty()', true],
    ['callbacks.getChoiceCallbacks().get(0)[0]', 2],
    ['callbacks.getConfirmationCallbacks().get(0)', 1],
    ['callbacks.getHiddenValueCallbacks().get("h")', 'v'],
    ['callbacks.getHiddenValueCallbacks().h', 'v'],
    ['callbacks.getLanguageCallbacks().get(0)', 'en_US'],
    ['callbacks.getKbaCreateCallbacks().get(0)', { selectedQuestion: 'Q', selectedAnswer: 'A' }],
    ['callbacks.getValidatedUsernameCallbacks().get(0)', { value: 'u', validateOnly: true }],
    ['callbacks.getBooleanAttributeInputCallbacks().get(0)', false],
    ['callbacks.getNumberAttributeInputCallbacks().get(0)', 3],
    [
      'callbacks.getIdpCallbacks().get(0)',
      {
        nodeName: 'IdPCallback',
        provider: 'google',
        clientId: 'client',
        redirectUri: 'https://app.example/back',
        scope: ['openid'],
        nonce: 'n',
        request: 'r',
        requestUri: 'u',
        acrValues: ['high'],
        token: 't',
        tokenType: 'id_token',
        userInfo: null,
        requestNativeAppForUserInfo: true,
      },
    ],
  ])('%s returns %j', async (expression, value) => {
    expect(await evaluate(engine, expression, { callbacks })).toEqual(value)
  })

  test('are empty on the first visit', async () => {
    expect(await evaluate(engine, 'callbacks.isEmpty()')).toBe(true)
  })
})

describe('callbacks that a script sends', () => {
  test.each([
    ["nameCallback('N', 'ann')", { type: 'NameCallback', output: { prompt: 'N' }, input: { '': 'ann' } }],
    ["passwordCallback('P', false)", { type: 'PasswordCallback', output: { prompt: 'P' } }],
    ["textInputCallback('T')", { output: { prompt: 'T', defaultText: '' } }],
    ["hiddenValueCallback('i', 'v')", { output: { id: 'i', value: 'v' } }],
    [
      'textOutputCallback(1, { toString: function () { return "m" } })',
      { output: { message: 'm', messageType: '1' } },
    ],
    [
      "scriptTextOutputCallback('js')",
      { type: 'TextOutputCallback', output: { message: 'js', messageType: '4' } },
    ],
    ["suspendedTextOutputCallback(0, 'm')", { type: 'SuspendedTextOutputCallback' }],
    ['metadataCallback({ a: 1 })', { output: { data: { a: 1 } } }],
    [
      "choiceCallback('C', ['a', 'b'], 1, false)",
      { output: { choices: ['a', 'b'], defaultChoice: 1 }, input: { '': 1 } },
    ],
    [
      "confirmationCallback(0, ['a', 'b'], 1)",
      { output: { prompt: '', options: ['a', 'b'], optionType: -1, defaultOption: 1 } },
    ],
    [
      "confirmationCallback('P', 1, 2, 0)",
      { output: { prompt: 'P', messageType: 1, options: [], optionType: 2 } },
    ],
    ["languageCallback('en', 'US')", { input: { Language: 'en', Country: 'US' } }],
    ["pollingWaitCallback(3000, 'w')", { output: { waitTime: '3000', message: 'w' } }],
    [
      "redirectCallback('u', { a: 1 }, 'GET', true)",
      { output: { redirectUrl: 'u', redirectMethod: 'GET', trackingCookie: true } },
    ],
    [
      "redirectCallback('u', {}, 'GET', 's', 'b', true)",
      { output: { trackingCookie: true, redirectBackUrlCookie: 'b' } },
    ],
    [
      "stringAttributeInputCallback('n', 'p', 'v', true)",
      { output: { name: 'n', required: true, validateOnly: false, value: 'v' } },
    ],
    ["stringAttributeInputCallback('n', 'p', 'v', true, ['f'])", { output: { failedPolicies: ['f'] } }],
    [
      "numberAttributeInputCallback('n', 'p', 2, true, { x: 1 }, true, ['f'])",
      { output: { policies: { x: 1 }, validateOnly: true, failedPolicies: ['f'], value: 2 } },
    ],
    [
      "booleanAttributeInputCallback('n', 'p', true, false)",
      { output: { value: true }, input: { '': true } },
    ],
    ["validatedUsernameCallback('p', {}, false)", { type: 'ValidatedCreateUsernameCallback' }],
    [
      "validatedPasswordCallback('p', true, {}, false, ['f'])",
      { output: { echoOn: true, failedPolicies: ['f'] } },
    ],
    [
      "idPCallback('g', 'c', 'u', ['openid'], 'n', 'r', 'ru', [], true)",
      { output: { scopes: ['openid'], acceptsJSON: true } },
    ],
    [
      "kbaCreateCallback('p', ['q'], true)",
      { output: { predefinedQuestions: ['q'], allowUserDefinedQuestions: true } },
    ],
    ["selectIdPCallback([{ provider: 'g' }])", { output: { providers: [{ provider: 'g' }], value: '' } }],
    ["termsAndConditionsCallback('1', 't', 'd')", { output: { version: '1', terms: 't', createDate: 'd' } }],
    ["deviceProfileCallback(true, false, 'm')", { output: { metadata: true, location: false } }],
    [
      "consentMappingCallback('n', 'd', 'i', 'a', ['t'], 'm', true)",
      { output: { name: 'n', fields: ['t'], isRequired: true } },
    ],
    [
      "consentMappingCallback({ name: 'n', titles: ['t'] }, 'm', true)",
      { output: { name: 'n', message: 'm', fields: ['t'] } },
    ],
    ["httpCallback('a', 'b', '401')", { type: 'HttpCallback' }],
    ["x509CertificateCallback('p')", { type: 'X509CertificateCallback' }],
  ])('are built by callbacksBuilder.%s', async (call, expected) => {
    const { callbacks, outcome } = await run(engine, `outcome = typeof callbacksBuilder.${call}`)
    expect(callbacks).toMatchObject([expected])
    expect(outcome).toBe('undefined')
    expect(callbackTypes).toContain(callbacks[0]?.type)
    expect(encodeCallbacks(callbacks)).toHaveLength(1)
  })

  test('keep their order', async () => {
    const { callbacks } = await run(
      engine,
      `callbacksBuilder.nameCallback('a'); callbacksBuilder.passwordCallback('b')`,
    )
    expect(callbacks.map(({ type }) => type)).toEqual(['NameCallback', 'PasswordCallback'])
  })
})
