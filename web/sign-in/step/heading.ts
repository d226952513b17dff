import type { Step } from '../../api/authenticate.ts'
import { isHtml, plain, withoutTags } from '../messages/plain.ts'
import type { Words } from '../translations/en.ts'
import { translated } from '../translations/words.tsx'
import { callbacksOf, promptOf, textOf } from './inputs.ts'
import { isAppRegistration, passkeyQuestionOf, recoveryCodesIn } from './recognised.ts'

/** The longest message of a waiting page: another person's journey may have sent it. */
export const longestMessage = 200

/** The heading of a step: the journey's own, else what the step is about. */
export function headingOf(step: Step, words: Words): string {
  if (step.header) return withoutTags(step.header)
  const has = (type: string) => callbacksOf(step, type).length > 0
  const passkey = passkeyQuestionOf(step)
  if (passkey !== undefined) return passkey.isRegistration ? words.passkeyCreate : words.passkeyUse
  if (isAppRegistration(step)) return words.registerApp
  if (recoveryCodesIn(step) !== undefined) return words.recovery
  if (has('SuspendedTextOutputCallback')) return words.suspended
  const [waiting] = callbacksOf(step, 'PollingWaitCallback')
  if (waiting !== undefined) {
    return translated(words, plain(withoutTags(textOf(waiting, 'message')), longestMessage)) || words.waiting
  }
  if (has('DeviceProfileCallback')) return words.device
  if (has('DeviceBindingCallback') || has('DeviceSigningVerifierCallback')) return words.binding
  return questionOf(step, words) ?? (signsIn(step) ? words.title : asks(step) ? words.details : words.before)
}

/** What a step asks that asks one thing. */
function questionOf(step: Step, words: Words): string | undefined {
  const [question, another] = step.callbacks.filter(({ input }) => input.length > 0)
  if (question === undefined || another !== undefined) return undefined
  if (question.type === 'TermsAndConditionsCallback') return words.terms
  if (/^ReCaptcha/.test(question.type)) return words.captcha
  const notice = noticeOf(step)
  if (question.type === 'ConfirmationCallback' && notice !== undefined) return notice
  const isChosen = question.type === 'ChoiceCallback' || question.type === 'ConfirmationCallback'
  return isChosen ? withoutTags(promptOf(question)) || undefined : undefined
}

/** The longest text that makes a heading. */
const longestHeading = 90

/** A short text, with nothing but buttons below, is what the buttons answer. */
export function noticeOf({ header, callbacks }: Step): string | undefined {
  const [text, buttons, another] = callbacks
  if (header || text?.type !== 'TextOutputCallback' || buttons?.type !== 'ConfirmationCallback')
    return undefined
  const message = textOf(text, 'message')
  const isShort = textOf(text, 'messageType') === '0' && message.length <= longestHeading && !isHtml(message)
  return another === undefined && isShort && promptOf(buttons) === '' ? plain(message) : undefined
}

const forSigningIn = ['NameCallback', 'PasswordCallback', 'SelectIdPCallback', 'IdPCallback']

function signsIn(step: Step): boolean {
  return step.callbacks.some(({ type }) => forSigningIn.includes(type))
}

function asks(step: Step): boolean {
  return step.callbacks.some(({ type, input }) => input.length > 0 && type !== 'ConfirmationCallback')
}

/** Whether one callback alone asks for something. */
export function isOnlyQuestion(step: Step): boolean {
  return step.callbacks.filter(({ input }) => input.length > 0).length === 1
}
