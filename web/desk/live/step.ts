import { type Callback, outputOf, type Step, withInput } from '../../api/authenticate.ts'
import type { Person } from '../../api/help-desk.ts'

const silent = new Set(['TextOutputCallback', 'SuspendedTextOutputCallback', 'MetadataCallback'])

/** Milliseconds that a step wants to be left alone before it is answered; undefined when it does not wait. */
export function waitOf(step: Step): number | undefined {
  const waiting = step.callbacks.find(({ type }) => type === 'PollingWaitCallback')
  if (waiting === undefined) return undefined
  const time = Number(outputOf(waiting, 'waitTime'))
  return Number.isFinite(time) && time > 0 ? time : 3_000
}

/** The texts of a step that only says something; undefined for one that asks. */
export function saidBy(step: Step): string[] | undefined {
  if (step.callbacks.length === 0 || step.callbacks.some(({ type }) => !silent.has(type))) return undefined
  return step.callbacks.flatMap((callback) => {
    const message = outputOf(callback, 'message')
    return typeof message === 'string' && callback.type === 'TextOutputCallback' ? [message] : []
  })
}

/** The step with the person filled in wherever it asks who calls. @returns undefined when it asks anything else, too. */
export function filledFor(step: Step, person: Person, takesMail: boolean): Step | undefined {
  let filled = step
  for (const [position, callback] of step.callbacks.entries()) {
    if (silent.has(callback.type)) continue
    const value = answerFor(callback, person, takesMail)
    if (value === undefined) return undefined
    filled = withInput(filled, position, value)
  }
  return filled
}

/** What a step is prefilled with where not all of it can be answered. */
export function prefilled(step: Step, person: Person, takesMail: boolean): Step {
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
