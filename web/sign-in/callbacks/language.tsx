import { inputName } from '../step/inputs.ts'
import { type CallbackProps, useSubmitGuard } from '../step/step-form.ts'

/** Sends the page's language. People choose it with the page's own switch. */
export function LanguageOfPage({ callback }: CallbackProps) {
  useSubmitGuard(() => {
    const [preferred = 'en'] = navigator.languages
    const country = preferred.split('-')[1] ?? ''
    return {
      [inputName(callback, 'Language')]: document.documentElement.lang,
      [inputName(callback, 'Country')]: country,
    }
  })
  return null
}
