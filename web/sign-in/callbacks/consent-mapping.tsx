import { outputOf } from '../../api/authenticate.ts'
import { CheckboxQuestion } from '../components/checkbox-question.tsx'
import { cleanText } from '../messages/clean-text.ts'
import { Message } from '../messages/message.tsx'
import { callbacksOf, textOf, textsOf } from '../step/inputs.ts'
import { type CallbackProps, useInput, useStepForm } from '../step/step-form.ts'
import { fill, useTexts } from '../translations/texts.tsx'

/** Consent to sharing data. */
export default function ConsentMapping({ callback }: CallbackProps) {
  const texts = useTexts()
  const { step, wasSentBack } = useStepForm()
  const { value } = useInput(callback)
  const isRequired = outputOf(callback, 'isRequired') === true
  const message = textOf(callback, 'message')
  const [first] = callbacksOf(step, 'ConsentMappingCallback')
  const fields = textsOf(callback, 'fields')
  return (
    <div className="field">
      {/* All consents of a step bring the same notice. */}
      {first === callback && message !== '' && <Message text={message} />}
      <CheckboxQuestion
        callback={callback}
        label={fill(texts.consentShare, {
          name: textOf(callback, 'displayName') || textOf(callback, 'name'),
        })}
        errors={isRequired && wasSentBack && value !== true ? [texts.consentRequired] : []}
        hint={
          <span className="field-what">
            <bdi>{cleanText(textOf(callback, 'accessLevel'))}</bdi>
            {fields.length > 0 && (
              <bdi>{fill(texts.consentFields, { fields: fields.map((each) => cleanText(each)) })}</bdi>
            )}
          </span>
        }
      />
    </div>
  )
}
