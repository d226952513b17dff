import { describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '../base/json.ts'
import {
  type Callback,
  type CallbackType,
  callback,
  callbackTypes,
  decodeCallbacks,
  encodeCallbacks,
  isCallbackType,
  isOutputOnly,
  type Submitted,
  textOutput,
  unrenderableTypes,
} from './callbacks.ts'

/** Outputs in wire order, then the inputs of the first callback of a step. */
type WireForm = [type: CallbackType, output: string, input: Record<string, Json> | undefined]

const attribute = 'name prompt required policies failedPolicies validateOnly value'

const wireForms: WireForm[] = [
  ['NameCallback', 'prompt', { IDToken1: '' }],
  ['PasswordCallback', 'prompt', { IDToken1: '' }],
  ['TextInputCallback', 'prompt defaultText', { IDToken1: '' }],
  ['HiddenValueCallback', 'value id', { IDToken1: 'given id' }],
  ['ChoiceCallback', 'prompt choices defaultChoice', { IDToken1: 0 }],
  ['ConfirmationCallback', 'prompt messageType options optionType defaultOption', { IDToken1: 0 }],
  ['TextOutputCallback', 'message messageType', undefined],
  ['SuspendedTextOutputCallback', 'message messageType', undefined],
  ['PollingWaitCallback', 'waitTime message', undefined],
  ['RedirectCallback', 'redirectUrl redirectMethod trackingCookie redirectData', undefined],
  ['MetadataCallback', 'data', undefined],
  ['StringAttributeInputCallback', attribute, { IDToken1: '', IDToken1validateOnly: false }],
  ['NumberAttributeInputCallback', attribute, { IDToken1: '', IDToken1validateOnly: false }],
  ['BooleanAttributeInputCallback', attribute, { IDToken1: false, IDToken1validateOnly: false }],
  [
    'ValidatedCreateUsernameCallback',
    'policies failedPolicies validateOnly prompt',
    { IDToken1: '', IDToken1validateOnly: false },
  ],
  [
    'ValidatedCreatePasswordCallback',
    'echoOn policies failedPolicies validateOnly prompt',
    { IDToken1: '', IDToken1validateOnly: false },
  ],
  ['TermsAndConditionsCallback', 'version terms createDate', { IDToken1: false }],
  [
    'KbaCreateCallback',
    'prompt predefinedQuestions allowUserDefinedQuestions',
    { IDToken1question: '', IDToken1answer: '' },
  ],
  ['SelectIdPCallback', 'providers value', { IDToken1: '' }],
  [
    'IdPCallback',
    'provider clientId redirectUri scopes nonce acrValues request requestUri acceptsJSON',
    { IDToken1token: '', IDToken1token_type: '' },
  ],
  [
    'ConsentMappingCallback',
    'name displayName icon accessLevel isRequired message fields',
    { IDToken1: false },
  ],
  ['DeviceProfileCallback', 'metadata location message', { IDToken1: '' }],
  [
    'DeviceBindingCallback',
    'userId username authenticationType challenge title subtitle description timeout',
    { IDToken1jws: '', IDToken1deviceName: '', IDToken1deviceId: '', IDToken1clientError: '' },
  ],
  [
    'DeviceSigningVerifierCallback',
    'userId challenge title subtitle description timeout',
    { IDToken1jws: '', IDToken1clientError: '' },
  ],
  [
    'ReCaptchaCallback',
    'recaptchaSiteKey captchaApiUri captchaDivClass reCaptchaV3 disableSubmission',
    { IDToken1: '' },
  ],
  [
    'ReCaptchaEnterpriseCallback',
    'recaptchaSiteKey captchaApiUri captchaDivClass',
    { IDToken1: '', IDToken1clientError: '', IDToken1payload: '', IDToken1action: '' },
  ],
  [
    'PingOneProtectInitializeCallback',
    'envId consoleLogEnabled deviceAttributesToIgnore customHost lazyMetadata behavioralDataCollection ' +
      'deviceKeyRsyncIntervals enableTrust disableTags disableHub',
    { IDToken1clientError: '' },
  ],
  [
    'PingOneProtectEvaluationCallback',
    'pauseBehavioralData',
    { IDToken1signals: '', IDToken1clientError: '' },
  ],
  ['LanguageCallback', '', { IDToken1Language: '', IDToken1Country: '' }],
  ['HttpCallback', '', { IDToken1: '' }],
  ['X509CertificateCallback', '', { IDToken1: '' }],
]

const words = (text: string) => text.split(' ').filter((word) => word !== '')

/** Every output of a type in reverse order: the wire order must not depend on the node. */
function filled(output: string): JsonObject {
  const entries = words(output).map((name): [string, Json] => [name, `given ${name}`])
  return Object.fromEntries(entries.reverse())
}

describe('the wire form of a callback', () => {
  it.each(wireForms)('has the vendor’s members in the vendor’s order (%s)', (type, output, input) => {
    const [wire] = encodeCallbacks([callback(type, filled(output))])
    expect(wire).toStrictEqual({
      type,
      output: words(output).map((name) => ({ name, value: `given ${name}` })),
      ...(input && { input: Object.entries(input).map(([name, value]) => ({ name, value })) }),
    })
  })

  it('is tested for every type', () => {
    expect(wireForms.map(([type]) => type)).toEqual(callbackTypes)
  })

  it('leaves out unset outputs and keeps null, false, empty text and lists', () => {
    const [wire] = encodeCallbacks([
      callback('StringAttributeInputCallback', { required: false, policies: {}, value: null, prompt: '' }),
    ])
    expect(wire?.output).toEqual([
      { name: 'prompt', value: '' },
      { name: 'required', value: false },
      { name: 'policies', value: {} },
      { name: 'value', value: null },
    ])
  })

  it('leaves out outputs that the type does not have', () => {
    const [wire] = encodeCallbacks([
      callback('NameCallback', { prompt: 'Who?', hint: 'x', constructor: 'y' }),
    ])
    expect(wire?.output).toEqual([{ name: 'prompt', value: 'Who?' }])
  })

  it('counts callbacks without inputs when it numbers inputs', () => {
    const wire = encodeCallbacks([
      textOutput('Hello'),
      callback('NameCallback', { prompt: 'User Name' }),
      callback('MetadataCallback', { data: {} }),
      callback('KbaCreateCallback', {}),
    ])
    expect(wire.map(({ input }) => input?.map(({ name }) => name))).toEqual([
      undefined,
      ['IDToken2'],
      undefined,
      ['IDToken4question', 'IDToken4answer'],
    ])
  })

  it('carries the position in the page as _id, even for the first', () => {
    const [first, second] = encodeCallbacks([
      { ...callback('NameCallback', { prompt: 'Who?' }), id: 0 },
      callback('PasswordCallback', { prompt: 'Secret?' }),
    ])
    expect(first?._id).toBe(0)
    expect(second).not.toHaveProperty('_id')
  })

  it.each<[string, Callback, Json]>([
    [
      'the 100 of a wait that can be left',
      callback('ConfirmationCallback', { options: ['Exit'] }, { '': 100 }),
      100,
    ],
    ['a preset zero', callback('ConfirmationCallback', { defaultOption: 1 }, { '': 0 }), 0],
    ['a preset text', callback('NameCallback', {}, { '': 'alice' }), 'alice'],
    ['a preset empty text', callback('HiddenValueCallback', { id: 'x' }, { '': '' }), ''],
    [
      'the id of a hidden value',
      callback('HiddenValueCallback', { id: 'clientScript', value: 'v' }),
      'clientScript',
    ],
    ['nothing for a hidden value without id', callback('HiddenValueCallback', { value: 'v' }), ''],
  ])('uses %s as initial input', (_what, given, value) => {
    expect(encodeCallbacks([given])[0]?.input).toEqual([{ name: 'IDToken1', value }])
  })

  it('writes the level of a text as a string', () => {
    expect(textOutput('Careful', '1').output).toEqual({ message: 'Careful', messageType: '1' })
    expect(textOutput('Hello').output.messageType).toBe('0')
  })
})

describe('callback types', () => {
  it('without questions have no input', () => {
    expect(callbackTypes.filter((type) => isOutputOnly({ type }))).toEqual([
      'TextOutputCallback',
      'SuspendedTextOutputCallback',
      'PollingWaitCallback',
      'RedirectCallback',
      'MetadataCallback',
    ])
  })

  it('do not include names inherited from Object', () => {
    expect(isCallbackType('NameCallback')).toBe(true)
    for (const name of ['nameCallback', 'constructor', '__proto__', 'toString', '']) {
      expect(isCallbackType(name)).toBe(false)
    }
  })

  it('include those that AM cannot write as JSON', () => {
    expect(unrenderableTypes.every(isCallbackType)).toBe(true)
  })
})

const welcome = textOutput('Welcome')
const name = callback('NameCallback', { prompt: 'User Name' })
const password = callback('PasswordCallback', { prompt: 'Password' })
const username = callback('ValidatedCreateUsernameCallback', { prompt: 'User Name' })

function posted(type: string, input: Record<string, Json> = {}): Submitted {
  return { type, input: Object.entries(input).map(([key, value]) => ({ name: key, value })) }
}

describe('decoding posted callbacks', () => {
  it.each<[string, Submitted[]]>([
    [
      'complete',
      [
        posted('TextOutputCallback'),
        posted('NameCallback', { IDToken2: 'alice' }),
        posted('PasswordCallback', { IDToken3: 'pw' }),
      ],
    ],
    [
      'without callbacks that ask nothing',
      [posted('NameCallback', { IDToken2: 'alice' }), posted('PasswordCallback', { IDToken3: 'pw' })],
    ],
    [
      'renumbered by the client that left some out',
      [posted('NameCallback', { IDToken1: 'alice' }), posted('PasswordCallback', { IDToken2: 'pw' })],
    ],
    [
      'with a member that names no input at all',
      [
        { type: 'TextOutputCallback' },
        posted('NameCallback', { IDToken2: 'alice' }),
        posted('PasswordCallback', { IDToken3: 'pw' }),
      ],
    ],
  ])('accepts a list that is %s', (_how, submitted) => {
    expect(decodeCallbacks([welcome, name, password], submitted)).toEqual({
      ok: true,
      answers: [
        { ...welcome, input: {} },
        { ...name, input: { '': 'alice' } },
        { ...password, input: { '': 'pw' } },
      ],
    })
  })

  it('accepts an empty list if no callback has inputs', () => {
    const decoded = decodeCallbacks([welcome], [])
    expect(decoded).toEqual({ ok: true, answers: [{ ...welcome, input: {} }] })
    expect(decodeCallbacks([], [])).toEqual({ ok: true, answers: [] })
  })

  it('keeps the page position and the outputs that were sent, whatever the client posts', () => {
    const sent = { ...callback('HiddenValueCallback', { id: 'x', value: 'ours' }), id: 3 }
    const submitted = {
      ...posted('HiddenValueCallback', { IDToken1: 'theirs' }),
      output: [{ name: 'value', value: 'forged' }],
      _id: 9,
    }
    expect(decodeCallbacks([sent], [submitted])).toEqual({
      ok: true,
      answers: [
        { type: 'HiddenValueCallback', output: { id: 'x', value: 'ours' }, input: { '': 'theirs' }, id: 3 },
      ],
    })
  })

  it.each<[string, Submitted[]]>([
    ['too few', [posted('NameCallback')]],
    ['too many', Array.from({ length: 4 }, () => posted('NameCallback'))],
    ['none', []],
  ])('rejects a list with %s callbacks', (_how, submitted) => {
    expect(decodeCallbacks([welcome, name, password], submitted)).toEqual({
      ok: false,
      message: 'Incorrect number of callbacks found in JSON response',
    })
  })

  it.each<[string, Callback[], Submitted[]]>([
    ['of another kind', [name], [posted('PasswordCallback', { IDToken1: 'x' })]],
    ['in another order', [name, password], [posted('PasswordCallback'), posted('NameCallback')]],
    ['called like a member of every object', [name], [posted('constructor')]],
  ])('rejects callbacks %s', (_how, sent, submitted) => {
    expect(decodeCallbacks(sent, submitted)).toEqual({
      ok: false,
      message: 'Required callback not found in JSON response',
    })
  })

  it('finds inputs by name in any order', () => {
    const submitted = posted('ValidatedCreateUsernameCallback', {
      IDToken1validateOnly: true,
      IDToken1: 'al',
    })
    expect(inputOf(username, submitted)).toEqual({ '': 'al', validateOnly: true })
  })

  it('reads inputs by position if the client renumbered them', () => {
    const submitted = posted('ValidatedCreateUsernameCallback', {
      IDToken7: 'al',
      IDToken7validateOnly: 'true',
    })
    expect(inputOf(username, submitted)).toEqual({ '': 'al', validateOnly: true })
  })

  it('uses the initial value of a missing input', () => {
    expect(inputOf(username, posted('ValidatedCreateUsernameCallback', { IDToken1: 'al' }))).toEqual({
      '': 'al',
      validateOnly: false,
    })
    const wait = callback('ConfirmationCallback', { options: ['Exit'] }, { '': 100 })
    expect(inputOf(wait, posted('ConfirmationCallback'))).toEqual({ '': 100 })
    expect(inputOf(callback('HiddenValueCallback', { id: 'x' }), { type: 'HiddenValueCallback' })).toEqual({
      '': 'x',
    })
  })
})

function inputOf(sent: Callback, submitted: Submitted): JsonObject | string {
  const decoded = decodeCallbacks([sent], [submitted])
  return decoded.ok ? (decoded.answers[0]?.input ?? {}) : decoded.message
}

describe('an input value', () => {
  const choice = callback('ChoiceCallback', { choices: ['Mail', 'Phone', 'App'], defaultChoice: 0 })
  const confirmation = callback('ConfirmationCallback', { options: ['Yes', 'No'] })
  const terms = callback('TermsAndConditionsCallback', {})
  const number = callback('NumberAttributeInputCallback', { name: 'age' })
  const anything = callback('HttpCallback', {})

  it.each<[CallbackType, Json, Json, Callback]>([
    ['NameCallback', 'alice', 'alice', name],
    ['NameCallback', 42, '42', name],
    ['NameCallback', true, 'true', name],
    ['NameCallback', '', '', name],
    ['ChoiceCallback', 2, 2, choice],
    ['ChoiceCallback', '2', 2, choice],
    ['ConfirmationCallback', '1', 1, confirmation],
    ['ConfirmationCallback', 100, 100, confirmation],
    ['TermsAndConditionsCallback', true, true, terms],
    ['TermsAndConditionsCallback', 'true', true, terms],
    ['TermsAndConditionsCallback', 'false', false, terms],
    ['TermsAndConditionsCallback', '', false, terms],
    ['NumberAttributeInputCallback', 4.5, 4.5, number],
    ['NumberAttributeInputCallback', '-4.5', -4.5, number],
    ['NumberAttributeInputCallback', '', null, number],
    ['NumberAttributeInputCallback', '  ', null, number],
    ['NumberAttributeInputCallback', null, null, number],
    ['HttpCallback', { any: ['thing'] }, { any: ['thing'] }, anything],
  ])('of a %s posted as %j is read as %j', (type, value, read, sent) => {
    const submitted = posted(type, { IDToken1: value, ...validateOnly(type) })
    expect(inputOf(sent, submitted)).toMatchObject({ '': read })
  })

  it.each<[CallbackType, Json, Callback]>([
    ['NameCallback', null, name],
    ['NameCallback', ['alice'], name],
    ['NameCallback', { name: 'alice' }, name],
    ['ChoiceCallback', 3, choice],
    ['ChoiceCallback', -1, choice],
    ['ChoiceCallback', 0.5, choice],
    ['ChoiceCallback', '-1', choice],
    ['ChoiceCallback', '1e0', choice],
    ['ChoiceCallback', 'Mail', choice],
    ['ChoiceCallback', '', choice],
    ['ChoiceCallback', 0, callback('ChoiceCallback', {})],
    ['ConfirmationCallback', -1, confirmation],
    ['ConfirmationCallback', true, confirmation],
    ['ConfirmationCallback', '99999999999999999999', confirmation],
    ['TermsAndConditionsCallback', 'yes', terms],
    ['TermsAndConditionsCallback', 1, terms],
    ['TermsAndConditionsCallback', null, terms],
    ['NumberAttributeInputCallback', 'four', number],
    ['NumberAttributeInputCallback', 'NaN', number],
    ['NumberAttributeInputCallback', 'Infinity', number],
    ['NumberAttributeInputCallback', true, number],
  ])('of a %s posted as %j is rejected', (type, value, sent) => {
    const submitted = posted(type, { IDToken1: value, ...validateOnly(type) })
    expect(inputOf(sent, submitted)).toBe(`Invalid value for the input IDToken1 of ${type}`)
  })

  const validateOnly = (type: CallbackType): Record<string, Json> =>
    type.endsWith('AttributeInputCallback') ? { IDToken1validateOnly: false } : {}

  it('is named in full in the error', () => {
    const submitted = posted('ValidatedCreateUsernameCallback', {
      IDToken1: 'al',
      IDToken1validateOnly: 'maybe',
    })
    expect(inputOf(username, submitted)).toBe(
      'Invalid value for the input IDToken1validateOnly of ValidatedCreateUsernameCallback',
    )
  })
})
