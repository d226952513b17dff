import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type SubmitEvent, useState } from 'react'
import { addVersion } from '../../api/environment.ts'
import { ErrorNotice } from '../components/error-notice.tsx'
import { esvProblem } from './esv-problem.ts'
import { SecretValueField } from './secret-value-field.tsx'

type Props = { id: string; encoding: string; onAdded(): Promise<void> }

/** Replaces the value of a secret by a new version. */
export function NewVersion({ id, encoding, onAdded }: Props) {
  const [value, setValue] = useState('')
  const queries = useQueryClient()
  const addition = useMutation({
    mutationFn: () => addVersion(id, value),
    async onSuccess() {
      setValue('')
      await queries.invalidateQueries({ queryKey: ['secret-versions', id] })
      await queries.invalidateQueries({ queryKey: ['environment'], exact: true })
      await onAdded()
    },
    gcTime: 0,
  })
  const problem = addition.error === null ? undefined : esvProblem(addition.error)
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (value !== '') addition.mutate()
  }
  return (
    <form className="new-version stack gap-3" onSubmit={submit}>
      {addition.error !== null && problem?.field !== 'value' && (
        <ErrorNotice title="The version was not added" error={addition.error} />
      )}
      <SecretValueField
        label="New value"
        encoding={encoding}
        value={value}
        problem={problem?.field === 'value' ? problem.text : undefined}
        onChange={setValue}
      />
      <Button type="submit" variant="default" loading={addition.isPending} disabled={value === ''}>
        Add version
      </Button>
      <p className="outcome callout accent told pad-2 below-4 text-note breaks" role="status">
        {addition.isSuccess && value === '' && 'The new version is in force.'}
      </p>
    </form>
  )
}
