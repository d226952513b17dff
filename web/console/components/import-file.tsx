import { Button, FileButton, Modal } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { ErrorNotice } from './error-notice.tsx'

type Props = { accept: string; send(text: string): Promise<unknown>; onImported(): void }

/** Imports one file, all of it or nothing. */
export function ImportFile({ accept, send, onImported }: Props) {
  const importing = useMutation({
    mutationFn: async (file: File) => send(await file.text()),
    onSuccess: onImported,
  })
  return (
    <>
      <FileButton accept={accept} onChange={(file) => file && importing.mutate(file)}>
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
