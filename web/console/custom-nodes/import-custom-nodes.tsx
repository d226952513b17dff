import { Button, FileButton, Modal } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { importCustomNodes } from '../../api/custom-nodes.ts'
import { ErrorNotice } from '../components/error-notice.tsx'

/** Imports an export file of custom node types, all or none. */
export function ImportCustomNodes({ onImported }: { onImported(): void }) {
  const importing = useMutation({
    mutationFn: async (file: File) => importCustomNodes(parsed(await file.text())),
    onSuccess: onImported,
  })
  return (
    <>
      <FileButton accept="application/json,.json" onChange={(file) => file && importing.mutate(file)}>
        {(props) => (
          <Button variant="default" loading={importing.isPending} {...props}>
            Import
          </Button>
        )}
      </FileButton>
      <Modal opened={importing.error !== null} onClose={importing.reset} title="Nothing was imported">
        {importing.error !== null && (
          <ErrorNotice title={importing.variables?.name ?? 'The file'} error={importing.error} />
        )}
      </Modal>
    </>
  )
}

/** Invalid JSON is sent as it is, so that the server reports the problem. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
