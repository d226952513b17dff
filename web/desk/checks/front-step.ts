import { type Callback, outputOf, type Step, withInput } from '../../api/authenticate.ts'
import type { Person } from '../../api/help-desk.ts'
import { pageLanguage } from '../../translate/translate.ts'

const outputTypes = new Set(['TextOutputCallback', 'SuspendedTextOutputCallback', 'MetadataCallback'])

/** Every step is in the language of the desk. `locale` would also choose the language of messages to the caller. */
export function pageLocaleQuery(): { pageLocale: string } {
  return { pageLocale: pageLanguage() }
}

/** Milliseconds to wait before answering the step; undefined for steps that don't poll. */
export function waitTimeOf(step: Step): number | undefined {
  const polling = step.callbacks.find(({ type }) => type === 'PollingWaitCallback')
  if (polling === undefined) return undefined
  const time = Number(outputOf(polling, 'waitTime'))
  return Number.isFinite(time) && time > 0 ? time : 3_000
}

/** The messages of a step without inputs; undefined for steps that ask for input. */
export function messagesOf(step: Step): string[] | undefined {
  if (step.callbacks.length === 0 || step.callbacks.some(({ type }) => !outputTypes.has(type)))
    return undefined
  return step.callbacks.flatMap((callback) => {
    const message = outputOf(callback, 'message')
    return typeof message === 'string' && callback.type === 'TextOutputCallback' ? [message] : []
  })
}

/** Answers a step that asks who is calling. @returns undefined if it asks for anything else too. */
export function answerForPerson(step: Step, person: Person, takesMail: boolean): Step | undefined {
  let filled = step
  for (const [position, callback] of step.callbacks.entries()) {
    if (outputTypes.has(callback.type)) continue
    const value = answerFor(callback, person, takesMail)
    if (value === undefined) return undefined
    filled = withInput(filled, position, value)
  }
  return filled
}

/** Fills in the inputs that ask who is calling, and leaves the others empty. */
export function prefillForPerson(step: Step, person: Person, takesMail: boolean): Step {
  return step.callbacks.reduce((filled, callback, position) => {
    const value = answerFor(callback, person, takesMail)
    return value === undefined ? filled : withInput(filled, position, value)
  }, step)
}

function answerFor(callback: Callback, person: Person, takesMail: boolean): string | undefined {
  switch (callback.type) {
    case 'StringAttributeInputCallback':
      return attributeOf(person, outputOf(callback, 'name'))
    case 'ValidatedCreateUsernameCallback':
      return person.userName
    case 'NameCallback':
      return takesMail ? (person.mail ?? person.userName) : person.userName
    default:
      return undefined
  }
}

function attributeOf(person: Person, name: unknown): string | undefined {
  switch (name) {
    case 'mail':
      return person.mail
    case 'userName':
      return person.userName
    case 'givenName':
      return person.givenName
    case 'sn':
      return person.sn
    default:
      return undefined
  }
}
