import { useState } from 'react'
import type { Callback } from '../../api/authenticate.ts'
import type { Hints } from '../step/hints.ts'
import { isMet, policiesOf, requirementOf } from '../step/policies.ts'
import { failureInWords } from '../step/policy-words.ts'
import { useInput, useStepForm } from '../step/step-form.ts'
import { useWords } from '../translations/words.tsx'
import { TextQuestion } from './text-question.tsx'

type CheckedTextProps = { callback: Callback; hints: Hints; isOptional?: boolean }

/** A line of text with policies: once somebody has left the field, it says what a value lacks while they mend it. */
export function CheckedText({ callback, hints, isOptional }: CheckedTextProps) {
  const words = useWords()
  const { errorsOf } = useStepForm()
  const { text } = useInput(callback)
  const [refused] = useState(text)
  const [wasLeft, setWasLeft] = useState(false)
  const lacking = text === '' ? [] : policiesOf(callback).filter((policy) => isMet(policy, text) === false)
  const local = lacking.map((policy) =>
    failureInWords(words, { policyRequirement: requirementOf(policy), params: policy.params }),
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
