import './picture-field.css'
import { Button, FileButton, Input, TextInput } from '@mantine/core'
import { type Ref, useId, useRef, useState } from 'react'
import { FileDrop } from '../../journeys/import/file-drop.tsx'
import { describePicture, kilobytes, PictureError, pictureEndings, readPicture } from './picture-file.ts'

type Props = {
  label: string
  description: string
  /** A URL, a data URI, or empty. */
  value: string
  maxBytes: number
  onChange(value: string | undefined): void
}

/** A picture: a file, which is kept as a data URI, or a URL. */
export function PictureField({ label, description, value, maxBytes, onChange }: Props) {
  const { problem, take, clear } = useFile(maxBytes, onChange)
  const choose = useRef<HTMLButtonElement>(null)
  const problemId = useId()
  const isFile = value.startsWith('data:')
  const remove = () => {
    clear()
    onChange(undefined)
    // The pressed button disappears.
    choose.current?.focus()
  }
  return (
    <FileDrop
      onFiles={([first]) => {
        if (first !== undefined) void take(first.file)
      }}
    >
      <fieldset className="picture-field stack gap-6px" aria-describedby={problem && problemId}>
        <Input.Label component="legend" labelElement="div">
          {label}
        </Input.Label>
        <Input.Description>
          {description} PNG, JPEG, WebP, GIF, SVG or ICO, up to {kilobytes(maxBytes)}.
        </Input.Description>
        <Chosen picture={isFile ? value : undefined} />
        <div className="ways row wrap fine gap-2">
          <ChooseButton ref={choose} label={label} isChosen={isFile} onFile={take} />
          {isFile ? <RemoveButton label={label} onClick={remove} /> : <span>or drop it here</span>}
        </div>
        {problem !== undefined && (
          <Input.Error id={problemId} role="alert">
            {problem}
          </Input.Error>
        )}
        {!isFile && (
          <TextInput
            aria-label={`${label} URL`}
            placeholder="or enter a URL"
            value={value}
            onChange={({ currentTarget }) => {
              clear()
              onChange(currentTarget.value || undefined)
            }}
          />
        )}
      </fieldset>
    </FileDrop>
  )
}

/** Screen readers announce a new picture. */
function Chosen({ picture }: { picture: string | undefined }) {
  return (
    <p className="chosen row fine gap-3" aria-live="polite">
      {picture !== undefined && (
        <>
          <img src={picture} alt="" />
          {describePicture(picture)}
        </>
      )}
    </p>
  )
}

function RemoveButton({ label, onClick }: { label: string; onClick(): void }) {
  return (
    <Button variant="subtle" size="xs" aria-label={`Remove ${label.toLowerCase()}`} onClick={onClick}>
      Remove
    </Button>
  )
}

type ChooseProps = {
  ref: Ref<HTMLButtonElement>
  label: string
  isChosen: boolean
  onFile(file: File): Promise<void>
}

function ChooseButton({ ref, label, isChosen, onFile }: ChooseProps) {
  const reset = useRef<() => void>(null)
  const text = isChosen ? 'Replace' : 'Choose file'
  return (
    <FileButton
      accept={pictureEndings}
      resetRef={reset}
      onChange={(file) => {
        // Allows choosing the same file again after a correction.
        reset.current?.()
        if (file !== null) void onFile(file)
      }}
    >
      {(props) => (
        <Button
          {...props}
          ref={ref}
          variant="default"
          size="xs"
          aria-label={isChosen ? `${text} ${label.toLowerCase()}` : `${text} for ${label.toLowerCase()}`}
        >
          {text}
        </Button>
      )}
    </FileButton>
  )
}

/** Reads a chosen file, or says why it can't be used. */
function useFile(maxBytes: number, onChange: Props['onChange']) {
  const [problem, setProblem] = useState<string>()
  const clear = () => setProblem(undefined)
  return {
    problem,
    clear,
    async take(file: File) {
      try {
        const picture = await readPicture(file, maxBytes)
        if (!(await isShown(picture)))
          throw new PictureError(`${file.name} is damaged. Browsers can’t show it.`)
        clear()
        onChange(picture)
      } catch (error) {
        setProblem(error instanceof PictureError ? error.message : `${file.name} can’t be read.`)
      }
    },
  }
}

/** Whether the browser can show a picture. */
function isShown(picture: string): Promise<boolean> {
  return new Promise((resolve) => {
    const image = new Image()
    image.onload = () => resolve(true)
    image.onerror = () => resolve(false)
    image.src = picture
  })
}
