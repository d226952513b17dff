import { useMediaQuery } from '@mantine/hooks'
import { flushSync } from 'react-dom'
import * as z from 'zod/mini'
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'

export type Panel = 'types' | 'settings' | 'run'

/** The open ones, in windows that have room for both and in narrow ones. */
type OpenPanels = { wide: readonly Panel[]; narrow: readonly Panel[] }

const panelList = z.array(z.enum(['types', 'settings', 'run']))
const openPanels = z.object({ wide: panelList, narrow: panelList })
const initial: OpenPanels = { wide: ['types', 'settings'], narrow: [] }

/** Narrow windows have room for one panel beside the canvas. */
const narrow = '(max-width: 999px)'
const storageKey = 'sidegate-editor-panels'

/** The open panels beside the canvas, of all journeys. The browser keeps them. */
const panels = createStore((): OpenPanels => {
  try {
    return z.parse(openPanels, JSON.parse(localStorage.getItem(storageKey) ?? ''))
  } catch {
    return initial
  }
})

export function useIsNarrow(): boolean {
  return useMediaQuery(narrow, false, { getInitialValueInEffect: false })
}

export function useOpenPanels(): readonly Panel[] {
  const isNarrow = useIsNarrow()
  return useStore(panels)[isNarrow ? 'narrow' : 'wide']
}

/** Opens a folded panel or folds an open one. @param isOpen opens it, whatever it was. */
export function togglePanel(panel: Panel, isOpen?: boolean): void {
  const width = matchMedia(narrow).matches ? 'narrow' : 'wide'
  const others = panels.getState()[width].filter((other) => other !== panel)
  const opens = isOpen ?? others.length === panels.getState()[width].length
  if (opens) panels.setState({ [width]: width === 'narrow' ? [panel] : [...others, panel] })
  else panels.setState({ [width]: others })
  try {
    localStorage.setItem(storageKey, JSON.stringify(panels.getState()))
  } catch {
    // Storage is disabled: the panels open as usual next time.
  }
}

/** Opens a panel and moves the focus into it at once: letters typed after the shortcut must not get lost. */
export function focusInPanel(panel: Panel, selector: string): void {
  flushSync(() => togglePanel(panel, true))
  document.querySelector<HTMLElement>(selector)?.focus()
}
