import { TextInput } from '@mantine/core'
import type { JsonObject } from '../../api/json.ts'
import { type Path, pathKey } from '../saving/changes.ts'
import type { Draft } from '../saving/use-draft.ts'
import type { EsvProblem } from './esv-problem.ts'
import { RealmsField } from './realms-field.tsx'

const titles: Readonly<Record<string, string>> = {
  value: 'Value',
  description: 'Description',
  realms: 'Realms',
}

export function titleOf(path: Path): string {
  return titles[pathKey(path)] ?? titles[String(path[0])] ?? pathKey(path)
}

/** Description and realms of a variable or secret. */
export function DescribedFields({ draft, problem }: { draft: Draft; problem: EsvProblem | undefined }) {
  const { document, set } = draft
  return (
    <>
      <TextInput
        label="Description"
        dir="auto"
        autoComplete="off"
        value={descriptionIn(document)}
        onChange={({ currentTarget }) => set(['description'], currentTarget.value)}
      />
      <RealmsField
        realms={realmsIn(document)}
        problem={problem?.field === 'realms' ? problem.text : undefined}
        onChange={(realms) => set(['realms'], realms === null ? null : [...realms])}
      />
    </>
  )
}

export function descriptionIn({ description }: JsonObject): string {
  return typeof description === 'string' ? description : ''
}

/** Null: all realms. */
export function realmsIn({ realms }: JsonObject): string[] | null {
  return Array.isArray(realms) ? realms.filter((path) => typeof path === 'string') : null
}
