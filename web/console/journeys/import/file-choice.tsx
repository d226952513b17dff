import { Button, FileButton } from '@mantine/core'
import { IconUpload } from '@tabler/icons-react'
import { useRef } from 'react'
import { useIsPhone } from '../../components/use-is-phone.ts'
import { type ChosenFile, chosenFrom } from './chosen-files.ts'

type Props = { onFiles(files: readonly ChosenFile[]): void }

/** Buttons to choose files or a folder from this computer. */
export function FileChoice({ onFiles }: Props) {
  const isPhone = useIsPhone()
  const reset = useRef<() => void>(null)
  const take = (files: File[]) => {
    // Allows choosing the same file again after a correction.
    reset.current?.()
    if (files.length > 0) onFiles(chosenFrom(files))
  }
  return (
    <div className="file-choice stack gap-3 text-center">
      <IconUpload size={28} stroke={1.5} aria-hidden />
      {!isPhone && <p>Drop files or a folder here.</p>}
      <div className="ways wrap">
        <FileButton multiple accept="application/json,.json,.js,.groovy" resetRef={reset} onChange={take}>
          {(props) => (
            <Button {...props} data-autofocus>
              Choose files
            </Button>
          )}
        </FileButton>
        {!isPhone && <FolderButton onFiles={onFiles} />}
      </div>
      <p className="note">
        Exports from this console, frodo, Amster, fr-config-manager or the vendor’s consoles, up to 20 MB in
        total.
      </p>
    </div>
  )
}

function FolderButton({ onFiles }: Props) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <Button variant="default" onClick={() => input.current?.click()}>
        Choose folder
      </Button>
      <input
        ref={(element) => {
          // React doesn't support this attribute.
          element?.setAttribute('webkitdirectory', '')
          input.current = element
        }}
        type="file"
        hidden
        aria-label="Folder"
        onChange={({ currentTarget }) => {
          const files = chosenFrom([...(currentTarget.files ?? [])])
          currentTarget.value = ''
          if (files.length > 0) onFiles(files)
        }}
      />
    </>
  )
}
