import './file-drop.css'
import { type DragEvent, type ReactNode, useRef, useState } from 'react'
import { type ChosenFile, chosenFromDrop } from './chosen-files.ts'

type Props = { isDisabled?: boolean; onFiles(files: readonly ChosenFile[]): void; children: ReactNode }

/** A part of the page that accepts dropped files. */
export function FileDrop({ isDisabled = false, onFiles, children }: Props) {
  const [isOver, setOver] = useState(false)
  // Each nested element sends its own enter and leave events.
  const depth = useRef(0)
  const set = (value: number) => {
    depth.current = Math.max(0, value)
    setOver(depth.current > 0)
  }
  const on = (action: (event: DragEvent) => void) => (event: DragEvent) => {
    if (isDisabled || !event.dataTransfer.types.includes('Files')) return
    event.preventDefault()
    action(event)
  }
  const drop = async (event: DragEvent) => {
    set(0)
    const files = await chosenFromDrop(event.dataTransfer)
    if (files.length > 0) onFiles(files)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the buttons offer the same by keyboard
    <div
      className={isOver ? 'file-drop over' : 'file-drop'}
      onDragEnter={on(() => set(depth.current + 1))}
      onDragLeave={on(() => set(depth.current - 1))}
      onDragOver={on((event) => {
        event.dataTransfer.dropEffect = 'copy'
      })}
      onDrop={on(drop)}
    >
      {children}
    </div>
  )
}
