import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { type AuditFilter, exportAudit } from '../../api/audit.ts'
import { download } from '../components/download.ts'
import { ErrorNotice } from '../components/error-notice.tsx'

/** Everything that the filters find, as a file with one entry a line. That somebody took it is written down, too. */
export function ExportButton({ realm, filter }: { realm: string; filter: AuditFilter }) {
  const exporting = useMutation({
    mutationFn: () => exportAudit(realm, filter),
    onSuccess: (file) => download(fileName(realm, filter), file),
  })
  return (
    <>
      <Button
        leftSection={<IconDownload size={16} stroke={1.75} aria-hidden />}
        loading={exporting.isPending}
        onClick={() => exporting.mutate()}
      >
        Export as JSON lines
      </Button>
      {exporting.error !== null && (
        <ErrorNotice
          title="The export did not arrive"
          error={exporting.error}
          onRetry={() => exporting.mutate()}
        />
      )}
    </>
  )
}

function fileName(realm: string, { allRealms }: AuditFilter): string {
  const whose = allRealms === true ? 'all-realms' : realm === '/' ? 'root' : realm.slice(1)
  return `audit-${whose.replaceAll('/', '-')}-${new Date().toISOString().slice(0, 10)}.jsonl`
}
