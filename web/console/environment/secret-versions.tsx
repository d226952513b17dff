import '../components/rows.css'
import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { changeVersion, listVersions, type SecretVersion } from '../../api/environment.ts'
import { ConfirmButton } from '../components/confirm-button.tsx'
import { ErrorNotice } from '../components/error-notice.tsx'
import { LoadState } from '../components/load-state.tsx'
import { Time } from '../components/time.tsx'

/** The versions of a secret without their values, newest first. */
export function SecretVersions({ id }: { id: string }) {
  const versions = useQuery({
    queryKey: ['secret-versions', id],
    queryFn: ({ signal }) => listVersions(id, signal),
  })
  const queries = useQueryClient()
  const change = useMutation({
    mutationFn: ({ version, status }: Pick<SecretVersion, 'version' | 'status'>) =>
      changeVersion(id, version, status),
    onSettled: () => queries.invalidateQueries({ queryKey: ['secret-versions', id] }),
  })
  if (versions.error !== null || versions.data === undefined) {
    return <LoadState query={versions} of="versions" rows={2} />
  }
  return (
    <>
      {change.error !== null && <ErrorNotice title="The version was not changed" error={change.error} />}
      <ul className="versions" aria-label="Versions">
        {versions.data.map((version) => (
          <VersionRow
            key={version.version}
            {...version}
            isPending={change.isPending && change.variables.version === version.version}
            onChange={(status) => change.mutate({ version: version.version, status })}
          />
        ))}
      </ul>
    </>
  )
}

type RowProps = SecretVersion & { isPending: boolean; onChange(status: SecretVersion['status']): void }

/** The active version can't be changed: a newer one must replace it first. */
function VersionRow({ version, status, loaded, createDate, isPending, onChange }: RowProps) {
  const canChange = !loaded && status !== 'DESTROYED'
  return (
    <li className="row wrap">
      <p>
        <strong>Version {version}</strong> <span>{loaded ? 'In force' : statusTexts[status]}</span>
      </p>
      <p className="about note">
        Added <Time at={Date.parse(createDate)} />
      </p>
      {canChange && (
        <div className="acts wrap push-end gap-2">
          <Button
            variant="default"
            size="compact-sm"
            loading={isPending}
            aria-label={`${status === 'ENABLED' ? 'Disable' : 'Enable'} version ${version}`}
            onClick={() => onChange(status === 'ENABLED' ? 'DISABLED' : 'ENABLED')}
          >
            {status === 'ENABLED' ? 'Disable' : 'Enable'}
          </Button>
          <ConfirmButton
            label={`Destroy version ${version}`}
            question={`Destroy version ${version}? Its value is removed for good.`}
            confirmLabel={`Destroy version ${version}`}
            isPending={isPending}
            onConfirm={() => onChange('DESTROYED')}
          />
        </div>
      )}
    </li>
  )
}

const statusTexts: Readonly<Record<SecretVersion['status'], string>> = {
  ENABLED: 'Enabled',
  DISABLED: 'Disabled',
  DESTROYED: 'Destroyed',
}
