import './terms-and-conditions.css'
import { CheckboxQuestion } from '../components/checkbox-question.tsx'
import { cleanText } from '../messages/clean-text.ts'
import { Message } from '../messages/message.tsx'
import { textOf } from '../step/inputs.ts'
import { type CallbackProps, useStepForm } from '../step/step-form.ts'
import { fill, useTexts } from '../translations/texts.tsx'

export default function TermsAndConditions({ callback }: CallbackProps) {
  const texts = useTexts()
  const { wasSentBack } = useStepForm()
  const version = cleanText(textOf(callback, 'version'), 40)
  const date = cleanText(textOf(callback, 'createDate'), 40)
  return (
    <div className="terms">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: who has no mouse has to be able to scroll it */}
      <section className="terms-text" aria-label={texts.terms} tabIndex={0}>
        <Message text={textOf(callback, 'terms')} />
      </section>
      <p className="sheet-small">
        <bdi>{fill(texts.termsOf, { version, date: dateInWords(date) })}</bdi>
      </p>
      <CheckboxQuestion
        callback={callback}
        label={texts.termsAgree}
        errors={wasSentBack ? [texts.termsNeeded] : []}
      />
    </div>
  )
}

function dateInWords(date: string): string {
  const time = Date.parse(date)
  if (Number.isNaN(time)) return date
  return new Date(time).toLocaleDateString(document.documentElement.lang, { dateStyle: 'long' })
}
