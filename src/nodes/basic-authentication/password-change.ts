import { send } from '../../engine/action.ts'
import { type Answer, callback, textOutput } from '../../engine/callbacks.ts'
import { chosenIndex } from '../answers.ts'

export type TypedPasswords = { old: string; fresh: string; confirmed: string }

/** The callbacks that ask for a new password. */
export const passwordChangeCallbacks = {
  TextOutputCallback: 'Why a new password is required, or what is wrong with the one entered.',
  PasswordCallback: 'The old password, the new one, and its confirmation.',
  ConfirmationCallback: 'The buttons `SUBMIT` and `CANCEL`.',
} as const

/** The answers to {@link askForNewPassword}; undefined on the first visit. */
export function passwordAnswer(answers: readonly Answer[]): TypedPasswords | 'cancelled' | undefined {
  const pressed = chosenIndex(answers, 'ConfirmationCallback')
  if (pressed === 1) return 'cancelled'
  if (pressed !== 0) return undefined
  const [old = '', fresh = '', confirmed = ''] = answers
    .filter(({ type }) => type === 'PasswordCallback')
    .map(({ input }) => (typeof input[''] === 'string' ? input[''] : ''))
  return { old, fresh, confirmed }
}

/** The problem with a new password that can be found without the directory or the store. */
export function problemOf(
  typed: TypedPasswords,
  username: string,
  minimumLength: number,
): string | undefined {
  if (typed.fresh === '' || typed.fresh.length < minimumLength) return 'New password is too short.'
  if (typed.fresh !== typed.confirmed) return 'The password and the confirm password do not match.'
  if (typed.fresh === username) return 'Username and password must be different. Try again.'
  if (typed.fresh === typed.old) return 'The password must be different. Try again.'
  return undefined
}

/** @param level `0` for information, `2` for an error */
export function askForNewPassword(message: string, level: '0' | '2') {
  return send([
    textOutput(message, level),
    callback('PasswordCallback', { prompt: 'Old Password' }),
    callback('PasswordCallback', { prompt: 'New Password' }),
    callback('PasswordCallback', { prompt: 'Confirm Password' }),
    callback('ConfirmationCallback', {
      prompt: '',
      messageType: 0,
      options: ['SUBMIT', 'CANCEL'],
      optionType: 2,
      defaultOption: 1,
    }),
  ])
}
