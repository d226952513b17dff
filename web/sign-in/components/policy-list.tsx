import { Icon } from '../icon.tsx'
import { isMet, type Policy } from '../step/policies.ts'
import { needInWords } from '../step/policy-words.ts'
import { useWords } from '../translations/words.tsx'

/** What a value needs, with a tick at what it has. */
export function PolicyList({ policies, text }: { policies: readonly Policy[]; text: string }) {
  const words = useWords()
  const shown = policies.flatMap((policy) => {
    const need = policy.policyId === 'required' ? undefined : needInWords(words, policy)
    return need === undefined || isTrivial(policy)
      ? []
      : [{ need, isMet: text !== '' && isMet(policy, text) === true }]
  })
  if (shown.length === 0) return null
  return (
    <div className="field-rules">
      <span className="spoken">{words.passwordRules}</span>
      <ul>
        {shown.map(({ need, isMet }) => (
          <li key={need} className={isMet ? 'met' : ''}>
            {isMet && <Icon name="check" size="s" />}
            <span>
              {need}
              {isMet && <span className="spoken"> {words.met}</span>}
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** An upper bound that nobody comes near is no news. */
function isTrivial({ policyId, params }: Policy): boolean {
  return policyId === 'not-empty' || (policyId === 'maximum-length' && Number(params.maxLength) >= 64)
}
