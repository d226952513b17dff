import { outputOf } from '../../api/authenticate.ts'
import { CheckQuestion } from '../components/check-question.tsx'
import { plain } from '../messages/plain.ts'
import { Said } from '../messages/said.tsx'
import { callbacksOf, textOf, textsOf } from '../step/inputs.ts'
import { type CallbackProps, useInput, useStepForm } from '../step/step-form.ts'
import { fill, useWords } from '../translations/words.tsx'

/** Consent to sharing data with somebody: with whom, and what. */
export default function ConsentMapping({ callback }: CallbackProps) {
  const words = useWords()
  const { step, wasSentBack } = useStepForm()
  const { value } = useInput(callback)
  const isRequired = outputOf(callback, 'isRequired') === true
  const message = textOf(callback, 'message')
  const [first] = callbacksOf(step, 'ConsentMappingCallback')
  const fields = textsOf(callback, 'fields')
  return (
    <div className="field">
      {/* All consents of a step bring the same notice. */}
      {first === callback && message !== '' && <Said text={message} />}
      <CheckQuestion
        callback={callback}
        label={fill(words.consentShare, {
          name: textOf(callback, 'displayName') || textOf(callback, 'name'),
        })}
        errors={isRequired && wasSentBack && value !== true ? [words.consentRequired] : []}
        hint={
          <span className="field-what">
            <bdi>{plain(textOf(callback, 'accessLevel'))}</bdi>
            {fields.length > 0 && (
              <bdi>{fill(words.consentFields, { fields: fields.map((each) => plain(each)) })}</bdi>
            )}
          </span>
        }
      />
    </div>
  )
}
