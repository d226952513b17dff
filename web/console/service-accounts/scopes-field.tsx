import { Checkbox } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { listScopes } from '../../api/service-accounts.ts'

type Props = {
  scopes: readonly string[]
  problem: string | undefined
  onChange(scopes: string[]): void
}

/** The scopes of a service account, with what each allows. */
export function ScopesField({ scopes, problem, onChange }: Props) {
  const known = useQuery({ queryKey: ['service-account-scopes'], queryFn: listScopes })
  const offered = known.data ?? []
  const names = new Set(offered.map(({ scope }) => scope))
  // Scopes of the vendor's cloud are accepted, and allow nothing.
  const idle = known.data === undefined ? [] : scopes.filter((scope) => !names.has(scope))
  return (
    <Checkbox.Group
      label="Scopes"
      description="What tokens of the account may be used for."
      value={[...scopes]}
      error={problem}
      onChange={onChange}
    >
      <div className="sheet-choices">
        {offered.map(({ scope, description, parent }) => (
          <Checkbox
            key={scope}
            className={parent === undefined ? '' : 'child-scope'}
            value={scope}
            label={scope}
            description={description}
            disabled={parent !== undefined && scopes.includes(parent)}
          />
        ))}
        {idle.map((scope) => (
          <Checkbox key={scope} value={scope} label={scope} description="Allows nothing on this server" />
        ))}
      </div>
    </Checkbox.Group>
  )
}
