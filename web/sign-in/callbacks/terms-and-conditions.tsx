import './terms-and-conditions.css'
import { CheckQuestion } from '../components/check-question.tsx'
import { plain } from '../messages/plain.ts'
import { Said } from '../messages/said.tsx'
import { textOf } from '../step/inputs.ts'
import { type CallbackProps, useStepForm } from '../step/step-form.ts'
import { fill, useWords } from '../translations/words.tsx'

/** Terms to read, and then to agree to. */
export default function TermsAndConditions({ callback }: CallbackProps) {
  const words = useWords()
  const { wasSentBack } = useStepForm()
  const version = plain(textOf(callback, 'version'), 40)
  const date = plain(textOf(callback, 'createDate'), 40)
  return (
    <div className="terms">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: who has no mouse has to be able to scroll it */}
      <section className="terms-text" aria-label={words.terms} tabIndex={0}>
        <Said text={textOf(callback, 'terms')} />
      </section>
      <p className="sheet-small">
        <bdi>{fill(words.termsOf, { version, date: dateInWords(date) })}</bdi>
      </p>
      <CheckQuestion
        callback={callback}
        label={words.termsAgree}
        errors={wasSentBack ? [words.termsNeeded] : []}
      />
    </div>
  )
}

function dateInWords(date: string): string {
  const time = Date.parse(date)
  if (Number.isNaN(time)) return date
  return new Date(time).toLocaleDateString(document.documentElement.lang, { dateStyle: 'long' })
}
