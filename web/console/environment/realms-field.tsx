import { Checkbox, MultiSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { listRealms } from '../../api/realms.ts'
import { realmName } from '../components/realm-name.ts'

type Props = {
  /** Null: all realms. */
  realms: readonly string[] | null
  problem: string | undefined
  onChange(realms: readonly string[] | null): void
}

/** The realms whose settings and scripts may use a variable or secret. */
export function RealmsField({ realms, problem, onChange }: Props) {
  const known = useQuery({ queryKey: ['realms'], queryFn: listRealms })
  const paths = new Set([...(known.data ?? []).map(({ path }) => path), ...(realms ?? [])])
  return (
    <>
      <Checkbox
        label="All realms may use it"
        checked={realms === null}
        onChange={({ currentTarget: { checked } }) => onChange(checked ? null : [])}
      />
      {realms !== null && (
        <MultiSelect
          label="Realms"
          description="Only settings and scripts of these realms may use it. If there are none, nothing uses it."
          data={[...paths].map((path) => ({ value: path, label: realmName(path) }))}
          value={[...realms]}
          error={problem}
          onChange={onChange}
        />
      )}
    </>
  )
}

/** `All realms`, or their names. */
export function realmsText(realms: readonly string[] | null | undefined): string {
  if (realms === null || realms === undefined) return 'All realms'
  return realms.length === 0 ? 'No realm' : realms.map(realmName).join(', ')
}
