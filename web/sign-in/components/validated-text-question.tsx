import { useState } from 'react'
import type { Callback } from '../../api/authenticate.ts'
import type { Hints } from '../step/autofill-hints.ts'
import { isMet, policiesOf, requirementOf } from '../step/policies.ts'
import { failureText } from '../step/policy-texts.ts'
import { useInput, useStepForm } from '../step/step-form.ts'
import { useTexts } from '../translations/texts.tsx'
import { TextQuestion } from './text-question.tsx'

type CheckedTextProps = { callback: Callback; hints: Hints; isOptional?: boolean }

/** A text field with policies. Shows local errors once the field has lost the focus. */
export function ValidatedTextQuestion({ callback, hints, isOptional }: CheckedTextProps) {
  const texts = useTexts()
  const { errorsOf } = useStepForm()
  const { text } = useInput(callback)
  const [refused] = useState(text)
  const [wasLeft, setWasLeft] = useState(false)
  const lacking = text === '' ? [] : policiesOf(callback).filter((policy) => isMet(policy, text) === false)
  const local = lacking.map((policy) =>
    failureText(texts, { policyRequirement: requirementOf(policy), params: policy.params }),
  )
  const fromServer = text === refused ? errorsOf(callback) : []
  return (
    <TextQuestion
      callback={callback}
      hints={hints}
      isOptional={isOptional ?? false}
      errors={wasLeft || fromServer.length > 0 ? [...new Set([...fromServer, ...local])] : []}
      onBlur={() => setWasLeft(true)}
    />
  )
}
