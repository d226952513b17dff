import { Autocomplete, Button } from '@mantine/core'
import { useState } from 'react'

type Props = {
  missing: readonly { name: string; title: string }[]
  taken: readonly string[]
  onAdd(name: string): void
}

/** Adds an attribute of the schema, or a custom one by name. */
export function AddAttribute({ missing, taken, onAdd }: Props) {
  const [typed, setTyped] = useState('')
  const chosen = missing.find(({ title }) => title === typed)?.name ?? typed.trim()
  const problem = problemOf(chosen, taken)
  return (
    <form
      className="add-attribute wrap align-end gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        if (chosen === '' || problem !== undefined) return
        onAdd(chosen)
        setTyped('')
      }}
    >
      <Autocomplete
        label="Add an attribute"
        placeholder="Choose one or enter a name"
        data={[...new Set(missing.map(({ title }) => title))]}
        maxDropdownHeight={240}
        value={typed}
        error={problem}
        onChange={setTyped}
      />
      <Button type="submit" variant="default" disabled={chosen === '' || problem !== undefined}>
        Add
      </Button>
    </form>
  )
}

function problemOf(name: string, taken: readonly string[]): string | undefined {
  if (name === '') return undefined
  if (taken.includes(name)) return 'Already shown'
  return /^[A-Za-z][\w.-]*$/.test(name)
    ? undefined
    : 'Start with a letter, then use letters, digits, dots, - and _'
}
