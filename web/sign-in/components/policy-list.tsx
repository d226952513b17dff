import { Icon } from '../icon.tsx'
import { isMet, type Policy } from '../step/policies.ts'
import { requirementText } from '../step/policy-texts.ts'
import { useTexts } from '../translations/texts.tsx'

/** The requirements of a value, with a tick at those that are met. */
export function PolicyList({ policies, text }: { policies: readonly Policy[]; text: string }) {
  const texts = useTexts()
  const shown = policies.flatMap((policy) => {
    const need = policy.policyId === 'required' ? undefined : requirementText(texts, policy)
    return need === undefined || isTrivial(policy)
      ? []
      : [{ need, isMet: text !== '' && isMet(policy, text) === true }]
  })
  if (shown.length === 0) return null
  return (
    <div className="field-rules">
      <span className="spoken">{texts.passwordRules}</span>
      <ul>
        {shown.map(({ need, isMet }) => (
          <li key={need} className={isMet ? 'met' : ''}>
            {isMet && <Icon name="check" size="s" />}
            <span>
              {need}
              {isMet && <span className="spoken"> {texts.met}</span>}
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** Requirements that are not worth showing, such as a very high maximum length. */
function isTrivial({ policyId, params }: Policy): boolean {
  return policyId === 'not-empty' || (policyId === 'maximum-length' && Number(params.maxLength) >= 64)
}
