import './unmet-policies.css'
import { useQuery } from '@tanstack/react-query'
import { listUnmetPolicies } from '../../../api/help-desk.ts'
import { plainText } from '../../../check-model/plain-text.ts'

/** Warns of saved policies and actions that no check of the realm satisfies, so that agents can't finish their actions. */
export function UnmetPolicies({ realm, revision }: { realm: string; revision: string }) {
  const unmet = useQuery({
    queryKey: ['unmet-policies', realm, revision],
    queryFn: ({ signal }) => listUnmetPolicies(realm, signal),
  })
  if (unmet.data === undefined) return null
  const { result, actions } = unmet.data
  if (result.length + actions.length === 0) return null
  return (
    <section className="unmet-policies" aria-label="Needs that no check satisfies">
      <h3>Needs that no check satisfies</h3>
      <ul>
        {actions.map((action) => (
          <li key={`action ${action}`}>
            <strong>
              <bdi>{plainText(action)}</bdi>
            </strong>
            : No check is enough for this action. Add one that asks for two factors or a second agent.
          </li>
        ))}
        {result.map(({ policy, message }) => (
          <li key={policy}>
            <strong>
              <bdi>{plainText(policy)}</bdi>
            </strong>
            : {message}
          </li>
        ))}
      </ul>
    </section>
  )
}
