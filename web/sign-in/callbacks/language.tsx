import { inputName } from '../step/inputs.ts'
import { type CallbackProps, useGate } from '../step/step-form.ts'

/** The language of the page, told without a question: the page has a switch for it. */
export function LanguageOfPage({ callback }: CallbackProps) {
  useGate(() => {
    const [preferred = 'en'] = navigator.languages
    const country = preferred.split('-')[1] ?? ''
    return {
      [inputName(callback, 'Language')]: document.documentElement.lang,
      [inputName(callback, 'Country')]: country,
    }
  })
  return null
}
