import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react'
import type { NodeType } from '../../../api/node-types.ts'

/** The type whose card is shown, and where its row is, in pixels from the top of the palette. */
export type Card = { type: NodeType; top: number }

const openMs = 350
/** Time to move the pointer from the row to the card. */
const closeMs = 200

/** Shows the card of a node type beside the palette: after the pointer rested on it, or at once for keys. */
export function useCard(palette: RefObject<HTMLElement | null>) {
  const [card, setCard] = useState<Card>()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const isOpen = card !== undefined
  useEffect(() => {
    if (!isOpen) return
    // A finger closes the card by touching anything else: it has no place to leave from.
    const press = ({ target }: PointerEvent) => {
      if (!(target instanceof Node && palette.current?.contains(target))) setCard(undefined)
    }
    document.addEventListener('pointerdown', press)
    return () => document.removeEventListener('pointerdown', press)
  }, [isOpen, palette])
  const later = (ms: number, next: () => void) => {
    clearTimeout(timer.current)
    timer.current = setTimeout(next, ms)
  }
  const show = (type: NodeType, row: Element | null | undefined) => {
    clearTimeout(timer.current)
    const top = row?.getBoundingClientRect().top ?? 0
    setCard({ type, top: top - (palette.current?.getBoundingClientRect().top ?? 0) })
  }
  const hide = () => {
    clearTimeout(timer.current)
    setCard(undefined)
  }
  return {
    card,
    show,
    /** The next card opens at once while one is open. */
    showLater: (type: NodeType, row: Element) =>
      later(card === undefined ? openMs : openMs / 4, () => show(type, row)),
    keep: () => clearTimeout(timer.current),
    hideLater: () => later(closeMs, () => setCard(undefined)),
    hide,
    closeOnEscape: (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || !isOpen) return
      // On the canvas, Escape clears the selection.
      event.preventDefault()
      hide()
      palette.current?.querySelector<HTMLElement>('[data-palette-find]')?.focus()
    },
  }
}
