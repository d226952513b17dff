import './unmet-policies.css'
import { useQuery } from '@tanstack/react-query'
import { listUnmetPolicies } from '../../../api/help-desk.ts'
import { plainText } from '../../../check-model/plain-text.ts'

/** Warns of saved policies that no check of the realm satisfies, so that agents can't finish their actions. */
export function UnmetPolicies({ realm, revision }: { realm: string; revision: string }) {
  const unmet = useQuery({
    queryKey: ['unmet-policies', realm, revision],
    queryFn: ({ signal }) => listUnmetPolicies(realm, signal),
  })
  if (unmet.data === undefined || unmet.data.length === 0) return null
  return (
    <section className="unmet-policies" aria-label="Policies that no check satisfies">
      <h3>Policies that no check satisfies</h3>
      <ul>
        {unmet.data.map(({ policy, message }) => (
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
