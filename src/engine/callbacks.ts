import { defined } from '../base/defined.ts'
import type { Json, JsonObject } from '../base/json.ts'

/** Reads one input of a callback. Returns undefined for a value of the wrong kind. */
type Reader = (value: Json, output: JsonObject) => Json | undefined

type Input = { suffix: string; initial: Json; read: Reader }

type CallbackKind = { output: readonly string[]; input: readonly Input[] }

const text: Reader = (value) => {
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined
}

const index: Reader = (value) => {
  const number = typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value
  return typeof number === 'number' && Number.isInteger(number) && number >= 0 ? number : undefined
}

const choice: Reader = (value, output) => {
  const chosen = index(value, output)
  const count = Array.isArray(output.choices) ? output.choices.length : 0
  return typeof chosen === 'number' && chosen < count ? chosen : undefined
}

const flag: Reader = (value) => {
  if (typeof value === 'boolean') return value
  return value === 'true' ? true : value === 'false' || value === '' ? false : undefined
}

const numeric: Reader = (value) => {
  if (value === null || (typeof value === 'string' && value.trim() === '')) return null
  const number = typeof value === 'string' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined
}

const anything: Reader = (value) => value

const one = (read: Reader, initial: Json = ''): Input[] => [{ suffix: '', initial, read }]
const validated = (read: Reader, initial: Json = ''): Input[] => [
  { suffix: '', initial, read },
  { suffix: 'validateOnly', initial: false, read: flag },
]
const named = (...suffixes: string[]): Input[] =>
  suffixes.map((suffix) => ({ suffix, initial: '', read: text }))

const attributeOutput = ['name', 'prompt', 'required', 'policies', 'failedPolicies', 'validateOnly', 'value']

/**
 * All callback types: the names of their outputs in wire order, and their inputs. Inputs of the nth callback of a step
 * are named `IDToken<n><suffix>`.
 * Source: "Interactive callbacks" and "Read-only callbacks" of the vendor's authentication guide.
 */
const kinds = {
  NameCallback: { output: ['prompt', 'autocompleteValues'], input: one(text) },
  PasswordCallback: { output: ['prompt'], input: one(text) },
  TextInputCallback: { output: ['prompt', 'defaultText'], input: one(text) },
  HiddenValueCallback: { output: ['value', 'id'], input: one(text) },
  ChoiceCallback: { output: ['prompt', 'choices', 'defaultChoice'], input: one(choice, 0) },
  ConfirmationCallback: {
    output: ['prompt', 'messageType', 'options', 'optionType', 'defaultOption'],
    input: one(index, 0),
  },
  TextOutputCallback: { output: ['message', 'messageType'], input: [] },
  SuspendedTextOutputCallback: { output: ['message', 'messageType'], input: [] },
  PollingWaitCallback: { output: ['waitTime', 'message'], input: [] },
  RedirectCallback: {
    output: ['redirectUrl', 'redirectMethod', 'trackingCookie', 'redirectData'],
    input: [],
  },
  MetadataCallback: { output: ['data'], input: [] },
  StringAttributeInputCallback: { output: attributeOutput, input: validated(text) },
  NumberAttributeInputCallback: { output: attributeOutput, input: validated(numeric) },
  BooleanAttributeInputCallback: { output: attributeOutput, input: validated(flag, false) },
  ValidatedCreateUsernameCallback: {
    output: ['policies', 'failedPolicies', 'validateOnly', 'prompt', 'autocompleteValues'],
    input: validated(text),
  },
  ValidatedCreatePasswordCallback: {
    output: ['echoOn', 'policies', 'failedPolicies', 'validateOnly', 'prompt'],
    input: validated(text),
  },
  TermsAndConditionsCallback: { output: ['version', 'terms', 'createDate'], input: one(flag, false) },
  KbaCreateCallback: {
    output: ['prompt', 'predefinedQuestions', 'allowUserDefinedQuestions'],
    input: named('question', 'answer'),
  },
  SelectIdPCallback: { output: ['providers', 'value'], input: one(text) },
  IdPCallback: {
    output: [
      'provider',
      'clientId',
      'redirectUri',
      'scopes',
      'nonce',
      'acrValues',
      'request',
      'requestUri',
      'acceptsJSON',
    ],
    input: named('token', 'token_type'),
  },
  ConsentMappingCallback: {
    output: ['name', 'displayName', 'icon', 'accessLevel', 'isRequired', 'message', 'fields'],
    input: one(flag, false),
  },
  DeviceProfileCallback: { output: ['metadata', 'location', 'message'], input: one(text) },
  DeviceBindingCallback: {
    output: [
      'userId',
      'username',
      'authenticationType',
      'challenge',
      'title',
      'subtitle',
      'description',
      'timeout',
    ],
    input: named('jws', 'deviceName', 'deviceId', 'clientError'),
  },
  DeviceSigningVerifierCallback: {
    output: ['userId', 'challenge', 'title', 'subtitle', 'description', 'timeout'],
    input: named('jws', 'clientError'),
  },
  ReCaptchaCallback: {
    output: ['recaptchaSiteKey', 'captchaApiUri', 'captchaDivClass', 'reCaptchaV3', 'disableSubmission'],
    input: one(text),
  },
  ReCaptchaEnterpriseCallback: {
    output: ['recaptchaSiteKey', 'captchaApiUri', 'captchaDivClass'],
    input: [...one(text), ...named('clientError', 'payload', 'action')],
  },
  PingOneProtectInitializeCallback: {
    output: [
      'envId',
      'consoleLogEnabled',
      'deviceAttributesToIgnore',
      'customHost',
      'lazyMetadata',
      'behavioralDataCollection',
      'deviceKeyRsyncIntervals',
      'enableTrust',
      'disableTags',
      'disableHub',
    ],
    input: named('clientError'),
  },
  PingOneProtectEvaluationCallback: {
    output: ['pauseBehavioralData'],
    input: named('signals', 'clientError'),
  },
  LanguageCallback: { output: [], input: named('Language', 'Country') },
  HttpCallback: { output: [], input: one(anything) },
  X509CertificateCallback: { output: [], input: one(anything) },
} as const satisfies Record<string, CallbackKind>

export type CallbackType = keyof typeof kinds

/** A question or a message that a node sends to the client. */
export type Callback = {
  type: CallbackType
  output: JsonObject
  /** Initial input values by suffix (`''` for the input without one), if they differ from the type's own. */
  input?: JsonObject
  /** Position in the page, if a page node sent it. */
  id?: number
}

/** A callback returned by the client, with its input values by suffix. */
export type Answer = { type: CallbackType; output: JsonObject; input: JsonObject; id?: number }

/** A callback in AM's JSON form. */
export type WireCallback = {
  type: string
  output: { name: string; value: Json }[]
  input?: { name: string; value: Json }[]
  _id?: number
}

export const callbackTypes = Object.keys(kinds) as CallbackType[]

/** The names of a kind's outputs in wire order, and the suffixes of its inputs. */
export function membersOf(type: CallbackType): { outputs: readonly string[]; inputs: readonly string[] } {
  const { output, input }: CallbackKind = kinds[type]
  return { outputs: output, inputs: input.map(({ suffix }) => suffix) }
}

/** Callbacks whose answers are secret. */
export const secretAnswers: ReadonlySet<CallbackType> = new Set([
  'PasswordCallback',
  'ValidatedCreatePasswordCallback',
  'KbaCreateCallback',
  'HiddenValueCallback',
  'IdPCallback',
  'HttpCallback',
  'X509CertificateCallback',
])

export function isCallbackType(type: string): type is CallbackType {
  return Object.hasOwn(kinds, type)
}

/** Types that AM can't write as JSON. The response to a step with one of these is 400. */
export const unrenderableTypes: readonly CallbackType[] = ['HttpCallback', 'X509CertificateCallback']

export function callback(type: CallbackType, output: JsonObject, input?: JsonObject): Callback {
  return input === undefined ? { type, output } : { type, output, input }
}

/** A text message. Levels are strings on the wire: "0" information, "1" warning, "2" error, "4" script. */
export function textOutput(message: string, level: '0' | '1' | '2' | '4' = '0'): Callback {
  return callback('TextOutputCallback', { message, messageType: level })
}

/** Whether the callback has no inputs. */
export function isOutputOnly(callback: { type: CallbackType }): boolean {
  return kinds[callback.type].input.length === 0
}

/** Writes callbacks in AM's form. `IDToken` numbers count every callback, including those without inputs. */
export function encodeCallbacks(callbacks: readonly Callback[]): WireCallback[] {
  return callbacks.map((callback, position) => {
    const kind: CallbackKind = kinds[callback.type]
    const wire: WireCallback = {
      type: callback.type,
      output: kind.output
        .filter((name) => callback.output[name] !== undefined)
        .map((name) => ({ name, value: callback.output[name] ?? null })),
    }
    if (kind.input.length > 0) {
      wire.input = kind.input.map(({ suffix, initial }) => ({
        name: `IDToken${position + 1}${suffix}`,
        value: initialInput(callback, suffix, initial),
      }))
    }
    if (callback.id !== undefined) wire._id = callback.id
    return wire
  })
}

export type Submitted = { type: string; input?: { name: string; value?: Json | undefined }[] | undefined }

export type Decoded = { ok: true; answers: Answer[] } | { ok: false; message: string }

/**
 * Matches posted callbacks with those that were sent, by position.
 *
 * Some SDKs leave out callbacks without inputs, so a list of exactly those with inputs is accepted, as is an empty list
 * if no callback has inputs.
 */
export function decodeCallbacks(sent: readonly Callback[], submitted: readonly Submitted[]): Decoded {
  const asked = sent.filter((callback) => !isOutputOnly(callback))
  const complete = submitted.length === sent.length
  if (!complete && submitted.length !== asked.length) {
    return { ok: false, message: 'Incorrect number of callbacks found in JSON response' }
  }
  const answers: Answer[] = []
  let next = 0
  for (const [position, callback] of sent.entries()) {
    const posted = complete || !isOutputOnly(callback) ? submitted[next++] : undefined
    if (posted !== undefined && posted.type !== callback.type) {
      return { ok: false, message: 'Required callback not found in JSON response' }
    }
    const read = readInputs(callback, position, posted)
    if (typeof read === 'string') return { ok: false, message: read }
    answers.push({
      type: callback.type,
      output: callback.output,
      input: read,
      ...defined({ id: callback.id }),
    })
  }
  return { ok: true, answers }
}

function readInputs(
  callback: Callback,
  position: number,
  posted: Submitted | undefined,
): JsonObject | string {
  const kind: CallbackKind = kinds[callback.type]
  const inputs: JsonObject = {}
  for (const [order, { suffix, initial, read }] of kind.input.entries()) {
    const name = `IDToken${position + 1}${suffix}`
    const found = posted?.input?.find((input) => input.name === name) ?? sameOrder(posted, order, kind)
    const value = found?.value
    if (value === undefined) {
      inputs[suffix] = initialInput(callback, suffix, initial)
      continue
    }
    const parsed = read(value, callback.output)
    if (parsed === undefined) return `Invalid value for the input ${name} of ${callback.type}`
    inputs[suffix] = parsed
  }
  return inputs
}

/** Clients that drop callbacks without inputs may renumber the others. Then the order counts instead of the names. */
function sameOrder(posted: Submitted | undefined, order: number, kind: CallbackKind) {
  return posted?.input?.length === kind.input.length ? posted.input[order] : undefined
}

function initialInput(callback: Callback, suffix: string, initial: Json): Json {
  const preset = callback.input?.[suffix]
  if (preset !== undefined) return preset
  return callback.type === 'HiddenValueCallback' ? (callback.output.id ?? initial) : initial
}
