import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import type { RefObject } from 'react'
import { type KeptRequest, keepAsTest } from '../../../api/runs.ts'
import { download } from '../../../design/download.ts'
import { errorMessage } from '../../components/error-notice.tsx'
import { useRun } from './run-context.tsx'

/** Downloads the run as a walk file, once it has ended. Passwords and codes are named in it, not written. */
export function KeepAsTest({ realm, heard }: { realm: string; heard: RefObject<KeptRequest[]> }) {
  const run = useRun(({ run }) => run)
  const keeping = useMutation({
    mutationFn: (id: string) => keepAsTest(realm, id, heard.current),
    onSuccess: ({ file }) =>
      download(`${run?.journey ?? 'run'}.recorded.walk.yaml`, new Blob([file], { type: 'application/yaml' })),
  })
  if (run === undefined || run.outcome === 'underway') return null
  const { secrets = [] } = keeping.data ?? {}
  return (
    <div className="keep-as-test">
      <Button
        variant="default"
        size="compact-md"
        leftSection={<IconDownload size={16} stroke={1.75} aria-hidden />}
        loading={keeping.isPending}
        onClick={() => keeping.mutate(run._id)}
      >
        Keep as test
      </Button>
      {secrets.length > 0 && (
        <p className="hint">
          Set {secrets.join(', ')} as environment variables: the test has their names, not their values.
        </p>
      )}
      {keeping.error !== null && <p role="alert">The test was not written. {errorMessage(keeping.error)}</p>}
    </div>
  )
}
