import type { Step } from '../../api/authenticate.ts'
import { cleanText, isHtml, withoutTags } from '../messages/clean-text.ts'
import type { Texts } from '../translations/texts.tsx'
import { translateSent } from '../translations/texts.tsx'
import { callbacksOf, promptOf, textOf } from './inputs.ts'
import { isAppRegistration, passkeyRequestOf, recoveryCodesIn } from './special-steps.ts'
import { hasFields } from './step-fields.ts'

/** Characters of a polling page's message. It can come from another person's journey. */
export const maxMessageLength = 200

/** The journey's heading, or one that fits the step's callbacks. */
export function headingOf(step: Step, texts: Texts): string {
  if (step.header) return withoutTags(translateSent(texts, step.header))
  const has = (type: string) => callbacksOf(step, type).length > 0
  const passkey = passkeyRequestOf(step)
  if (passkey?.isRegistration) return texts.passkeyCreate
  if (passkey !== undefined && !hasFields(step)) return texts.passkeyUse
  if (isAppRegistration(step)) return texts.registerApp
  if (recoveryCodesIn(step) !== undefined) return texts.recovery
  const [suspended] = callbacksOf(step, 'SuspendedTextOutputCallback')
  if (suspended !== undefined)
    return namesEmail(textOf(suspended, 'message')) ? texts.suspended : texts.onHold
  const [polling] = callbacksOf(step, 'PollingWaitCallback')
  if (polling !== undefined) {
    return (
      translateSent(texts, cleanText(withoutTags(textOf(polling, 'message')), maxMessageLength)) ||
      texts.waiting
    )
  }
  if (has('DeviceProfileCallback')) return texts.device
  if (has('DeviceBindingCallback') || has('DeviceSigningVerifierCallback')) return texts.binding
  return questionOf(step, texts) ?? (signsIn(step) ? texts.title : asks(step) ? texts.details : texts.before)
}

/** Scripts suspend journeys, too, for example until an approval. Texts about a link mean one in an email. */
function namesEmail(message: string): boolean {
  return /mail|inbox|courriel|correo|بريد|\blink\b|\blien\b|enlace|رابط/i.test(message)
}

/** The question of a step with a single question. */
function questionOf(step: Step, texts: Texts): string | undefined {
  const [question, another] = step.callbacks.filter(({ input }) => input.length > 0)
  if (question === undefined || another !== undefined) return undefined
  if (question.type === 'TermsAndConditionsCallback') return texts.terms
  if (/^ReCaptcha/.test(question.type)) return texts.captcha
  const notice = noticeOf(step)
  if (question.type === 'ConfirmationCallback' && notice !== undefined) return notice
  const isChosen = question.type === 'ChoiceCallback' || question.type === 'ConfirmationCallback'
  return isChosen ? withoutTags(promptOf(question)) || undefined : undefined
}

/** Longer texts are shown below the heading. */
const maxHeadingLength = 90

/** A short text with only buttons below it is used as the heading. */
export function noticeOf({ header, callbacks }: Step): string | undefined {
  const [text, buttons, another] = callbacks
  if (header || text?.type !== 'TextOutputCallback' || buttons?.type !== 'ConfirmationCallback')
    return undefined
  const message = textOf(text, 'message')
  const isShort =
    textOf(text, 'messageType') === '0' && message.length <= maxHeadingLength && !isHtml(message)
  return another === undefined && isShort && promptOf(buttons) === '' ? cleanText(message) : undefined
}

const forSigningIn = ['NameCallback', 'PasswordCallback', 'SelectIdPCallback', 'IdPCallback']

function signsIn(step: Step): boolean {
  return step.callbacks.some(({ type }) => forSigningIn.includes(type))
}

function asks(step: Step): boolean {
  return step.callbacks.some(({ type, input }) => input.length > 0 && type !== 'ConfirmationCallback')
}

/** Whether exactly one callback has inputs. */
export function isOnlyQuestion(step: Step): boolean {
  return step.callbacks.filter(({ input }) => input.length > 0).length === 1
}
