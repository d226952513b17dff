import { isPlainChoice, type JsonCallback, type JsonPage, outputOf } from '../../walks/page.ts'
import type { Person } from '../walk-file.ts'
import { barePerson, fullPerson, inactivePerson, questionAnswer, userNameOf } from './made-up-people.ts'
import { opener } from './tried.ts'

/** Facts about the page on the screen. */
export type PageContext = {
  people: Readonly<Record<string, Person>>
  /** The person of the journey, if a node or an answer named one. */
  person: string | undefined
  /** Whether this person exists. */
  exists: boolean
  /** Types of the nodes that sent the page. */
  nodeTypes: ReadonlySet<string>
  /** Whether an email with a code has arrived that no step has mentioned. */
  hasCode: boolean
  /** Whether the walk has kept the key of an authenticator app that it registered. */
  hasApp: boolean
  /** Whether the journey creates people. */
  creates: boolean
  /** Texts with which scripts compare. */
  texts: readonly string[]
}

/** A value for a callback. */
export type Candidate = { value: unknown; label: string }

/** A value that a walk knows by this name. */
export function placeholder(name: string): string {
  return `\${${name}}`
}

/** Someone who does not exist yet. */
const newPerson = 'newcomer'
const newPassword = 'Made-Up-Horse-Battery-42'

const wrong: Candidate = { value: 'wrong', label: 'wrong' }
const empty: Candidate = { value: '', label: 'empty' }

/**
 * Values that lead to different places, the most promising first.
 * @param place among the callbacks of its type.
 */
export function candidatesFor(callback: JsonCallback, place: number, context: PageContext): Candidate[] {
  const make = makers[callback.type]
  return make === undefined ? [] : make(callback, place, context)
}

type Maker = (callback: JsonCallback, place: number, context: PageContext) => Candidate[]

const makers: Readonly<Record<string, Maker>> = {
  NameCallback: (callback, _place, context) =>
    context.nodeTypes.has('OathTokenVerifierNode') ? appCodesFor(context) : namesFor(callback, context),
  PasswordCallback: passwordsFor,
  TextInputCallback: (callback, _place, { people, texts }) => [
    ...textsFor(promptOf(callback), people),
    ...texts.map((text) => ({ value: text, label: `'${text}'` })),
    empty,
  ],
  ChoiceCallback: (callback) => choicesOf(callback, 'choices'),
  ConfirmationCallback: (callback) => choicesOf(callback, 'options'),
  HiddenValueCallback: hiddenValuesFor,
  StringAttributeInputCallback: attributesFor,
  NumberAttributeInputCallback: () => [{ value: 42, label: '42' }],
  BooleanAttributeInputCallback: flags,
  TermsAndConditionsCallback: flags,
  ConsentMappingCallback: flags,
  ValidatedCreateUsernameCallback: (callback, _place, { creates, people }) => {
    const [known, made] = [userNameOf(people, fullPerson), newName(people)]
    return [
      creates ? { value: made, label: 'new' } : { value: known, label: 'known' },
      creates ? { value: known, label: 'taken' } : { value: made, label: 'new' },
      ...(promptOf(callback) === '' ? [] : [empty]),
    ]
  },
  ValidatedCreatePasswordCallback: (callback, place, context) =>
    context.creates || context.person === undefined
      ? [
          { value: newPassword, label: 'new' },
          { value: 'short', label: 'short' },
        ]
      : [...passwordsFor(callback, place, context), { value: newPassword, label: 'new' }],
  KbaCreateCallback: questionsFor,
  SelectIdPCallback: providersOf,
  IdPCallback: () => [{ value: { token: 'wrong' }, label: 'wrong' }],
  DeviceProfileCallback: () => [{ value: JSON.stringify(device), label: 'a device' }, empty],
  DeviceBindingCallback: clientErrors,
  DeviceSigningVerifierCallback: clientErrors,
  ReCaptchaCallback: () => [wrong],
  ReCaptchaEnterpriseCallback: () => [wrong],
  PingOneProtectInitializeCallback: clientErrors,
  PingOneProtectEvaluationCallback: clientErrors,
  LanguageCallback: () => [{ value: { Language: 'en', Country: 'US' }, label: 'English' }],
}

const place = { latitude: 0, longitude: 0 }
/** The profile of an untampered device. */
const device = { identifier: 'device-1', metadata: { platform: { jailBreakScore: 0 } }, location: place }

export function promptOf(callback: JsonCallback): string {
  const prompt = outputOf(callback, 'prompt') ?? outputOf(callback, 'name')
  return typeof prompt === 'string' ? prompt : ''
}

function namesFor(callback: JsonCallback, { people, creates, nodeTypes, hasCode }: PageContext): Candidate[] {
  const asksForMail = /mail/i.test(promptOf(callback))
  const known = Object.keys(people).filter((name) => name !== barePerson && name !== inactivePerson)
  const first = known.map((name) => ({
    value: (asksForMail ? people[name]?.mail : undefined) ?? userNameOf(people, name),
    label: name === fullPerson ? 'known' : name,
  }))
  return [
    ...codeFromMail(hasCode),
    ...(nodeTypes.has('SidegateVerificationCodeNode')
      ? [{ value: placeholder(`${opener}.code`), label: 'code from the agent' }]
      : []),
    ...(creates ? [{ value: newName(people), label: 'new' }] : []),
    ...first,
    ...(creates ? [] : [{ value: 'nobody', label: 'unknown' }]),
    { value: barePerson, label: 'person without attributes' },
    { value: userNameOf(people, inactivePerson), label: 'inactive person' },
    empty,
  ]
}

/** Codes of the authenticator app of the person. */
function appCodesFor({ people, person = fullPerson, hasApp }: PageContext): Candidate[] {
  const code = hasApp ? 'totp:app' : people[person]?.authenticatorApp && `${person}.totp`
  return [...(code ? [{ value: placeholder(code), label: 'code of the app' }] : []), wrong, empty]
}

function codeFromMail(hasCode: boolean): Candidate[] {
  return hasCode ? [{ value: placeholder('code'), label: 'code from the email' }] : []
}

function passwordsFor(callback: JsonCallback, _place: number, context: PageContext): Candidate[] {
  const { person, nodeTypes, hasCode, people } = context
  const known = person !== undefined && Object.hasOwn(people, person) ? person : fullPerson
  const answers = [...nodeTypes].some((type) => /^Kba/.test(type))
  const prompt = promptOf(callback)
  return [
    ...codeFromMail(hasCode),
    ...(answers ? [{ value: questionAnswer, label: 'right answer' }] : []),
    ...(answers || hasCode ? [] : [{ value: placeholder(`${known}.password`), label: 'right' }]),
    ...(/new/i.test(prompt) ? [{ value: newPassword, label: 'new' }] : []),
    wrong,
    empty,
  ]
}

/** The username of a person who does not exist yet, in the form that the tenant has. */
function newName(people: PageContext['people']): string {
  return userNameOf(people, fullPerson).replace(fullPerson, newPerson)
}

function textsFor(prompt: string, people: PageContext['people']): Candidate[] {
  if (/mail/i.test(prompt)) {
    return [
      { value: `${fullPerson}@example.com`, label: 'known' },
      { value: `${newPerson}@example.com`, label: 'new' },
    ]
  }
  if (/phone|mobile/i.test(prompt)) return [{ value: '+15550100', label: 'a number' }]
  if (/user/i.test(prompt)) return [{ value: userNameOf(people, fullPerson), label: 'known' }]
  return [{ value: 'A text', label: 'a text' }]
}

function choicesOf(callback: JsonCallback, output: string): Candidate[] {
  const texts = outputOf(callback, output)
  if (!Array.isArray(texts)) return []
  return texts.map((text, index) => ({
    value: isPlainChoice(text, texts) ? text : index,
    label: typeof text === 'string' && text !== '' ? `'${text}'` : `choice ${index + 1}`,
  }))
}

function hiddenValuesFor(callback: JsonCallback): Candidate[] {
  const id = String(outputOf(callback, 'id') ?? '')
  if (/webauthn/i.test(id)) {
    return [
      { value: 'unsupported', label: 'unsupported browser' },
      { value: 'ERROR::NotAllowedError:The operation was refused', label: 'refused passkey' },
    ]
  }
  return [{ value: undefined, label: 'unchanged' }, wrong]
}

function attributesFor(
  callback: JsonCallback,
  _place: number,
  { people, creates, person }: PageContext,
): Candidate[] {
  const name = String(outputOf(callback, 'name') ?? '')
  const known = people[fullPerson]?.[name] ?? (name === 'userName' ? fullPerson : undefined)
  const made: Candidate =
    name === 'mail'
      ? { value: `${newPerson}@example.com`, label: 'new' }
      : { value: name === 'userName' ? newName(people) : `New ${name}`, label: 'new' }
  const existing = known === undefined ? [] : [{ value: known, label: 'known' }]
  const isNew = creates || person !== undefined
  return [...(isNew ? [made, ...existing] : [...existing, made]), empty]
}

function flags(): Candidate[] {
  return [
    { value: true, label: 'yes' },
    { value: false, label: 'no' },
  ]
}

function questionsFor(callback: JsonCallback, place: number): Candidate[] {
  const questions = outputOf(callback, 'predefinedQuestions')
  const question = Array.isArray(questions) ? questions[place] : undefined
  return [
    { value: { question: question ?? `Question ${place + 1}`, answer: questionAnswer }, label: 'answered' },
    { value: { question: question ?? '', answer: '' }, label: 'empty' },
  ]
}

function providersOf(callback: JsonCallback): Candidate[] {
  const providers = outputOf(callback, 'providers')
  if (!Array.isArray(providers)) return []
  return providers.flatMap((one: unknown) => {
    const provider = typeof one === 'object' && one !== null && 'provider' in one ? one.provider : undefined
    return typeof provider === 'string' ? [{ value: provider, label: `'${provider}'` }] : []
  })
}

function clientErrors(): Candidate[] {
  return ['Unsupported', 'Abort', 'Timeout'].map((error) => ({
    value: { clientError: error },
    label: `client error ${error}`,
  }))
}

/** The callbacks of a page with the places among those of their types. */
export function placedCallbacks({ callbacks }: JsonPage): { callback: JsonCallback; place: number }[] {
  const counts = new Map<string, number>()
  return callbacks.map((callback) => {
    const place = counts.get(callback.type) ?? 0
    counts.set(callback.type, place + 1)
    return { callback, place }
  })
}
